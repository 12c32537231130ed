import { afterEach, expect, test } from 'vitest';
import { serveCalls } from '../../../app/workers/serveCalls.ts';
import { createWorkerClient, type WorkerClient } from '../../../app/workers/workerClient.ts';
import type { WorkerMethod } from '../../../app/workers/workerProtocol.ts';

type Arithmetic = {
  readonly square: WorkerMethod<number, number, number>;
  readonly forever: WorkerMethod<null, never, never>;
  readonly deaf: WorkerMethod<null, never, never>;
};

let client: WorkerClient<Arithmetic>;
let started = 0;
const ports: MessagePort[] = [];
afterEach(() => {
  client.dispose();
  for (const port of ports.splice(0)) port.close();
});

/** A "worker" at the other end of a channel; ending it closes the channel. */
function open(): WorkerClient<Arithmetic> {
  started = 0;
  client = createWorkerClient<Arithmetic>(() => {
    started++;
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    serveCalls<Arithmetic>(port2, {
      async square(value, progress) {
        if (value < 0) throw new RangeError(`square: ${value}; expected a number >= 0`);
        progress(0.5);
        return value * value;
      },
      forever: (_, __, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      deaf: () => new Promise(() => {}),
    });
    port1.start();
    port2.start();
    return Object.assign(port1, { terminate: () => port1.close() }) as unknown as Worker;
  });
  return client;
}

test('a call brings progress and result', async () => {
  const seen: number[] = [];
  const result = await open().call('square', 7, { onProgress: (value) => seen.push(value) });
  expect([result, seen]).toEqual([49, [0.5]]);
});

test('calls at the same time do not mix', async () => {
  const worker = open();
  expect(await Promise.all([1, 2, 3, 4].map((n) => worker.call('square', n)))).toEqual([1, 4, 9, 16]);
  expect(started).toBe(1);
});

test('errors keep their name and message', async () => {
  await expect(open().call('square', -1)).rejects.toMatchObject({
    name: 'RangeError',
    message: 'square: -1; expected a number >= 0',
  });
});

test('an abort reaches the method, and the worker goes on to serve', async () => {
  const worker = open();
  const controller = new AbortController();
  const call = worker.call('forever', null, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(await worker.call('square', 3)).toBe(9);
  expect(started).toBe(1);
});

test('a worker that does not hear the abort is ended and replaced', async () => {
  const worker = open();
  const controller = new AbortController();
  const call = worker.call('deaf', null, { signal: controller.signal });
  controller.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(await worker.call('square', 3)).toBe(9);
  expect(started).toBe(2);
});

test('a call with an aborted signal is not made', async () => {
  await expect(open().call('square', 3, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  expect(started).toBe(0);
});
