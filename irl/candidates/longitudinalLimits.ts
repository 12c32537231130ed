import { TICK_S } from '../../sim/core/time.ts';
import { HORIZON_TICKS, MOTION_SAMPLES } from '../features/motion.ts';
import { LIMITS_SLACK, type Limits, type MotionLimits } from '../features/motionLimits.ts';
import type { SceneEgo } from '../features/scene.ts';
import { DISTANCE_BASIS, KNOT_S, SPEED_BASIS } from './longitudinalFamily.ts';

/**
 * What the speed depends on besides its present value: present acceleration, gain at the knot, acceleration there, both
 * at the end.
 */
const TERMS = 5;
const REST_S = HORIZON_TICKS * TICK_S - KNOT_S;

/** Mean time since the start over the window [s]. */
const MEAN_TIME = ((HORIZON_TICKS + 1) / 2) * TICK_S;
/** Means of each term's share of speed and distance over the window. Shape: [TERMS]. */
const MEAN = new Float64Array(TERMS);
const MEAN_WAY = new Float64Array(TERMS);
/**
 * Mean squares over the window of what the terms add to the speed, of the acceleration and of the jerk, as quadratic
 * forms. Shape: [TERMS (TERMS + 1) / 2 x 3], lower triangle, entries beside the diagonal doubled.
 */
const FORMS = new Float64Array((TERMS * (TERMS + 1) * 3) / 2);
fillForms();

function fillForms(): void {
  const speed = (term: number, k: number) => SPEED_BASIS[(term + 1) * MOTION_SAMPLES + k]!;
  const acceleration = (term: number, k: number) => (speed(term, k + 1) - speed(term, k)) / TICK_S;
  const jerk = (term: number, k: number) => (acceleration(term, k + 1) - acceleration(term, k)) / TICK_S;
  let at = 0;
  for (let a = 0; a < TERMS; a++) {
    for (let k = 1; k <= HORIZON_TICKS; k++) {
      MEAN[a]! += speed(a, k) / HORIZON_TICKS;
      MEAN_WAY[a]! += DISTANCE_BASIS[(a + 1) * MOTION_SAMPLES + k]! / HORIZON_TICKS;
    }
    for (let b = 0; b <= a; b++) {
      const factor = a === b ? 1 : 2;
      for (let k = 0; k < HORIZON_TICKS; k++) {
        FORMS[at]! += (factor * speed(a, k + 1) * speed(b, k + 1)) / HORIZON_TICKS;
        FORMS[at + 1]! += (factor * acceleration(a, k) * acceleration(b, k)) / HORIZON_TICKS;
        if (k + 1 < HORIZON_TICKS) FORMS[at + 2]! += (factor * jerk(a, k) * jerk(b, k)) / (HORIZON_TICKS - 1);
      }
      at += 3;
    }
  }
}

const terms = new Float64Array(TERMS);

/**
 * Limits the longitudinal part of a member of the candidate family without writing its samples. Speeds are linear in
 * the parameters, so that means of squares are quadratic forms; extremes lie within the control points of the cubics
 * (Bernstein). A motion that may have to stop is bounded by what it would be if it could reverse.
 * @param parameters the 4 longitudinal ones from `at` on
 */
export function limitLongitudinal(ego: SceneEgo, parameters: Float64Array, at: number, limits: MotionLimits): void {
  const v0 = Math.max(ego.sDot, 0);
  const a0 = ego.sDdot;
  const v1 = parameters[at]!;
  const a1 = parameters[at + 1]!;
  const v2 = parameters[at + 2]!;
  const a2 = parameters[at + 3]!;
  terms[0] = a0;
  terms[1] = v1 - v0;
  terms[2] = a1;
  terms[3] = v2 - v0;
  terms[4] = a2;
  let gain = 0;
  let way = 0;
  let gainSquared = 0;
  let accelerationSquared = 0;
  let jerkSquared = 0;
  for (let a = 0, form = 0; a < TERMS; a++) {
    gain += MEAN[a]! * terms[a]!;
    way += MEAN_WAY[a]! * terms[a]!;
    for (let b = 0; b <= a; b++, form += 3) {
      const product = terms[a]! * terms[b]!;
      gainSquared += FORMS[form]! * product;
      accelerationSquared += FORMS[form + 1]! * product;
      jerkSquared += FORMS[form + 2]! * product;
    }
  }
  const mean = v0 + gain;
  const square = v0 * (v0 + 2 * gain) + gainSquared;
  // Control points of the speed, from which follow those of acceleration and jerk.
  const afterStart = v0 + (a0 * KNOT_S) / 3;
  const beforeKnot = v1 - (a1 * KNOT_S) / 3;
  const afterKnot = v1 + (a1 * REST_S) / 3;
  const beforeEnd = v2 - (a2 * REST_S) / 3;
  const slowest = Math.min(v0, afterStart, beforeKnot, v1, afterKnot, beforeEnd, v2);
  const between = (3 * (beforeKnot - afterStart)) / KNOT_S;
  const betweenRest = (3 * (beforeEnd - afterKnot)) / REST_S;
  limits.meanS = ego.s + v0 * MEAN_TIME + way;
  limits.slowest = slowest;
  limits.fastest = Math.max(v0, afterStart, beforeKnot, v1, afterKnot, beforeEnd, v2);
  limits.strongestAcceleration = strongest(a0, between, a1, betweenRest, a2);
  limits.strongestJerk = strongest(
    (2 * (between - a0)) / KNOT_S,
    (2 * (a1 - between)) / KNOT_S,
    (2 * (betweenRest - a1)) / REST_S,
    (2 * (a2 - betweenRest)) / REST_S,
    0,
  );
  setLimits(limits.speed, mean, mean);
  setLimits(limits.speedSquared, square, square);
  setLimits(limits.accelerationSquared, accelerationSquared, accelerationSquared);
  setLimits(limits.jerkSquared, jerkSquared, jerkSquared);
  if (slowest < 0) {
    // Means of max(0, v) = (v + |v|) / 2, and squares that are at least those of the means (Cauchy & Schwarz).
    const least = Math.max(mean, 0);
    const loss = (v0 - Math.max(v2, 0)) / (HORIZON_TICKS * TICK_S);
    setLimits(limits.speed, least, (mean + Math.sqrt(Math.max(square, 0))) / 2);
    setLimits(limits.speedSquared, least * least, square);
    setLimits(limits.accelerationSquared, loss * loss, accelerationSquared);
    setLimits(limits.jerkSquared, 0, Number.POSITIVE_INFINITY);
  }
}

function setLimits(limits: Limits, least: number, most: number): void {
  limits.least = Math.max(0, least - LIMITS_SLACK);
  limits.most = most + LIMITS_SLACK;
}

function strongest(a: number, b: number, c: number, d: number, e: number): number {
  return Math.max(Math.abs(a), Math.abs(b), Math.abs(c), Math.abs(d), Math.abs(e));
}
