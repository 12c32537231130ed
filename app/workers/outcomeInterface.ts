import type { Reward } from '../../irl/features/reward.ts';
import type { DriveOutcome } from '../../scenarios/driveOutcome.ts';
import type { LearnInput } from './learnInterface.ts';
import type { WorkerMethod } from './workerProtocol.ts';

/** Where whole drives begin: the world of a recording, or a scenario of the bundled families. */
export type OutcomeSubject =
  | { readonly kind: 'recording'; readonly recording: LearnInput }
  | { readonly kind: 'scenario'; readonly id: string };

/** The methods of a worker that drives one scenario again and again. */
export type OutcomeInterface = {
  /** Has to come first. Gives what came of the recorded drive itself, null for a scenario. */
  readonly open: WorkerMethod<OutcomeSubject, never, DriveOutcome | null>;
  /** What comes of the agent under a reward. */
  readonly drive: WorkerMethod<Reward, never, DriveOutcome>;
};
