import { createProgress, type Progress } from './progress.ts';

/** Where a command's words go: its result to standard output, everything else to standard error. */
export interface CommandConsole {
  /** Whether the result is one JSON object. */
  readonly json: boolean;
  /**
   * Prints the result; called once in a command.
   * @param value the object that `--json` prints
   * @param text what a person reads instead
   */
  result(value: object, text: string): void;
  /** A line for the person at the terminal. */
  note(text: string): void;
  /**
   * Shows how far the work is.
   * @param total steps of the work
   */
  progress(label: string, total: number): Progress;
}

/** The console of one run of the command. */
export function createCommandConsole(json: boolean): CommandConsole {
  return {
    json,
    result(value, text) {
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
    },
    note(text) {
      process.stderr.write(`${text}\n`);
    },
    progress: (label, total) => createProgress(process.stderr, label, total),
  };
}
