import { COMFORT_FEATURES, limitComfortFeatures, writeComfortFeatures } from './comfortFeatures.ts';
import { limitCourtesyFeatures, raiseLeastCourtesy, writeCourtesyFeatures } from './courtesyFeatures.ts';
import {
  HEADWAY_FEATURES,
  leastHeadwayRisk,
  limitHeadwayFeatures,
  limitPlacedHeadway,
  writeHeadwayFeatures,
} from './headwayFeatures.ts';
import { LANE_FEATURES, limitLaneFeatures, writeLaneFeatures } from './laneFeatures.ts';
import { type LaneRange, writeLaneRange } from './laneRange.ts';
import type { Motion } from './motion.ts';
import type { MotionLimits } from './motionLimits.ts';
import type { Prediction } from './prediction.ts';
import { respond } from './respond.ts';
import { limitSpeedFeatures, SPEED_FEATURES, writeSpeedFeatures } from './speedFeatures.ts';

const LANE_AT = SPEED_FEATURES.length;
const HEADWAY_AT = LANE_AT + LANE_FEATURES.length;
const COMFORT_AT = HEADWAY_AT + HEADWAY_FEATURES.length;
const COURTESY_AT = COMFORT_AT + COMFORT_FEATURES.length;

const laneRange: LaneRange = { first: 0, last: 0, slowestLimit: 0, fastestLimit: 0 };

/**
 * Feature values of one motion, a mean over its window's ticks each (samples 1 to 50; the present is common to all
 * motions of a scene). The same code serves a recorded window, a candidate and a rollout. Always finite and within
 * the registry's ranges. The others answer the motion first (`respond`), so `prediction` shows their answer afterwards.
 * @param out receives FEATURE_COUNT values from `offset` on, in registry order, not standardised
 */
export function evaluateFeatures(motion: Motion, prediction: Prediction, out: Float64Array, offset = 0): void {
  respond(prediction, motion);
  measureFeatures(motion, prediction, out, offset);
}

/** `evaluateFeatures` for a motion that `respond` has just answered. */
export function measureFeatures(motion: Motion, prediction: Prediction, out: Float64Array, offset = 0): void {
  measureOwnFeatures(motion, prediction, out, offset);
  measureFeaturesAmongOthers(motion, prediction, out, offset);
}

/** The features that do not depend on the others; enough for them is that `placeInLanes` has seen the motion. */
export function measureOwnFeatures(motion: Motion, prediction: Prediction, out: Float64Array, offset = 0): void {
  writeSpeedFeatures(motion, prediction, out, offset);
  writeLaneFeatures(motion, prediction, out, offset + LANE_AT);
  writeComfortFeatures(motion, prediction, out, offset + COMFORT_AT);
}

/** The least and the largest value of each feature for a motion of which only limits are known. */
export function limitUnwrittenFeatures(
  limits: MotionLimits,
  prediction: Prediction,
  least: Float64Array,
  most: Float64Array,
  offset = 0,
): void {
  const { lanes, scene } = prediction;
  writeLaneRange(limits, scene.ego.s, lanes, laneRange);
  limitSpeedFeatures(limits, laneRange, least, most, offset);
  limitLaneFeatures(limits, laneRange, lanes, least, most, offset + LANE_AT);
  limitHeadwayFeatures(limits, laneRange, prediction, least, most, offset + HEADWAY_AT);
  limitComfortFeatures(limits, least, most, offset + COMFORT_AT);
  limitCourtesyFeatures(least, most, offset + COURTESY_AT);
}

/**
 * The least and the largest value of each feature, whatever the others answer, for a motion that `placeInLanes` has
 * seen; the same for those that do not depend on them.
 */
export function limitFeatures(
  motion: Motion,
  prediction: Prediction,
  least: Float64Array,
  most: Float64Array,
  offset = 0,
): void {
  measureOwnFeatures(motion, prediction, least, offset);
  for (let at = offset; at < offset + COURTESY_AT; at++) most[at] = least[at]!;
  limitPlacedHeadway(prediction, least, most, offset + HEADWAY_AT);
  limitCourtesyFeatures(least, most, offset + COURTESY_AT);
}

/** `FeatureSet.raiseLeast`, after `limitFeatures`, which leaves 0 of both; dearer than that. */
export function raiseLeastFeatures(
  motion: Motion,
  prediction: Prediction,
  worth: Float64Array,
  spare: number,
  least: Float64Array,
  offset = 0,
): void {
  let left = spare;
  if (worth[HEADWAY_AT]! < 0) {
    const risk = leastHeadwayRisk(motion, prediction, -left / worth[HEADWAY_AT]!);
    least[offset + HEADWAY_AT] = risk;
    left += worth[HEADWAY_AT]! * risk;
  }
  if (worth[COURTESY_AT]! < 0 && left >= 0) {
    raiseLeastCourtesy(motion, prediction, -left / worth[COURTESY_AT]!, least, offset + COURTESY_AT);
  }
}

/** The features that do, for a motion that `respond` has just answered. */
export function measureFeaturesAmongOthers(
  motion: Motion,
  prediction: Prediction,
  out: Float64Array,
  offset = 0,
): void {
  writeHeadwayFeatures(motion, prediction, out, offset + HEADWAY_AT);
  writeCourtesyFeatures(prediction, out, offset + COURTESY_AT);
}
