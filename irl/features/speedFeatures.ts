import { bounded } from './bounded.ts';
import type { FeatureSpec } from './featureSpec.ts';
import type { LaneRange } from './laneRange.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { MotionLimits } from './motionLimits.ts';
import type { Prediction } from './prediction.ts';

// A constant of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
const RATIO_LIMIT = 3;

/** Speed group, in the order of `writeSpeedFeatures`. */
export const SPEED_FEATURES: readonly FeatureSpec[] = [
  {
    name: 'speed',
    group: 'speed',
    unit: '1',
    formula: 'mean of v / v_limit, limit of the lane of the centre; 0..3',
    expectedSign: 1,
    source: 'Huang, Wu & Lv 2021 (efficiency); Abbeel & Ng 2004',
    range: [0, RATIO_LIMIT],
  },
  {
    name: 'speedSquared',
    group: 'speed',
    unit: '1',
    formula: 'mean of (v / v_limit)², so that a preferred speed can lie inside the range',
    expectedSign: -1,
    source: 'Levine & Koltun 2012 (deviation from a desired speed, expanded)',
    range: [0, RATIO_LIMIT * RATIO_LIMIT],
  },
  {
    name: 'overLimitSquared',
    group: 'speed',
    unit: '1',
    formula: 'mean of max(0, v / v_limit - 1)²',
    expectedSign: -1,
    source: 'nuPlan speed-limit compliance (Caesar et al. 2021), squared',
    range: [0, (RATIO_LIMIT - 1) * (RATIO_LIMIT - 1)],
  },
];

/** Writes the speed group to `out` from `at` on. */
export function writeSpeedFeatures(motion: Motion, prediction: Prediction, out: Float64Array, at: number): void {
  const { limit } = prediction.lanes;
  const { lane } = prediction.around;
  const { sDot } = motion;
  let linear = 0;
  let square = 0;
  let over = 0;
  let inLane = -1;
  let slowness = 0;
  for (let k = 1; k <= TICKS; k++) {
    if (lane[k] !== inLane) {
      inLane = lane[k]!;
      slowness = 1 / limit[inLane]!;
    }
    const ratio = bounded(sDot[k]! * slowness, 0, RATIO_LIMIT);
    linear += ratio;
    square += ratio * ratio;
    if (ratio > 1) over += (ratio - 1) * (ratio - 1);
  }
  out[at] = linear / TICKS;
  out[at + 1] = square / TICKS;
  out[at + 2] = over / TICKS;
}

/** Writes the least and the largest value of each feature of the group for a motion of which only limits are known. */
export function limitSpeedFeatures(
  { speed, speedSquared, fastest }: MotionLimits,
  { slowestLimit, fastestLimit }: LaneRange,
  least: Float64Array,
  most: Float64Array,
  at: number,
): void {
  const ratio = fastest / slowestLimit;
  const known = ratio <= RATIO_LIMIT;
  least[at] = known ? speed.least / fastestLimit : 0;
  most[at] = known ? speed.most / slowestLimit : RATIO_LIMIT;
  least[at + 1] = known ? speedSquared.least / (fastestLimit * fastestLimit) : 0;
  most[at + 1] = known ? speedSquared.most / (slowestLimit * slowestLimit) : RATIO_LIMIT * RATIO_LIMIT;
  const over = bounded(ratio, 1, RATIO_LIMIT) - 1;
  least[at + 2] = 0;
  most[at + 2] = over * over;
}
