/** What travels between page and worker. Every call has an id; a worker answers it exactly once. */
export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly kind: 'abort'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string };

/** One method of a worker. Argument, progress and result are plain data that can be cloned. */
export interface WorkerMethod<Argument, Progress, Result> {
  readonly argument: Argument;
  readonly progress: Progress;
  readonly result: Result;
}

/** The methods of a worker, by name. */
export type WorkerInterface = Readonly<Record<string, WorkerMethod<unknown, unknown, unknown>>>;

/** How a worker carries its methods out. */
export type WorkerService<Interface extends WorkerInterface> = {
  readonly [Name in keyof Interface]: (
    argument: Interface[Name]['argument'],
    progress: (value: Interface[Name]['progress']) => void,
    signal: AbortSignal,
  ) => Promise<Interface[Name]['result']>;
};

/** The part of a `Worker`, `MessagePort` or worker scope that the protocol needs. */
export interface MessageEnd {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}
