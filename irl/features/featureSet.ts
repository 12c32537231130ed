import {
  evaluateFeatures,
  limitFeaturesAmongOthers,
  measureFeaturesAmongOthers,
  measureOwnFeatures,
} from './evaluateFeatures.ts';
import type { FeatureSpec } from './featureSpec.ts';
import {
  evaluateHuangCodedFeatures,
  HUANG_CODED_FEATURES,
  measureHuangCodedFeatures,
} from './huang2021CodedFeatures.ts';
import { evaluateHuangFeatures, HUANG_FEATURES, measureHuangFeatures } from './huang2021Features.ts';
import type { Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';
import { FEATURES } from './registry.ts';

/** A table of features and the function that evaluates all of them. */
export interface FeatureSet {
  readonly name: 'understudy' | 'huang2021' | 'huang2021-as-coded';
  readonly specs: readonly FeatureSpec[];
  /** Writes one value a feature to `out` from `offset` on; answers the motion first (`respond`). */
  evaluate(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
  /** Whether a feature depends on the ego's motion alone. Shape: [features]. */
  readonly own: readonly boolean[];
  /**
   * Writes those that do, for a motion that `placeInLanes` has seen, and for the others, all of them at least 0, the
   * largest value they can have whatever the other vehicles do.
   */
  limit(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
  /** Writes those that do not, for a motion that has just been answered. */
  measureAmongOthers(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
}

/** The features of this project. */
export const UNDERSTUDY_FEATURES: FeatureSet = {
  name: 'understudy',
  specs: FEATURES,
  evaluate: evaluateFeatures,
  own: FEATURES.map(({ group }) => group !== 'headway' && group !== 'courtesy'),
  limit(motion, prediction, out, offset) {
    measureOwnFeatures(motion, prediction, out, offset);
    limitFeaturesAmongOthers(prediction, out, offset);
  },
  measureAmongOthers: measureFeaturesAmongOthers,
};

/** The features of the published method, for the baseline `huang2021` only. */
export const HUANG_FEATURE_SET: FeatureSet = {
  name: 'huang2021',
  specs: HUANG_FEATURES,
  evaluate: evaluateHuangFeatures,
  ...unboundedBeforehand(HUANG_FEATURES),
  measureAmongOthers: measureHuangFeatures,
};

/** ... and as its code computes them. */
export const HUANG_CODED_FEATURE_SET: FeatureSet = {
  name: 'huang2021-as-coded',
  specs: HUANG_CODED_FEATURES,
  evaluate: evaluateHuangCodedFeatures,
  ...unboundedBeforehand(HUANG_CODED_FEATURES),
  measureAmongOthers: measureHuangCodedFeatures,
};

/** Of features about which nothing is said before the others have answered but their range. */
function unboundedBeforehand(specs: readonly FeatureSpec[]): Pick<FeatureSet, 'own' | 'limit'> {
  return {
    own: specs.map(() => false),
    limit(_motion, _prediction, out, offset = 0) {
      for (const [i, { range }] of specs.entries()) out[offset + i] = range[1];
    },
  };
}

/** Every feature set a reward file may refer to. */
export const FEATURE_SETS: readonly FeatureSet[] = [UNDERSTUDY_FEATURES, HUANG_FEATURE_SET, HUANG_CODED_FEATURE_SET];
