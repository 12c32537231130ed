import type { MatchingRound } from '../../irl/learn/learningProgress.ts';
import type { LearningMethod, LearningResult } from '../../irl/learn/learnReward.ts';
import type { WorkerMethod } from './workerProtocol.ts';

/** A recording's bytes for the worker, which reads them itself. */
export interface LearnInput {
  /** For messages, such as `anonymous, dense@1#1`. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is to be learned, and how. */
export interface LearnRequest {
  readonly recordings: readonly LearnInput[];
  readonly name: string;
  /** Absent for the default learner, or `maxent` where that does not apply. */
  readonly method?: LearningMethod;
  /** Absent where the number of scenes decides. */
  readonly candidates?: number;
  /** Absent where the number of windows decides. */
  readonly strideTicks?: number;
  /** Prior deviation of the weights; absent where the data choose it. */
  readonly priorSd?: number;
  readonly seed: number;
}

/** Where the worker is. */
export type LearnProgress =
  | {
      readonly stage: 'read' | 'scenes' | 'options' | 'fit';
      readonly done: number;
      /** 0 where it is not known before. */
      readonly total: number;
    }
  /** The weights of `maxent` are there, and can be used while the agent itself is matched. */
  | { readonly stage: 'maxent'; readonly answer: LearnAnswer }
  /** A round of rollouts is over. */
  | { readonly stage: 'round'; readonly round: MatchingRound };

/** What came out, and how long it took. */
export interface LearnAnswer {
  readonly result: LearningResult;
  /** Damage that was found in the recordings. */
  readonly warnings: readonly string[];
  /** Wall-clock time in the worker [s]. */
  readonly seconds: number;
}

/** The methods of the learning worker. */
export type LearnInterface = {
  readonly learn: WorkerMethod<LearnRequest, LearnProgress, LearnAnswer>;
  /** Ends the matching that goes on; `learn` then gives the best so far. */
  readonly enough: WorkerMethod<null, never, null>;
};
