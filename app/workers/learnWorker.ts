import type { LearningSource } from '../../irl/learn/learningSource.ts';
import { type LearningResult, learnReward } from '../../irl/learn/learnReward.ts';
import { readRecording } from '../../recordings/readRecording.ts';
import type { LearnAnswer, LearnInput, LearnInterface } from './learnInterface.ts';
import { createSceneCrew } from './sceneCrew.ts';
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

/** Browsers in which a worker cannot start others count as one core. */
const CORES = typeof Worker === 'undefined' ? 1 : navigator.hardwareConcurrency;

/** Ends the matching of the call that runs. */
let enough = new AbortController();

serveCalls<LearnInterface>(self as unknown as MessageEnd, {
  async learn({ recordings, ...options }, onProgress, signal) {
    const start = performance.now();
    enough = new AbortController();
    const crew = createSceneCrew(recordings, CORES);
    try {
      const sources: LearningSource[] = [];
      for (const [done, input] of recordings.entries()) {
        onProgress({ stage: 'read', done, total: recordings.length });
        await breathe();
        signal.throwIfAborted();
        sources.push(await openSource(input));
      }
      const warnings = sources.flatMap(({ recording }, i) =>
        recording.warnings.map((warning) => `${recordings[i]!.name}: ${warning}`),
      );
      const answerWith = (result: LearningResult): LearnAnswer => ({
        result,
        warnings,
        seconds: (performance.now() - start) / 1000,
      });
      return answerWith(
        await learnReward(sources, {
          ...options,
          onProgress,
          onMaxent(result) {
            crew.dispose();
            onProgress({ stage: 'maxent', answer: answerWith(result) });
          },
          onRound: (round) => onProgress({ stage: 'round', round }),
          signal,
          enough: enough.signal,
          shareOut: crew.shareOut(sources.map(({ recording }) => recording)),
          breathe,
        }),
      );
    } finally {
      crew.dispose();
    }
  },
  async enough() {
    enough.abort();
    return null;
  },
});
