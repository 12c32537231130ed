import type { CommandConsole } from './commandConsole.ts';

/** Lets an interrupt (Ctrl-C) end work early with what there is. */
export interface InterruptStop {
  readonly signal: AbortSignal;
  /** From now on the first interrupt aborts the signal; a second one ends the process, as one before does. */
  listen(): void;
  /** Interrupts end the process again. */
  end(): void;
}

export function stopByInterrupt(out: CommandConsole): InterruptStop {
  const controller = new AbortController();
  const stop = () => {
    out.note('stopping with the best so far');
    controller.abort();
  };
  return {
    signal: controller.signal,
    listen: () => void process.once('SIGINT', stop),
    end: () => void process.off('SIGINT', stop),
  };
}
