import { COMFORT_FEATURES, writeComfortFeatures } from './comfortFeatures.ts';
import { writeCourtesyFeatures, writeCourtesyLimits } from './courtesyFeatures.ts';
import { HEADWAY_FEATURES, writeHeadwayFeatures, writeHeadwayLimits } from './headwayFeatures.ts';
import { LANE_FEATURES, writeLaneFeatures } from './laneFeatures.ts';
import type { Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';
import { respond } from './respond.ts';
import { SPEED_FEATURES, writeSpeedFeatures } from './speedFeatures.ts';

const LANE_AT = SPEED_FEATURES.length;
const HEADWAY_AT = LANE_AT + LANE_FEATURES.length;
const COMFORT_AT = HEADWAY_AT + HEADWAY_FEATURES.length;
const COURTESY_AT = COMFORT_AT + COMFORT_FEATURES.length;

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

/**
 * The least and the largest value of each feature, whatever the others answer, for a motion that `placeInLanes` has seen; the
 * same for those that do not depend on them.
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
  writeHeadwayLimits(motion, prediction, least, most, offset + HEADWAY_AT);
  writeCourtesyLimits(least, most, offset + COURTESY_AT);
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
