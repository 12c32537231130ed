import { TICK_S } from '../../sim/core/time.ts';
import { bounded } from './bounded.ts';
import { decay } from './decay.ts';
import type { FeatureSpec } from './featureSpec.ts';
import { collisionWithAnswer } from './firstCollision.ts';
import { firstRoadExit } from './firstRoadExit.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';
import { respond } from './respond.ts';

const SOURCE = 'Huang, Wu & Lv 2021, section III';
const term = (
  name: string,
  group: FeatureSpec['group'],
  unit: string,
  formula: string,
  high: number,
  expectedSign: FeatureSpec['expectedSign'] = -1,
): FeatureSpec => ({ name, group, unit, formula, expectedSign, source: SOURCE, range: [0, high] });

/**
 * The eight features of the published method, as means over the window instead of sums up to a crash. Headways are
 * bumper to bumper and the social term is the braking imposed on others; both differ from the published code.
 */
export const HUANG_FEATURES: readonly FeatureSpec[] = [
  term('huangEfficiency', 'speed', 'm/s', 'mean of v', 100, 1),
  term('huangLongitudinalAcceleration', 'comfort', 'm/s²', 'mean of |a|', 15),
  term('huangLateralAcceleration', 'comfort', 'm/s²', 'mean of |a_lat|', 15),
  term('huangLongitudinalJerk', 'comfort', 'm/s³', 'mean of |jerk|', 60),
  term('huangRiskFront', 'headway', '1', 'mean of exp(-THW) to the leader', 1),
  term('huangRiskRear', 'headway', '1', 'mean of exp(-THW) of the follower', 1),
  term('huangCollision', 'headway', '1', '1 with a collision or off the road, else 0', 1),
  term('huangSocial', 'courtesy', 'm/s²', 'mean of the braking imposed on others', 10),
];

/** Column of the collision feature, whose weight is set and not learned. */
export const HUANG_COLLISION = 6;

/** Feature values of one motion for the baseline; same contract as `evaluateFeatures`. */
export function evaluateHuangFeatures(motion: Motion, prediction: Prediction, out: Float64Array, offset = 0): void {
  respond(prediction, motion);
  measureHuangFeatures(motion, prediction, out, offset);
}

/** `evaluateHuangFeatures` for a motion that `respond` has just answered. */
export function measureHuangFeatures(motion: Motion, prediction: Prediction, out: Float64Array, offset = 0): void {
  const { around, lanes, scene } = prediction;
  const sums = new Float64Array(6);
  let social = 0;
  let lastLon = 0;
  for (let k = 0; k < HORIZON_TICKS; k++) {
    const v = bounded(motion.sDot[k + 1]!, 0, 100);
    const bend = lanes.curved ? lanes.road.curvature(motion.s[k]!) * motion.sDot[k]! * motion.sDot[k]! : 0;
    const lon = bounded((motion.sDot[k + 1]! - motion.sDot[k]!) / TICK_S, -15, 15);
    const lat = bounded((motion.dDot[k + 1]! - motion.dDot[k]!) / TICK_S + bend, -15, 15);
    sums[0]! += v;
    sums[1]! += Math.abs(lon);
    sums[2]! += Math.abs(lat);
    if (k > 0) sums[3]! += bounded(Math.abs(lon - lastLon) / TICK_S, 0, 60);
    lastLon = lon;
    sums[4]! += risk(around.frontGap[k + 1]!, v);
    sums[5]! += risk(around.rearGap[k + 1]!, around.rearSpeed[k + 1]!);
    social += bounded(around.imposedBraking[k + 1]!, 0, 10);
  }
  for (let i = 0; i < 6; i++) out[offset + i] = sums[i]! / (i === 3 ? HORIZON_TICKS - 1 : HORIZON_TICKS);
  const failed = collisionWithAnswer(motion, prediction) >= 0 || firstRoadExit(motion, lanes, scene.ego) >= 0;
  out[offset + HUANG_COLLISION] = failed ? 1 : 0;
  out[offset + 7] = social / HORIZON_TICKS;
}

/** exp(-THW); like the original only from 1 m/s on. */
function risk(gap: number, speed: number): number {
  if (speed < 1 || !(gap < 1e6)) return 0;
  return decay(bounded(gap, 0, 1e6) / speed);
}
