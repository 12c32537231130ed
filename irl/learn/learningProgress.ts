import type { ShareOut } from './gatherKept.ts';
import type { Learned } from './learner.ts';

/** Where a learner is. */
export interface LearningProgress {
  /** `options`: options that follow the model are drawn. */
  readonly stage: 'scenes' | 'options' | 'fit';
  readonly done: number;
  /**
   * Scenes in all, those of helpers left out; for `fit` rollouts at most, or 0 where the number of iterations is not
   * known before.
   */
  readonly total: number;
}

/** One round of rollouts that is over: how far what the agent did is from what the person did. */
export interface MatchingRound {
  /** From 1 on. */
  readonly round: number;
  /** Rounds at most. */
  readonly rounds: number;
  /** Size of the largest gap, in units of its feature's scale, and that feature. */
  readonly largestGap: number;
  readonly feature: string;
  /** Largest gap that counts as matched. */
  readonly tolerance: number;
}

/** How a caller watches, interrupts and shares time with a learner. */
export interface LearningControl {
  readonly onProgress?: (progress: LearningProgress) => void;
  /** Of learners that start at `maxent`: told what that found, which can be used while they go on. */
  readonly onMaxent?: (learned: Learned) => void;
  /** Of learners that match what an agent does: told after every round of rollouts. */
  readonly onRound?: (round: MatchingRound) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Aborting makes learners that match what an agent does end with the best weights they have found so far. */
  readonly enough?: AbortSignal;
  /** Lets helpers gather some of the scenes; all are gathered here unless given. */
  readonly shareOut?: ShareOut;
  /** Awaited every few scenes; a worker lets its messages in here. */
  readonly breathe?: () => Promise<void>;
}

/** @throws the signal's reason once it is aborted */
export function throwIfAborted(control: LearningControl): void {
  control.signal?.throwIfAborted();
}
