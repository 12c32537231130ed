import type { ShelfEntry } from '../recordings/recordingShelf.ts';
import type { AppContext } from '../shell/appContext.ts';
import type { LearnAnswer, LearnInterface, LearnProgress, LearnRequest } from '../workers/learnInterface.ts';
import { createWorkerClient } from '../workers/workerClient.ts';
import type { ShelfReward } from './rewardShelf.ts';

/** How to learn. */
export type LearnOptions = Omit<LearnRequest, 'recordings' | 'name'>;

/** What most people want. */
export const DEFAULT_LEARN_OPTIONS = {
  method: 'maxent',
  candidates: 300,
  strideTicks: 10,
  seed: 0,
} as const satisfies LearnOptions;

/** Learns rewards in a worker of its own and puts them on the shelf. */
export interface RewardLearner {
  /** @throws AbortError when the signal is aborted, and what the worker threw */
  learn(
    entries: readonly ShelfEntry[],
    options: LearnOptions,
    control?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: LearnProgress) => void },
  ): Promise<{ readonly answer: LearnAnswer; readonly kept: ShelfReward }>;
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
    async learn(entries, options, control = {}) {
      const inputs = await Promise.all(
        entries.map(async (entry) => ({ name: titleOf(entry), bytes: await recordings.bytes(entry.id) })),
      );
      const answer = await worker.call(
        'learn',
        { recordings: inputs, name: nameOf(entries), ...options },
        { ...control, transfer: inputs.map((input) => input.bytes.buffer) },
      );
      return { answer, kept: rewards.add(answer.result.reward) };
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
