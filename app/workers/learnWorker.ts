import type { LearningSource } from '../../irl/learn/learningSource.ts';
import { learnReward } from '../../irl/learn/learnReward.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import type { LearnInput, LearnInterface } from './learnInterface.ts';
import { serveCalls } from './serveCalls.ts';
import type { MessageEnd } from './workerProtocol.ts';

/** Lets messages of the page in, such as a cancellation: a message to oneself comes after those that wait. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function openSource({ name, bytes }: LearnInput): Promise<LearningSource> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { recording: readRecording(bytes, { name }), hash };
}

serveCalls<LearnInterface>(self as unknown as MessageEnd, {
  async learn({ recordings, name, method, candidates, strideTicks, priorSd, seed }, onProgress, signal) {
    const start = performance.now();
    const sources: LearningSource[] = [];
    for (const [done, input] of recordings.entries()) {
      onProgress({ stage: 'read', done, total: recordings.length });
      await breathe();
      signal.throwIfAborted();
      sources.push(await openSource(input));
    }
    const result = await learnReward(sources, {
      name,
      method,
      candidates,
      strideTicks,
      ...(priorSd === undefined ? {} : { priorSd }),
      seed,
      onProgress,
      signal,
      breathe,
    });
    const warnings = sources.flatMap(({ recording }, i) =>
      recording.warnings.map((warning) => `${recordings[i]!.name}: ${warning}`),
    );
    return { result, warnings, seconds: (performance.now() - start) / 1000 };
  },
});
