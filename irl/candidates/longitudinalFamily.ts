import { TICK_S } from '../../sim/core/time.ts';
import { MOTION_SAMPLES } from '../features/motion.ts';
import { pseudoInverse } from './pseudoInverse.ts';

/** Time at which the two pieces join [s]. Measured best on real driving: `docs/learning.md`. */
export const KNOT_S = 1.5;
/** Number of free parameters: speed and acceleration at the knot, speed and acceleration at the end. */
export const LONGITUDINAL_PARAMETERS = 4;

const END_S = (MOTION_SAMPLES - 1) * TICK_S;

/**
 * Influence of present speed, present acceleration and the four parameters on speed and distance at each sample.
 * Shape: [6 x MOTION_SAMPLES], row-major.
 */
export const SPEED_BASIS = new Float64Array(6 * MOTION_SAMPLES);
export const DISTANCE_BASIS = new Float64Array(6 * MOTION_SAMPLES);
fillBasis();

/** Least-squares parameters for given distances. Shape: [4 x MOTION_SAMPLES], row-major. */
const PROJECTION = pseudoInverse(DISTANCE_BASIS.subarray(2 * MOTION_SAMPLES), LONGITUDINAL_PARAMETERS, MOTION_SAMPLES);

/**
 * Values of a cubic Hermite piece over [0, h] and of its integral from 0: by start value, start slope, end value, end
 * slope.
 */
function hermite(t: number, h: number): { readonly value: number[]; readonly integral: number[] } {
  const u = t / h;
  const u2 = u * u;
  const u3 = u2 * u;
  const u4 = u3 * u;
  return {
    value: [1 - 3 * u2 + 2 * u3, h * (u - 2 * u2 + u3), 3 * u2 - 2 * u3, h * (u3 - u2)],
    integral: [
      h * (u - u3 + u4 / 2),
      h * h * (u2 / 2 - (2 * u3) / 3 + u4 / 4),
      h * (u3 - u4 / 2),
      h * h * (u4 / 4 - u3 / 3),
    ],
  };
}

function fillBasis(): void {
  const join = hermite(KNOT_S, KNOT_S).integral;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const t = k * TICK_S;
    const put = (row: number, speed: number, distance: number) => {
      SPEED_BASIS[row * MOTION_SAMPLES + k]! += speed;
      DISTANCE_BASIS[row * MOTION_SAMPLES + k]! += distance;
    };
    if (t <= KNOT_S) {
      const first = hermite(t, KNOT_S);
      for (let row = 0; row < 4; row++) put(row, first.value[row]!, first.integral[row]!);
    } else {
      const second = hermite(t - KNOT_S, END_S - KNOT_S);
      for (let row = 0; row < 4; row++) {
        put(row, 0, join[row]!);
        put(row + 2, second.value[row]!, second.integral[row]!);
      }
    }
  }
}

/**
 * Writes one motion along the road: two quartics in time (cubic speeds) that join with continuous acceleration at
 * KNOT_S. A motion that would reverse stops and stays.
 * @param start present s, speed and acceleration
 * @param parameters speed and acceleration at the knot, speed and acceleration at 5 s, from `from` on
 * @param s receives MOTION_SAMPLES values from `at` on
 * @param speed likewise
 */
export function writeLongitudinal(
  start: { readonly s: number; readonly sDot: number; readonly sDdot: number },
  parameters: Float64Array,
  from: number,
  s: Float64Array,
  speed: Float64Array,
  at: number,
): void {
  const v0 = Math.max(start.sDot, 0);
  const a0 = start.sDdot;
  const p0 = parameters[from]!;
  const p1 = parameters[from + 1]!;
  const p2 = parameters[from + 2]!;
  const p3 = parameters[from + 3]!;
  const n = MOTION_SAMPLES;
  let lowest = v0;
  for (let k = 0; k < n; k++) {
    const v =
      v0 * SPEED_BASIS[k]! +
      a0 * SPEED_BASIS[n + k]! +
      p0 * SPEED_BASIS[2 * n + k]! +
      p1 * SPEED_BASIS[3 * n + k]! +
      p2 * SPEED_BASIS[4 * n + k]! +
      p3 * SPEED_BASIS[5 * n + k]!;
    speed[at + k] = v;
    if (v < lowest) lowest = v;
    s[at + k] =
      start.s +
      v0 * DISTANCE_BASIS[k]! +
      a0 * DISTANCE_BASIS[n + k]! +
      p0 * DISTANCE_BASIS[2 * n + k]! +
      p1 * DISTANCE_BASIS[3 * n + k]! +
      p2 * DISTANCE_BASIS[4 * n + k]! +
      p3 * DISTANCE_BASIS[5 * n + k]!;
  }
  if (lowest < 0) stopInsteadOfReversing(s, speed, at);
}

/** Raises negative speeds to 0 and adds the distances up again, by the trapezoid rule. */
function stopInsteadOfReversing(s: Float64Array, speed: Float64Array, at: number): void {
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    if (speed[at + k]! < 0) speed[at + k] = 0;
    if (k > 0) s[at + k] = s[at + k - 1]! + ((speed[at + k - 1]! + speed[at + k]!) / 2) * TICK_S;
  }
}

/**
 * Parameters of the member of the family that is nearest in distance, by least squares over the samples.
 * @param s recorded positions [m]. Shape: [MOTION_SAMPLES].
 * @param out receives the 4 parameters
 */
export function projectLongitudinal(
  start: { readonly s: number; readonly sDot: number; readonly sDdot: number },
  s: Float64Array,
  out: Float64Array,
): void {
  const v0 = Math.max(start.sDot, 0);
  out.fill(0, 0, LONGITUDINAL_PARAMETERS);
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const rest = s[k]! - start.s - v0 * DISTANCE_BASIS[k]! - start.sDdot * DISTANCE_BASIS[MOTION_SAMPLES + k]!;
    for (let p = 0; p < LONGITUDINAL_PARAMETERS; p++) out[p]! += PROJECTION[p * MOTION_SAMPLES + k]! * rest;
  }
}
