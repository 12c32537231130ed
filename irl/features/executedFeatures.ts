import type { DriveTrace } from './driveTrace.ts';
import type { FeatureSet } from './featureSet.ts';
import { HORIZON_TICKS } from './motion.ts';
import { oraclePrediction } from './oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from './sceneFromRecording.ts';

/**
 * Writes the feature values of what was really driven, among others as they really moved, to `out`: the mean over
 * successive windows of 5 s from a tick on. The same for a person and for an agent, so that the two compare.
 * @param windows number of windows, >= 1
 * @param out receives one value a feature of the set from `offset` on, not standardised
 * @throws RangeError when the drive ends before the last window does
 */
export function executedFeatures(
  trace: DriveTrace,
  fromTick: number,
  windows: number,
  features: FeatureSet,
  out: Float64Array,
  offset = 0,
): void {
  const columns = features.specs.length;
  const values = new Float64Array(columns);
  out.fill(0, offset, offset + columns);
  for (let window = 0; window < windows; window++) {
    const tick = fromTick + window * HORIZON_TICKS;
    const motion = demonstratedMotion(trace, tick);
    features.evaluate(motion, oraclePrediction(sceneAt(trace, tick), trace, tick), values);
    for (let i = 0; i < columns; i++) out[offset + i]! += values[i]! / windows;
  }
}
