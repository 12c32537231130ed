import { bounded } from './bounded.ts';
import { decay } from './decay.ts';
import type { FeatureSpec } from './featureSpec.ts';
import type { LaneRange } from './laneRange.ts';
import { HORIZON_TICKS, MOTION_SAMPLES, type Motion } from './motion.ts';
import { LIMITS_SLACK, type MotionLimits } from './motionLimits.ts';
import type { Prediction } from './prediction.ts';

// Constants of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
const SAMPLES = MOTION_SAMPLES;
/** Decay constants: time to collision [s] and gap beside [m] at which the risk has fallen to 1/e. */
const TTC_SCALE = 3;
const SIDE_SCALE = 10;

/** Headway group, in the order of `writeHeadwayFeatures`. */
export const HEADWAY_FEATURES: readonly FeatureSpec[] = [
  {
    name: 'headwayRisk',
    group: 'headway',
    unit: '1',
    formula:
      'mean of exp(-THW / 1 s), THW = bumper gap / own speed to the nearest leader in any lane the body occupies; 0 without one',
    expectedSign: -1,
    source: 'Huang, Wu & Lv 2021 (risk front), bumper to bumper',
    range: [0, 1],
  },
  {
    name: 'closingRisk',
    group: 'headway',
    unit: '1',
    formula: 'mean of exp(-TTC / 3 s), TTC = bumper gap / closing speed to that leader; 0 while not closing',
    expectedSign: -1,
    source: 'Hayward 1972 (TTC); SUMO SSM threshold 3 s',
    range: [0, 1],
  },
  {
    name: 'sideGapRisk',
    group: 'headway',
    unit: '1',
    formula:
      'mean of exp(-g / 10 m), g the smallest bumper gap, ahead or behind, in the lane being entered while the body is in two lanes; else 0',
    expectedSign: -1,
    source: 'own; gap acceptance',
    range: [0, 1],
  },
  {
    name: 'rearGapRisk',
    group: 'headway',
    unit: '1',
    formula:
      "mean of exp(-THW_rear / 1 s) over ticks in another lane than at the start, THW_rear = bumper gap / follower's speed; else 0",
    expectedSign: -1,
    source: 'Huang, Wu & Lv 2021 (risk rear), only after a lane change',
    range: [0, 1],
  },
];

/** Writes the headway group to `out` from `at` on. */
export function writeHeadwayFeatures(motion: Motion, prediction: Prediction, out: Float64Array, at: number): void {
  const { lane, straddling, frontGap, frontSpeed, sideGap, rearGap, rearSpeed } = prediction.around;
  const { sDot } = motion;
  const start = lane[0]!;
  let headway = 0;
  let closing = 0;
  let side = 0;
  let rear = 0;
  for (let k = 1; k <= TICKS; k++) {
    const speed = bounded(sDot[k]!, 0, 100);
    const gap = bounded(frontGap[k]!, 0, 1e6);
    if (gap < 1e6) {
      headway += headwayDecay(gap, speed);
      const approach = speed - frontSpeed[k]!;
      if (approach > 0) closing += decay(gap / (approach * TTC_SCALE));
    }
    if (straddling[k] === 1) side += decay(bounded(sideGap[k]!, 0, 1e6) / SIDE_SCALE);
    if (lane[k] !== start) rear += headwayDecay(bounded(rearGap[k]!, 0, 1e6), rearSpeed[k]!);
  }
  out[at] = headway / TICKS;
  out[at + 1] = closing / TICKS;
  out[at + 2] = side / TICKS;
  out[at + 3] = rear / TICKS;
}

/**
 * Writes the least and the largest value of each feature of the group for a motion of which only limits are known.
 * Behind a leader that it never touches, in one lane, the mean risk is at least that of the mean headway (Jensen 1906).
 */
export function limitHeadwayFeatures(
  { meanS, slowest, fastest }: MotionLimits,
  { first, last }: LaneRange,
  { roomAhead, roomSpeed }: Prediction,
  least: Float64Array,
  most: Float64Array,
  at: number,
): void {
  for (let feature = at; feature < at + HEADWAY_FEATURES.length; feature++) {
    least[feature] = 0;
    most[feature] = 1;
  }
  if (first === last && slowest > 0 && fastest <= roomSpeed[first]!) {
    least[at] = Math.max(0, decay((roomAhead[first]! - meanS) / slowest) - LIMITS_SLACK);
  }
}

/** ... for a motion that `placeInLanes` has seen. */
export function limitPlacedHeadway(prediction: Prediction, least: Float64Array, most: Float64Array, at: number): void {
  const { lane, straddling } = prediction.around;
  let side = 0;
  let rear = 0;
  for (let k = 1; k <= TICKS; k++) {
    side += straddling[k]!;
    if (lane[k] !== lane[0]) rear++;
  }
  for (let feature = at; feature < at + HEADWAY_FEATURES.length; feature++) least[feature] = 0;
  most[at] = 1;
  most[at + 1] = 1;
  most[at + 2] = side / TICKS;
  most[at + 3] = rear / TICKS;
}

/**
 * The least headway risk that a motion which `placeInLanes` has seen can have whatever the others answer: that behind
 * the firm leaders of its lanes, for whoever comes between makes it no less.
 * @param enough risk beyond which no more is added up
 */
export function leastHeadwayRisk(motion: Motion, prediction: Prediction, enough: number): number {
  const { count, baseS, firmLeader, halfLength, scene } = prediction;
  const { lane } = prediction.around;
  const { s, sDot } = motion;
  const most = enough * TICKS;
  let risk = 0;
  let leader = -1;
  let passed = false;
  for (let k = 1; k <= TICKS; k++) {
    const next = firmLeader[lane[k]! * SAMPLES + k]!;
    if (next < 0) continue;
    const at = k * count + next;
    const ahead = baseS[at]! - s[k]!;
    if (next !== leader) {
      leader = next;
      passed = false;
      for (let before = 0; before < k; before++) if (!(baseS[before * count + next]! >= s[before]!)) passed = true;
    }
    // Once passed it may react.
    if (!(ahead >= 0)) passed = true;
    if (!passed) {
      const gap = bounded(ahead - halfLength[next]! - scene.ego.length / 2, 0, 1e6);
      risk += headwayDecay(gap, bounded(sDot[k]!, 0, 100));
      if (risk > most) break;
    }
  }
  return risk / TICKS;
}

/** exp(-gap / speed): 1 in contact, 0 when standing still with a gap. */
function headwayDecay(gap: number, speed: number): number {
  return gap <= 0 ? 1 : speed <= 0 ? 0 : decay(gap / speed);
}
