import { evaluateFeatures, measureFeatures } from './evaluateFeatures.ts';
import type { FeatureSpec } from './featureSpec.ts';
import { evaluateHuangFeatures, HUANG_FEATURES, measureHuangFeatures } from './huang2021Features.ts';
import type { Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';
import { FEATURES } from './registry.ts';

/** A table of features and the function that evaluates all of them. */
export interface FeatureSet {
  readonly name: 'understudy' | 'huang2021';
  readonly specs: readonly FeatureSpec[];
  /** Writes one value a feature to `out` from `offset` on; answers the motion first (`respond`). */
  evaluate(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
  /** The same for a motion that has just been answered. */
  measure(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
}

/** The features of this project. */
export const UNDERSTUDY_FEATURES: FeatureSet = {
  name: 'understudy',
  specs: FEATURES,
  evaluate: evaluateFeatures,
  measure: measureFeatures,
};

/** The features of the published method, for the baseline `huang2021` only. */
export const HUANG_FEATURE_SET: FeatureSet = {
  name: 'huang2021',
  specs: HUANG_FEATURES,
  evaluate: evaluateHuangFeatures,
  measure: measureHuangFeatures,
};

/** Every feature set a reward file may refer to. */
export const FEATURE_SETS: readonly FeatureSet[] = [UNDERSTUDY_FEATURES, HUANG_FEATURE_SET];
