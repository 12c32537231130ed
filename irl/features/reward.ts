/** Version of the feature formulas; bumped when a feature's value for the same motion changes. */
export const FEATURE_SET_VERSION = 1;
/** Version of the reward file's layout. */
export const REWARD_FILE_VERSION = 1;

export type FeatureGroup = 'speed' | 'lane' | 'headway' | 'comfort' | 'courtesy';

/** One term of a linear reward. */
export interface RewardTerm {
  /** Name in the feature registry. */
  readonly name: string;
  readonly group: FeatureGroup;
  /** Pooled within-scene standard deviation of the training set; the feature is divided by it. > 0. */
  readonly scale: number;
  /** Weight of the standardised feature; higher is liked more. */
  readonly weight: number;
  /** Posterior standard deviation of the weight. */
  readonly sd: number;
  /** 95 % interval of the weight. */
  readonly interval: readonly [low: number, high: number];
}

/** What one recording gave to the learner. */
export interface RewardSource {
  /** SHA-256 of the recording's bytes, in hex. */
  readonly hash: string;
  readonly driver: string;
  readonly label: string;
  readonly scenarioId: string;
  readonly scenes: number;
}

/** One agent of a mixture of agents, of which one is drawn for each drive. */
export interface MixedAgent {
  /** Probability with which it is drawn. */
  readonly share: number;
  /** Weights of the reward's features, in their order. */
  readonly weights: readonly number[];
}

/**
 * A learned driving reward R = sum_i weight_i * feature_i / scale_i, and how it came to be. This is the content of a
 * `reward.json`; it is parsed and checked by `parseReward`.
 */
export interface Reward {
  readonly format: 'understudy-reward';
  readonly version: number;
  readonly featureSetVersion: number;
  readonly simulatorVersion: number;
  readonly name: string;
  readonly learner: { readonly name: string; readonly options: Readonly<Record<string, number | string | boolean>> };
  readonly features: readonly RewardTerm[];
  /**
   * Agents that drive like the person together where none does alone; `features` is the best single one. Shares sum to
   * 1. A reward with other weights is a single agent's and leaves it out.
   */
  readonly mixture?: readonly MixedAgent[];
  readonly sources: readonly RewardSource[];
  readonly fit: {
    readonly scenes: number;
    readonly candidatesPerScene: number;
    /** Mean negative log-likelihood of the person's motion per scene [nat]. */
    readonly nll: number;
    readonly gradientNorm: number;
    /** 95th percentile over scenes of the largest distance between the person's motion and its projection [m]. */
    readonly projectionErrorP95: number;
  };
}
