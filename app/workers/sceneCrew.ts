import { UNDERSTUDY_FEATURES } from '../../irl/features/featureSet.ts';
import type { GatherShare, ShareOut } from '../../irl/learn/gatherKept.ts';
import type { KeptScenes } from '../../irl/learn/keptScenes.ts';
import type { Recording } from '../../recordings/recording.ts';
import type { LearnInput } from './learnInterface.ts';
import type { SceneInterface } from './sceneInterface.ts';
import { shareByBytes } from './shareByBytes.ts';
import { createWorkerClient, type WorkerClient } from './workerClient.ts';

/** Helpers at most; what cannot be shared out, reading and fitting, gains nothing from more. */
const HELPERS_AT_MOST = 3;
/** Recordings of fewer bytes are learned from sooner than a helper starts: some 15 s of driving. */
const BYTES_A_HELPER = 200_000;

/** Workers that gather scenes beside the one that learns. */
export interface SceneCrew {
  /** For recordings that were read from the inputs, in their order. */
  shareOut(recordings: readonly Recording[]): ShareOut;
  /** Ends the helpers. */
  dispose(): void;
}

/**
 * Starts helpers, which read their recordings at once.
 * @param cores of the machine; from three on one is left to the page
 */
export function createSceneCrew(inputs: readonly LearnInput[], cores: number): SceneCrew {
  const bytes = inputs.map((input) => input.bytes.length);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  const spare = cores < 2 ? 0 : Math.max(1, cores - 2);
  const helpers = Math.max(0, Math.min(spare, HELPERS_AT_MOST, Math.floor(total / BYTES_A_HELPER) - 1));
  const crew = shareByBytes(bytes, helpers + 1)
    .slice(0, helpers)
    .map((share) => {
      const client = createWorkerClient<SceneInterface>(
        () => new Worker(new URL('./sceneWorker.ts', import.meta.url), { type: 'module', name: 'scenes' }),
      );
      const opened = client.call('open', inputs.slice(share.first, share.last + 1));
      // Whoever waits for the recordings gets the error.
      opened.catch(() => {});
      return { client, opened, share };
    });
  return {
    shareOut: (recordings) => (picked) => {
      const numbers = new Map(recordings.map((recording, number) => [recording, number]));
      let from = 0;
      return crew.map(({ client, opened, share }) => {
        const isOurs = (recording: Recording, tick: number) => {
          const number = numbers.get(recording)!;
          return number < share.last || (number === share.last && tick < share.until * recording.ticks);
        };
        let to = from;
        while (to < picked.length && isOurs(picked[to]!.recording, picked[to]!.tick)) to++;
        const count = to - from;
        from = to;
        const gather: GatherShare = async (own, plan) => {
          await opened;
          const counts = await client.call('gather', {
            ...plan,
            picked: own.map((one) => ({ ...one, recording: numbers.get(one.recording)! - share.first })),
          });
          return { ...counts, kept: keptBy(client, own.length) };
        };
        return [count, gather] as const;
      });
    },
    dispose() {
      for (const { client } of crew) client.dispose();
    },
  };
}

function keptBy(client: WorkerClient<SceneInterface>, count: number): KeptScenes {
  return {
    features: UNDERSTUDY_FEATURES,
    count,
    choices: () => client.call('choices', null),
    async follow(weight, options) {
      await client.call('follow', { ...options, weight });
    },
  };
}
