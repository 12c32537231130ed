import type { FeatureSet } from '../features/featureSet.ts';
import type { RewardTerm } from '../features/reward.ts';
import type { LearningControl } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';

/** One feature of a learned reward with what the person and the model do with it. */
export interface LearnedTerm extends RewardTerm {
  /** Mean over the scenes of the person's raw feature value, in the feature's unit. */
  readonly personMean: number;
  /** Mean over the scenes of its expectation under the learned model. */
  readonly modelMean: number;
  /** Why the weight is 0 and not learned; empty for learned weights. */
  readonly fixedBecause: string;
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
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Largest distance between motion and projection in each scene [m]. */
  readonly projectionErrors: Float64Array;
  /** Figures for people: windows left out, candidates refused, scenes without alternative. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What every learner understands. */
export interface LearnerOptions {
  readonly candidates?: number;
  readonly seed?: number;
  readonly strideTicks?: number;
  /** Standard deviation of the prior on standardised weights. */
  readonly priorSd?: number;
  /** `oracle` gives the others their recorded future: for diagnosis, marked in the reward. */
  readonly others?: 'predicted' | 'oracle';
  /** Only `huang2021`: solve its convex problem instead of stopping after 200 steps of Adam as published. */
  readonly converged?: boolean;
}

/** A way from recordings to weights. */
export interface Learner {
  readonly name: string;
  learn(sources: readonly LearningSource[], options: LearnerOptions, control: LearningControl): Promise<Learned>;
}
