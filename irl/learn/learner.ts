import type { FeatureSet } from '../features/featureSet.ts';
import type { MixedAgent, RewardTerm } from '../features/reward.ts';
import type { StylesChoice } from './chooseStyles.ts';
import type { ClosedLoopGap } from './closedLoopGap.ts';
import type { EnoughDriving } from './enoughDriving.ts';
import type { Identifiability } from './identifiability.ts';
import type { LearningControl } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import type { Population } from './population.ts';
import type { Preferences } from './preferences.ts';

/** One feature of a learned reward with what the person and the model do with it. */
export interface LearnedTerm extends RewardTerm {
  /** Mean over the scenes of the person's raw feature value, in the feature's unit. */
  readonly personMean: number;
  /**
   * Mean over the scenes of its expectation under the learned model; what the agent did, where its driving is matched.
   */
  readonly modelMean: number;
  /** Why the weight is 0 and not learned; empty for learned weights. */
  readonly fixedBecause: string;
}

/** How far an agent's driving matches the person's, feature by feature. */
export interface ClosedLoopReport {
  /** Moments of the recordings from which agent and person are compared. */
  readonly starts: number;
  /** Rounds of rollouts that were driven, one from every start each. */
  readonly rounds: number;
  /** Largest standardised gap that counts as matched. */
  readonly tolerance: number;
  /**
   * `within-noise`: chance explains the gaps that are left. `mixed`: no single agent matches, not even within noise,
   * and the mixture of agents does. `stopped`: the caller had enough.
   */
  readonly ended: 'matched' | 'within-noise' | 'mixed' | 'no-progress' | 'budget' | 'stopped';
  /** Of the reward, a single agent's. */
  readonly gaps: readonly ClosedLoopGap[];
  /** Features whose gap stayed above the tolerance: no weight that was tried moved them there. */
  readonly unmatched: readonly string[];
  /** Rollouts of the last weights with a collision of the agent, and with it off the lanes. */
  readonly collisions: number;
  readonly offRoad: number;
  /** Where no single agent matches: the mixture of those that were tried that is nearest to the person. */
  readonly mixture?: MixedMatch;
}

/** How far a mixture of agents matches the person. */
export interface MixedMatch {
  /** Agents with a share in it. */
  readonly agents: number;
  /** `atStart` is the gap of the first agent. */
  readonly gaps: readonly ClosedLoopGap[];
  readonly unmatched: readonly string[];
  /** Expected numbers, over the starts, of drives with a collision and off the lanes. */
  readonly collisions: number;
  readonly offRoad: number;
}

/** One of several ways to drive. */
export interface LearnedStyle {
  /** One entry for each feature of the set, in its order. */
  readonly terms: readonly LearnedTerm[];
  /** Share of the drivers. */
  readonly share: number;
  /** Drivers, or drives, of which it is the most likely style. */
  readonly drivers: readonly string[];
  /** Mean of `choiceNll` over their scenes [nat]. */
  readonly nll: number;
  readonly gradientNorm: number;
}

/** How a mixture of styles came about. */
export interface MixtureReport extends StylesChoice {
  readonly styleOf: 'driver' | 'drive';
  /** Shape: [chosen]. */
  readonly shares: readonly number[];
  /** Who drives how; styles count from 1, responsibilities are p(style | drives). */
  readonly drivers: readonly {
    readonly name: string;
    readonly scenes: number;
    readonly style: number;
    readonly responsibilities: readonly number[];
  }[];
  readonly logPosterior: number;
  readonly rounds: number;
  /** log-posterior at which each start ended: equal ends speak for the best being the best. */
  readonly ends: readonly number[];
}

/** What a learner found. */
export interface Learned {
  readonly featureSet: FeatureSet;
  /** One entry for each feature of the set, in its order. */
  readonly terms: readonly LearnedTerm[];
  /** Options that reproduce the fit, for the reward file. */
  readonly options: Readonly<Record<string, number | string | boolean>>;
  /** Scenes of each recording. */
  readonly scenesOf: readonly number[];
  readonly candidatesPerScene: number;
  /** Mean of `choiceNll` over the scenes [nat]. */
  readonly nll: number;
  /** Norm of the gradient of the convex objective where it was left; `closed-loop` goes on from there. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Largest distance between motion and projection in each scene [m]. */
  readonly projectionErrors: Float64Array;
  /** Figures for people: windows left out, candidates refused, scenes without alternative. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of learners that match what an agent executes; absent when that was stopped before anything was matched. */
  readonly closedLoop?: ClosedLoopReport;
  /**
   * Of learners that match what an agent executes: the mixture that is nearest to the person. `closed-loop` has one
   * where no single agent matches, `projection` always.
   */
  readonly mixedAgents?: readonly MixedAgent[];
  /** Of learners that start at `maxent`: why they ended there; absent when they went on. */
  readonly endedAtMaxent?: string;
  /** What the recordings can and cannot tell; of learners with the features of this project. */
  readonly identifiability?: Identifiability;
  /** Of learners with a posterior: how much the learned weights could lose by the person's own. */
  readonly enoughDriving?: EnoughDriving;
  /** Effective number of options in a scene under the model (`effectiveOptions`): median and 5 % quantile. */
  readonly effectiveOptions?: { readonly median: number; readonly p05: number };
  /** Features whose weight, as the driving clearly says, has not the sign that the registry expects. */
  readonly unexpectedSigns?: readonly string[];
  /** Root mean square that the weights of each group were expected to have, chosen by the data unless it was given. */
  readonly priorSd?: Readonly<Record<string, number>>;
  /** Of learners that find several ways to drive: all of them, most common first, and how they came about. */
  readonly styles?: readonly LearnedStyle[];
  readonly mixture?: MixtureReport;
}

/** What every learner understands. */
export interface LearnerOptions {
  readonly candidates?: number;
  readonly seed?: number;
  /**
   * Ticks between the starts of two windows; `maxent` and what goes on from it choose it by the number of windows
   * unless given.
   */
  readonly strideTicks?: number;
  /**
   * Standard deviation of a prior on standardised weights around 0; unless given the data choose σ, group by group, and
   * the registry's signs are expected.
   */
  readonly priorSd?: number;
  /** `oracle` gives the others their recorded future: for diagnosis, marked in the reward. */
  readonly others?: 'predicted' | 'oracle';
  /**
   * Only `closed-loop` and `projection`: moments from which the agent drives on, rounds of such rollouts, and the
   * largest standardised gap.
   */
  readonly rollouts?: number;
  readonly rounds?: number;
  /** ... and successive windows of 5 s in each rollout. */
  readonly rolloutWindows?: number;
  readonly tolerance?: number;
  /** Only `huang2021`: solve its convex problem instead of stopping after 200 steps of Adam as published. */
  readonly converged?: boolean;
  /** ... or repeat the defects of the published code. */
  readonly asCoded?: boolean;
  /** Only `maxent`: what is believed of the weights beforehand, in place of `priorSd`. */
  readonly population?: Population;
  /** Only `maxent`: choices between drives, learned from together with the demonstrations. */
  readonly preferences?: Preferences;
  /** Only `mixture`: numbers of styles to choose from, and who has a style. */
  readonly styles?: readonly number[];
  readonly styleOf?: 'driver' | 'drive';
}

/** A way from recordings to weights. */
export interface Learner {
  readonly name: string;
  learn(sources: readonly LearningSource[], options: LearnerOptions, control: LearningControl): Promise<Learned>;
}
