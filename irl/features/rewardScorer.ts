import { FEATURE_SETS, type FeatureSet } from './featureSet.ts';
import type { Reward } from './reward.ts';

/** A reward ready to score motions. */
export interface RewardScorer {
  readonly featureSet: FeatureSet;
  /** Feature names in column order of the set. Shape: [columns]. */
  readonly names: readonly string[];
  /** Scale by which a raw value is divided. Shape: [columns]. */
  readonly scale: Float64Array;
  /** Weight of the standardised value; 0 for features the reward does not have. Shape: [columns]. */
  readonly weight: Float64Array;
  /** Reward of raw feature values from `offset` on: Σ weight_i value_i / scale_i. */
  score(values: Float64Array, offset?: number): number;
}

/**
 * Finds the feature set of a reward and its weights in that set's column order.
 * @throws RangeError when a feature is in no set, or when features come from different sets
 */
export function createRewardScorer(reward: Reward): RewardScorer {
  const featureSet = FEATURE_SETS.find((set) => reward.features.every((term) => column(set, term.name) >= 0));
  if (featureSet === undefined) {
    const stray = reward.features.find((term) => FEATURE_SETS.every((set) => column(set, term.name) < 0));
    throw new RangeError(
      stray === undefined
        ? `reward "${reward.name}": features come from different sets; expected all from one of ${FEATURE_SETS.map((set) => set.name).join(', ')}`
        : `reward "${reward.name}": feature "${stray.name}" is unknown`,
    );
  }
  const columns = featureSet.specs.length;
  const scale = new Float64Array(columns).fill(1);
  const weight = new Float64Array(columns);
  for (const term of reward.features) {
    scale[column(featureSet, term.name)] = term.scale;
    weight[column(featureSet, term.name)] = term.weight;
  }
  return {
    featureSet,
    names: featureSet.specs.map((spec) => spec.name),
    scale,
    weight,
    score(values, offset = 0) {
      let sum = 0;
      for (let i = 0; i < columns; i++) sum += (weight[i]! * values[offset + i]!) / scale[i]!;
      return sum;
    },
  };
}

function column(set: FeatureSet, name: string): number {
  return set.specs.findIndex((spec) => spec.name === name);
}
