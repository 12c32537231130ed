import {
  evaluateFeatures,
  limitFeatures,
  limitUnwrittenFeatures,
  measureFeaturesAmongOthers,
  raiseLeastFeatures,
} from './evaluateFeatures.ts';
import type { FeatureSpec } from './featureSpec.ts';
import {
  evaluateHuangCodedFeatures,
  HUANG_CODED_FEATURES,
  measureHuangCodedFeatures,
} from './huang2021CodedFeatures.ts';
import { evaluateHuangFeatures, HUANG_FEATURES, measureHuangFeatures } from './huang2021Features.ts';
import type { Motion } from './motion.ts';
import type { MotionLimits } from './motionLimits.ts';
import type { Prediction } from './prediction.ts';
import { FEATURES } from './registry.ts';

/** A table of features and the function that evaluates all of them. */
export interface FeatureSet {
  readonly name: 'understudy' | 'huang2021' | 'huang2021-as-coded';
  readonly specs: readonly FeatureSpec[];
  /** Writes one value a feature to `out` from `offset` on; answers the motion first (`respond`). */
  evaluate(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
  /** Writes the least and the largest value that each feature can have for a motion of which only limits are known. */
  limitUnwritten(
    limits: MotionLimits,
    prediction: Prediction,
    least: Float64Array,
    most: Float64Array,
    offset?: number,
  ): void;
  /**
   * ... for a motion that `placeInLanes` has seen, whatever the other vehicles answer. Where both are the same, that is
   * the value.
   */
  limit(motion: Motion, prediction: Prediction, least: Float64Array, most: Float64Array, offset?: number): void;
  /**
   * Raises the least values that `limit` has written by what can be foretold of the others at more cost, where that
   * lowers the reward.
   * @param worth reward for one more of each feature [nat]; shape [features]
   * @param spare reward that may be lost before the motion is out [nat]; what is worse than that is not worked out
   */
  raiseLeast(
    motion: Motion,
    prediction: Prediction,
    worth: Float64Array,
    spare: number,
    least: Float64Array,
    offset?: number,
  ): void;
  /** Writes the features that depend on the other vehicles, for a motion that has just been answered. */
  measureAmongOthers(motion: Motion, prediction: Prediction, out: Float64Array, offset?: number): void;
}

/** The features of this project. */
export const UNDERSTUDY_FEATURES: FeatureSet = {
  name: 'understudy',
  specs: FEATURES,
  evaluate: evaluateFeatures,
  limitUnwritten: limitUnwrittenFeatures,
  limit: limitFeatures,
  raiseLeast: raiseLeastFeatures,
  measureAmongOthers: measureFeaturesAmongOthers,
};

/** The features of the published method, for the baseline `huang2021` only. */
export const HUANG_FEATURE_SET: FeatureSet = {
  name: 'huang2021',
  specs: HUANG_FEATURES,
  evaluate: evaluateHuangFeatures,
  ...onlyRanges(HUANG_FEATURES),
  measureAmongOthers: measureHuangFeatures,
};

/** ... and as its code computes them. */
export const HUANG_CODED_FEATURE_SET: FeatureSet = {
  name: 'huang2021-as-coded',
  specs: HUANG_CODED_FEATURES,
  evaluate: evaluateHuangCodedFeatures,
  ...onlyRanges(HUANG_CODED_FEATURES),
  measureAmongOthers: measureHuangCodedFeatures,
};

/** For features about which nothing is said before the others have answered but their range. */
function onlyRanges(specs: readonly FeatureSpec[]): Pick<FeatureSet, 'limitUnwritten' | 'limit' | 'raiseLeast'> {
  const limit = (_: unknown, _prediction: Prediction, least: Float64Array, most: Float64Array, offset = 0) => {
    for (const [i, { range }] of specs.entries()) {
      least[offset + i] = range[0];
      most[offset + i] = range[1];
    }
  };
  return { limitUnwritten: limit, limit, raiseLeast() {} };
}

/** Every feature set a reward file may refer to. */
export const FEATURE_SETS: readonly FeatureSet[] = [UNDERSTUDY_FEATURES, HUANG_FEATURE_SET, HUANG_CODED_FEATURE_SET];
