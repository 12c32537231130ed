import type { FromWorker, ToWorker, WorkerInterface } from './workerProtocol.ts';

/** What a caller may add to a call. */
export interface CallOptions<Progress> {
  readonly onProgress?: (value: Progress) => void;
  readonly signal?: AbortSignal;
  /** Buffers that move to the worker instead of being copied. */
  readonly transfer?: Transferable[];
}

/** The page's end of a worker. */
export interface WorkerClient<Interface extends WorkerInterface> {
  /** @throws what the worker threw, or an AbortError once the signal is aborted */
  call<Name extends keyof Interface & string>(
    method: Name,
    argument: Interface[Name]['argument'],
    options?: CallOptions<Interface[Name]['progress']>,
  ): Promise<Interface[Name]['result']>;
  /** Ends the worker; running calls fail. */
  dispose(): void;
}

/** Time a worker has to stop by itself before it is ended [ms]: synchronous code hears nothing while it runs. */
const GRACE_MS = 400;

interface RunningCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
  progress(value: unknown): void;
}

/**
 * Talks to a worker.
 * @param start makes the worker; called at the first call, and again after one had to be ended
 */
export function createWorkerClient<Interface extends WorkerInterface>(start: () => Worker): WorkerClient<Interface> {
  let worker: Worker | null = null;
  let calls = 0;
  const running = new Map<number, RunningCall>();

  const end = (reason: Error) => {
    worker?.terminate();
    worker = null;
    for (const call of running.values()) call.reject(reason);
    running.clear();
  };
  const open = (): Worker => {
    if (worker) return worker;
    worker = start();
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => receive(event.data));
    worker.addEventListener('error', (event) => end(new Error(event.message || 'the worker could not be started')));
    worker.addEventListener('messageerror', () => end(new Error('a message of the worker could not be read')));
    return worker;
  };
  const receive = (message: FromWorker) => {
    const call = running.get(message.id);
    if (!call) return;
    if (message.kind === 'progress') return call.progress(message.value);
    running.delete(message.id);
    if (message.kind === 'result') call.resolve(message.value);
    else call.reject(Object.assign(new Error(message.message), { name: message.name }));
  };

  return {
    call(method, argument, { onProgress, signal, transfer = [] } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(abortError());
        const id = ++calls;
        const onAbort = () => {
          open().postMessage({ kind: 'abort', id } satisfies ToWorker);
          setTimeout(() => {
            if (running.has(id)) end(abortError());
          }, GRACE_MS);
        };
        const settled = () => signal?.removeEventListener('abort', onAbort);
        running.set(id, {
          resolve(value) {
            settled();
            resolve(value as Interface[typeof method]['result']);
          },
          reject(error) {
            settled();
            reject(error);
          },
          progress: (value) => onProgress?.(value as Interface[typeof method]['progress']),
        });
        signal?.addEventListener('abort', onAbort);
        open().postMessage({ kind: 'call', id, method, argument } satisfies ToWorker, transfer);
      });
    },
    dispose: () => end(abortError()),
  };
}

function abortError(): Error {
  return new DOMException('The calculation was cancelled.', 'AbortError');
}
