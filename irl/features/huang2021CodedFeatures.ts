import { exp } from '../../sim/core/deterministicMath.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { bounded } from './bounded.ts';
import type { FeatureSpec } from './featureSpec.ts';
import { collisionWithAnswer } from './firstCollision.ts';
import { firstRoadExit } from './firstRoadExit.ts';
import { HUANG_FEATURES } from './huang2021Features.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';
import { respond } from './respond.ts';

/** Headway where nobody is ahead or behind [s]. */
const NO_HEADWAY = 100;

/**
 * The eight features as the published code of Huang, Wu & Lv 2021 computes them: sums over the steps, which end at a
 * crash, so that crashing early looks smooth; headways from centre to centre, to whoever is within the ego's width to
 * the side, and 100 s without anybody, whose risk of 4e-44 can become the scale.
 */
export const HUANG_CODED_FEATURES: readonly FeatureSpec[] = HUANG_FEATURES.map((spec) => ({
  ...spec,
  name: spec.name.replace(/^huang/, 'huangCoded'),
  formula: spec.name === 'huangCollision' ? spec.formula : `${spec.formula}, as a sum over the steps before a crash`,
  source: 'code of Huang, Wu & Lv 2021',
  range: [0, spec.name === 'huangCollision' ? 1 : spec.range[1] * HORIZON_TICKS],
}));

/** Feature values of one motion as coded; same contract as `evaluateFeatures`. */
export function evaluateHuangCodedFeatures(
  motion: Motion,
  prediction: Prediction,
  out: Float64Array,
  offset = 0,
): void {
  respond(prediction, motion);
  measureHuangCodedFeatures(motion, prediction, out, offset);
}

/** `evaluateHuangCodedFeatures` for a motion that `respond` has just answered. */
export function measureHuangCodedFeatures(motion: Motion, prediction: Prediction, out: Float64Array, offset = 0): void {
  const { around, lanes, scene } = prediction;
  const end = crashSample(motion, prediction);
  const steps = end < 0 ? HORIZON_TICKS : end;
  out.fill(0, offset, offset + HUANG_CODED_FEATURES.length);
  const add = (feature: number, value: number) => {
    out[offset + feature] = out[offset + feature]! + value;
  };
  let lastLon = 0;
  for (let k = 0; k < steps; k++) {
    const v = bounded(motion.sDot[k + 1]!, 0, 100);
    const bend = lanes.curved ? lanes.road.curvature(motion.s[k]!) * motion.sDot[k]! * motion.sDot[k]! : 0;
    const lon = bounded((motion.sDot[k + 1]! - motion.sDot[k]!) / TICK_S, -15, 15);
    const lat = bounded((motion.dDot[k + 1]! - motion.dDot[k]!) / TICK_S + bend, -15, 15);
    add(0, v);
    add(1, Math.abs(lon));
    add(2, Math.abs(lat));
    if (k > 0) add(3, bounded(Math.abs(lon - lastLon) / TICK_S, 0, 60));
    lastLon = lon;
    addRisks(motion, prediction, k + 1, scene.ego.width, add);
    add(7, bounded(around.imposedBraking[k + 1]!, 0, 10));
  }
  out[offset + 6] = end < 0 ? 0 : 1;
}

/** First sample of a crash or of leaving the road, or -1. */
function crashSample(motion: Motion, prediction: Prediction): number {
  const crash = collisionWithAnswer(motion, prediction);
  const exit = firstRoadExit(motion, prediction.lanes, prediction.scene.ego);
  return crash < 0 ? exit : exit < 0 ? crash : Math.min(crash, exit);
}

function addRisks(
  motion: Motion,
  { count, s, d, speed }: Prediction,
  k: number,
  width: number,
  add: (feature: number, value: number) => void,
): void {
  let ahead = NO_HEADWAY;
  let behind = NO_HEADWAY;
  const v = bounded(motion.sDot[k]!, 0, 100);
  for (let i = 0; i < count; i++) {
    const at = k * count + i;
    if (Math.abs(d[at]! - motion.d[k]!) >= width) continue;
    const way = s[at]! - motion.s[k]!;
    if (way > 0 && v >= 1) ahead = Math.min(ahead, way / v);
    if (way < 0 && speed[at]! >= 1) behind = Math.min(behind, -way / speed[at]!);
  }
  add(4, exp(-ahead));
  add(5, exp(-behind));
}
