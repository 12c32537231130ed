import { bounded } from './bounded.ts';
import type { FeatureSpec } from './featureSpec.ts';
import { leastImposedBraking } from './leastImposedBraking.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';

const BRAKING_LIMIT = 10;

/** Courtesy group, in the order of `writeCourtesyFeatures`. */
export const COURTESY_FEATURES: readonly FeatureSpec[] = [
  {
    name: 'imposedBraking',
    group: 'courtesy',
    unit: 'm/s²',
    formula:
      'mean of the braking of the vehicles behind beyond what they would do without the ego, summed over them; limited to 10 m/s²',
    expectedSign: -1,
    source: 'Kesting, Treiber & Helbing 2007 (MOBIL politeness); Sun et al. 2018 (courtesy)',
    range: [0, BRAKING_LIMIT],
  },
];

/** Writes the courtesy group to `out` from `at` on. */
export function writeCourtesyFeatures(prediction: Prediction, out: Float64Array, at: number): void {
  const { imposedBraking } = prediction.around;
  let sum = 0;
  for (let k = 1; k <= HORIZON_TICKS; k++) sum += bounded(imposedBraking[k]!, 0, BRAKING_LIMIT);
  out[at] = sum / HORIZON_TICKS;
}

/** Writes the least and the largest value that the group can have, whatever the others answer. */
export function limitCourtesyFeatures(least: Float64Array, most: Float64Array, at: number): void {
  least[at] = 0;
  most[at] = BRAKING_LIMIT;
}

/**
 * Raises the least value for a motion that `placeInLanes` has seen to what the line of followers alone makes of it.
 * @param enough value beyond which it need not be known [m/s²]
 */
export function raiseLeastCourtesy(
  motion: Motion,
  prediction: Prediction,
  enough: number,
  least: Float64Array,
  at: number,
): void {
  least[at] = leastImposedBraking(motion, prediction, BRAKING_LIMIT, enough);
}
