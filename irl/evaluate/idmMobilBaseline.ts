import { TICK_S } from '../../sim/core/time.ts';
import { laneExists, laneIndexAt } from '../features/laneTable.ts';
import { emptyMotion, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';

/** Parameters of the baseline driver. */
export interface IdmParameters {
  /** Desired time headway [s]. */
  readonly headway: number;
  /** Maximum acceleration [m/s²]. */
  readonly acceleration: number;
  /** Comfortable deceleration [m/s²]. */
  readonly deceleration: number;
  /** Standstill gap [m]. */
  readonly standstillGap: number;
}

/** Grid over which the baseline is calibrated; spans what car-following studies of freeway traffic report. */
export const IDM_GRID: readonly IdmParameters[] = [0.6, 0.9, 1.2, 1.5, 2].flatMap((headway) =>
  [0.3, 0.6, 1, 1.5].map((acceleration) => ({ headway, acceleration, deceleration: 2, standstillGap: 2 })),
);

/** MOBIL (Kesting, Treiber & Helbing 2007, table 1 and text): politeness, threshold and safe braking [m/s²]. */
const POLITENESS = 0.2;
const THRESHOLD = 0.2;
const SAFE_BRAKING = 4;
/** Duration of a lane change [s]. */
const CHANGE_S = 4;

/**
 * One horizon of an IDM driver (Treiber, Hennecke & Helbing 2000) among the predicted others, which decides once, at
 * the start, by MOBIL whether to change lane. Desired speed is the lane's limit. It keeps its present offset unless it
 * changes.
 */
export function idmMobilMotion(prediction: Prediction, idm: IdmParameters): Motion {
  const { lanes, scene } = prediction;
  const { ego } = scene;
  const motion = emptyMotion();
  const own = laneIndexAt(lanes, ego.s, ego.d, 0);
  const lane = chooseLane(prediction, idm, own);
  const reach = lane === own ? 0 : lanes.centre[lane]! - ego.d;
  motion.s[0] = ego.s;
  motion.sDot[0] = ego.sDot;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const u = Math.min((k * TICK_S) / CHANGE_S, 1);
    motion.d[k] = ego.d + reach * u * u * u * (10 - 15 * u + 6 * u * u);
    motion.dDot[k] = (reach * 30 * u * u * (1 - u) * (1 - u)) / CHANGE_S;
    if (k === 0) continue;
    const before = motion.sDot[k - 1]!;
    const a = accelerationIn(prediction, idm, lane, k - 1, motion.s[k - 1]!, before);
    const after = Math.max(before + a * TICK_S, 0);
    motion.sDot[k] = after;
    motion.s[k] = motion.s[k - 1]! + ((before + after) / 2) * TICK_S;
  }
  return motion;
}

function chooseLane(prediction: Prediction, idm: IdmParameters, own: number): number {
  const { lanes, scene, baseSpeed } = prediction;
  const { ego } = scene;
  const stay = accelerationIn(prediction, idm, own, 0, ego.s, ego.sDot);
  let best = own;
  let bestGain = THRESHOLD;
  for (const lane of [own - 1, own + 1]) {
    if (lane < 0 || lane >= lanes.count || lanes.main[lane] === 0) continue;
    if (!laneExists(lanes, lane, ego.s) || !lanes.road.mayChange(own, lane, ego.s)) continue;
    const { behind, gapBehind, gapAhead } = neighbours(prediction, lane, 0, ego.s);
    if (gapAhead < 1 || gapBehind < 1) continue;
    let cost = 0;
    if (behind >= 0) {
      const speed = baseSpeed[behind]!;
      const after = idmAcceleration(idm, speed, lanes.limit[lane]!, gapBehind, ego.sDot);
      if (after < -SAFE_BRAKING) continue;
      const free = accelerationIn(prediction, idm, lane, 0, prediction.baseS[behind]!, speed, behind);
      cost = free - after;
    }
    const gain = accelerationIn(prediction, idm, lane, 0, ego.s, ego.sDot) - stay - POLITENESS * cost;
    if (gain > bestGain) {
      bestGain = gain;
      best = lane;
    }
  }
  return best;
}

/** IDM acceleration of a vehicle at s in a lane at sample k [m/s²]; `self` is not its own leader. */
function accelerationIn(
  prediction: Prediction,
  idm: IdmParameters,
  lane: number,
  k: number,
  s: number,
  speed: number,
  self = -1,
): number {
  const { ahead, gapAhead } = neighbours(prediction, lane, k, s, self);
  const leaderSpeed = ahead < 0 ? 0 : prediction.baseSpeed[k * prediction.count + ahead]!;
  return idmAcceleration(idm, speed, prediction.lanes.limit[lane]!, gapAhead, leaderSpeed);
}

function idmAcceleration(
  { headway, acceleration, deceleration, standstillGap }: IdmParameters,
  speed: number,
  desired: number,
  gap: number,
  leaderSpeed: number,
): number {
  const dynamic = speed * headway + (speed * (speed - leaderSpeed)) / (2 * Math.sqrt(acceleration * deceleration));
  const interaction = (standstillGap + Math.max(dynamic, 0)) / Math.max(gap, 0.5);
  return Math.max(acceleration * (1 - (speed / desired) ** 4 - interaction * interaction), -8);
}

/** Nearest vehicles ahead and behind in a lane at sample k, with bumper gaps for the ego's length. */
function neighbours(prediction: Prediction, lane: number, k: number, s: number, self = -1) {
  const { count, lanes, baseS, occupiedLeft, occupiedRight, halfLength, scene } = prediction;
  const row = k * count;
  const half = self < 0 ? scene.ego.length / 2 : halfLength[self]!;
  let ahead = -1;
  let behind = -1;
  let gapAhead = Number.POSITIVE_INFINITY;
  let gapBehind = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (i === self || occupiedRight[row + i]! >= lanes.edge[lane]! || occupiedLeft[row + i]! <= lanes.edge[lane + 1]!)
      continue;
    const away = baseS[row + i]! - s;
    const gap = Math.abs(away) - half - halfLength[i]!;
    if (away >= 0 && gap < gapAhead) {
      gapAhead = gap;
      ahead = i;
    } else if (away < 0 && gap < gapBehind) {
      gapBehind = gap;
      behind = i;
    }
  }
  return { ahead, behind, gapAhead, gapBehind };
}
