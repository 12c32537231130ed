import type { MatchingRound } from '../../irl/learn/learningProgress.ts';
import type { ShelfEntry } from '../recordings/recordingShelf.ts';
import type { AppContext } from '../shell/appContext.ts';
import type { LearnAnswer, LearnInterface, LearnProgress, LearnRequest } from '../workers/learnInterface.ts';
import { createWorkerClient } from '../workers/workerClient.ts';
import type { ShelfReward } from './rewardShelf.ts';

/** How to learn. */
export type LearnOptions = Omit<LearnRequest, 'recordings' | 'name'>;

/** What most people want. */
export const DEFAULT_LEARN_OPTIONS = { seed: 0 } as const satisfies LearnOptions;

/** A reward that was learned, and where it is kept. */
export interface LearnedReward {
  readonly answer: LearnAnswer;
  readonly kept: ShelfReward;
}

/** Where learning is, in steps that can be counted. */
export type LearningSteps = Extract<LearnProgress, { readonly total: number }>;

/** How a caller watches and interrupts learning. */
export interface LearnControl {
  /** Aborting gives up; a reward that was told of already stays on the shelf. */
  readonly signal?: AbortSignal;
  /** Aborting ends the matching of the agent with the best so far. */
  readonly enough?: AbortSignal;
  readonly onProgress?: (steps: LearningSteps) => void;
  /** Told of the reward of `maxent`, which is on the shelf until the matched one takes its place. */
  readonly onMaxent?: (learned: LearnedReward) => void;
  readonly onRound?: (round: MatchingRound) => void;
}

/** Learns rewards in a worker of its own and puts them on the shelf. */
export interface RewardLearner {
  /** @throws AbortError when the signal is aborted, and what the worker threw */
  learn(entries: readonly ShelfEntry[], options: LearnOptions, control?: LearnControl): Promise<LearnedReward>;
}

/** The worker starts with the first thing to learn. */
export function createRewardLearner({
  recordings,
  rewards,
}: Pick<AppContext, 'recordings' | 'rewards'>): RewardLearner {
  const worker = createWorkerClient<LearnInterface>(
    () => new Worker(new URL('../workers/learnWorker.ts', import.meta.url), { type: 'module', name: 'learn' }),
  );
  return {
    async learn(entries, options, { signal, enough, onProgress, onMaxent, onRound } = {}) {
      const inputs = await Promise.all(
        entries.map(async (entry) => ({ name: titleOf(entry), bytes: await recordings.bytes(entry.id) })),
      );
      let first: ShelfReward | undefined;
      // A worker that fails lets `learn` fail as well.
      const stop = () => void worker.call('enough', null).catch(() => {});
      enough?.addEventListener('abort', stop, { once: true });
      try {
        const answer = await worker.call(
          'learn',
          { recordings: inputs, name: nameOf(entries), ...options },
          {
            ...(signal && { signal }),
            onProgress(progress) {
              if (progress.stage === 'round') onRound?.(progress.round);
              else if (progress.stage !== 'maxent') onProgress?.(progress);
              else {
                first = rewards.add(progress.answer.result.reward);
                onMaxent?.({ answer: progress.answer, kept: first });
              }
            },
            transfer: inputs.map((input) => input.bytes.buffer),
          },
        );
        const { reward } = answer.result;
        return { answer, kept: first ? rewards.replace(first.id, reward) : rewards.add(reward) };
      } finally {
        enough?.removeEventListener('abort', stop);
      }
    },
  };
}

function titleOf(entry: ShelfEntry): string {
  return `${entry.driverName || 'anonymous'}, ${entry.scenarioId || entry.name}`;
}

/** A name for the reward: the drivers it was learned from. */
function nameOf(entries: readonly ShelfEntry[]): string {
  const drivers = [...new Set(entries.map((entry) => entry.driverName || 'anonymous'))];
  return drivers.length <= 3 ? drivers.join(' + ') : `${drivers.slice(0, 2).join(' + ')} + ${drivers.length - 2} more`;
}
