import { COMFORT_FEATURES } from './comfortFeatures.ts';
import { COURTESY_FEATURES } from './courtesyFeatures.ts';
import type { FeatureSpec } from './featureSpec.ts';
import { HEADWAY_FEATURES } from './headwayFeatures.ts';
import { LANE_FEATURES } from './laneFeatures.ts';
import { SPEED_FEATURES } from './speedFeatures.ts';

/** Every feature of the reward, in the column order of `evaluateFeatures`. */
export const FEATURES: readonly FeatureSpec[] = [
  ...SPEED_FEATURES,
  ...LANE_FEATURES,
  ...HEADWAY_FEATURES,
  ...COMFORT_FEATURES,
  ...COURTESY_FEATURES,
];

/** Number of features: columns of a feature matrix. */
export const FEATURE_COUNT = FEATURES.length;

/** Column of a feature, or -1 when there is none of that name. */
export function featureIndex(name: string): number {
  return FEATURES.findIndex((feature) => feature.name === name);
}
