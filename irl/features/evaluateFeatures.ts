import { COMFORT_FEATURES, writeComfortFeatures } from './comfortFeatures.ts';
import { COURTESY_FEATURES, writeCourtesyFeatures } from './courtesyFeatures.ts';
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

/** The largest values that the others can give the rest of the features; they are never below 0. */
export function limitFeaturesAmongOthers(prediction: Prediction, out: Float64Array, offset = 0): void {
  writeHeadwayLimits(prediction, out, offset + HEADWAY_AT);
  out[offset + COURTESY_AT] = COURTESY_FEATURES[0]!.range[1];
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
