import { bounded } from './bounded.ts';
import type { FeatureSpec } from './featureSpec.ts';
import type { LaneRange } from './laneRange.ts';
import { type LaneTable, rightmostMainLane } from './laneTable.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { MotionLimits } from './motionLimits.ts';
import type { Prediction } from './prediction.ts';

// A constant of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
const OFFSET_LIMIT = 4;
const LATERAL_SPEED_LIMIT = 5;

/** Lane group, in the order of `writeLaneFeatures`. */
export const LANE_FEATURES: readonly FeatureSpec[] = [
  {
    name: 'laneOffsetSquared',
    group: 'lane',
    unit: 'm²',
    formula: 'mean of (d - d_c)², d_c the centre of the lane that holds the ego; offset limited to 4 m',
    expectedSign: -1,
    source: 'Sadigh et al. 2016; Kuderer, Gulati & Burgard 2015',
    range: [0, OFFSET_LIMIT * OFFSET_LIMIT],
  },
  {
    name: 'lateralSpeedSquared',
    group: 'lane',
    unit: 'm²/s²',
    formula: 'mean of (dd/dt)²; speed limited to 5 m/s',
    expectedSign: -1,
    source: 'own; the price of changing lanes',
    range: [0, LATERAL_SPEED_LIMIT * LATERAL_SPEED_LIMIT],
  },
  {
    name: 'leftmostLane',
    group: 'lane',
    unit: '1',
    formula: 'share of ticks with the centre in the leftmost lane',
    expectedSign: 0,
    source: 'Abbeel & Ng 2004 (lane preferences)',
    range: [0, 1],
  },
  {
    name: 'rightmostLane',
    group: 'lane',
    unit: '1',
    formula: 'share of ticks with the centre in the rightmost main lane, which is not also the leftmost',
    expectedSign: 0,
    source: 'Abbeel & Ng 2004 (lane preferences)',
    range: [0, 1],
  },
  {
    name: 'auxiliaryLane',
    group: 'lane',
    unit: '1',
    formula: 'share of ticks with the centre in an auxiliary lane or on a ramp',
    expectedSign: 0,
    source: 'own; merging and leaving',
    range: [0, 1],
  },
];

/** Writes the lane group to `out` from `at` on. */
export function writeLaneFeatures(motion: Motion, prediction: Prediction, out: Float64Array, at: number): void {
  const { lanes, around } = prediction;
  const { centre, main, uniform } = lanes;
  const { lane: lanesTaken } = around;
  const { s, d, dDot } = motion;
  let offset = 0;
  let rate = 0;
  let leftmost = 0;
  let rightmost = 0;
  let auxiliary = 0;
  // The same everywhere where all lanes run the whole road.
  const last = lanes.count - 1;
  for (let k = 1; k <= TICKS; k++) {
    const lane = lanesTaken[k]!;
    const away = bounded(d[k]! - centre[lane]!, -OFFSET_LIMIT, OFFSET_LIMIT);
    offset += away * away;
    const speed = bounded(dDot[k]!, -LATERAL_SPEED_LIMIT, LATERAL_SPEED_LIMIT);
    rate += speed * speed;
    if (main[lane] === 0) auxiliary++;
    else if (lane === 0) leftmost++;
    else if (lane === (uniform ? last : rightmostMainLane(lanes, s[k]!))) rightmost++;
  }
  out[at] = offset / TICKS;
  out[at + 1] = rate / TICKS;
  out[at + 2] = leftmost / TICKS;
  out[at + 3] = rightmost / TICKS;
  out[at + 4] = auxiliary / TICKS;
}

/** Writes the least and the largest value of each feature of the group for a motion of which only limits are known. */
export function limitLaneFeatures(
  { d, lateralSpeedSquared }: MotionLimits,
  { first, last }: LaneRange,
  { count, centre, main, uniform }: LaneTable,
  least: Float64Array,
  most: Float64Array,
  at: number,
): void {
  const away =
    first === last ? bounded(Math.max(d.least - centre[first]!, centre[first]! - d.most), 0, OFFSET_LIMIT) : 0;
  let mains = 0;
  for (let lane = first; lane <= last; lane++) mains += main[lane]!;
  const beside = last - first + 1 - mains;
  const inLeftmost = first === 0 && main[0] === 1;
  // Which lane is the rightmost main one depends on s where lanes begin and end.
  const inRightmost = uniform ? last === count - 1 && count > 1 && main[last] === 1 : mains > (inLeftmost ? 1 : 0);
  least[at] = away * away;
  most[at] = OFFSET_LIMIT * OFFSET_LIMIT;
  least[at + 1] = lateralSpeedSquared;
  most[at + 1] = LATERAL_SPEED_LIMIT * LATERAL_SPEED_LIMIT;
  least[at + 2] = inLeftmost && last === 0 ? 1 : 0;
  most[at + 2] = inLeftmost ? 1 : 0;
  least[at + 3] = uniform && inRightmost && first === last ? 1 : 0;
  most[at + 3] = inRightmost ? 1 : 0;
  least[at + 4] = mains === 0 ? 1 : 0;
  most[at + 4] = beside > 0 ? 1 : 0;
}
