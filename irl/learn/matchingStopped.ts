import type { LearningControl } from './learningProgress.ts';

/** Why a learner that matches what agents do may end at `maxent`. */
export const STOPPED_BEFORE_ROLLOUTS = 'it was stopped before the first round of rollouts was over';

/** Leaves a search whose caller has had enough; what was tried before it stays. */
class MatchingStopped extends Error {}

/** @throws MatchingStopped once the caller has had enough */
export function throwIfEnough({ enough }: LearningControl): void {
  if (enough?.aborted) throw new MatchingStopped('the search was stopped');
}

/** What a search finds, or `stopped` when the caller had enough before. */
export async function unlessStopped<Found>(search: () => Promise<Found>): Promise<Found | 'stopped'> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof MatchingStopped) return 'stopped';
    throw error;
  }
}
