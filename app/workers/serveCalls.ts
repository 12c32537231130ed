import type { FromWorker, MessageEnd, ToWorker, WorkerInterface, WorkerService } from './workerProtocol.ts';

/** Answers calls that arrive at this end. Errors travel by name and message; an abort reaches the method's signal. */
export function serveCalls<Interface extends WorkerInterface>(
  end: MessageEnd,
  service: WorkerService<Interface>,
): void {
  const running = new Map<number, AbortController>();
  const send = (message: FromWorker) => end.postMessage(message);

  const answer = async (id: number, method: string, argument: unknown) => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const carryOut = service[method];
      if (!carryOut) throw new Error(`the worker has no method "${method}"`);
      const progress = (value: unknown) => send({ kind: 'progress', id, value });
      send({ kind: 'result', id, value: await carryOut(argument, progress, controller.signal) });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      send({ kind: 'error', id, name, message });
    } finally {
      running.delete(id);
    }
  };

  end.addEventListener('message', (event: MessageEvent<ToWorker>) => {
    const { data } = event;
    if (data.kind === 'call') void answer(data.id, data.method, data.argument);
    else running.get(data.id)?.abort(new DOMException('The calculation was cancelled.', 'AbortError'));
  });
}
