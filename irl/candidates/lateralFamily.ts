import { TICK_S } from '../../sim/core/time.ts';
import { MOTION_SAMPLES } from '../features/motion.ts';

/** Number of free parameters: target d [m], duration [s], sway [m]. */
export const LATERAL_PARAMETERS = 3;
/** Range of the duration [s]; targets may be reached after the horizon. */
export const SHORTEST_MOVE_S = 1;
export const LONGEST_MOVE_S = 8;
/** Speed below which lateral progress slows down with the car, so that nothing slides sideways when it stands [m/s]. */
export const ROLLING_SPEED = 3;

const HORIZON_S = (MOTION_SAMPLES - 1) * TICK_S;
/** 1 / peak of t³(5-t)³. */
const SWAY_SCALE =
  1 / ((HORIZON_S / 2) * (HORIZON_S / 2) * (HORIZON_S / 2) * (HORIZON_S / 2) * (HORIZON_S / 2) * (HORIZON_S / 2));
/** Durations tried by the projection [s]. */
const DURATIONS = Float64Array.from({ length: 57 }, (_, i) => SHORTEST_MOVE_S + i / 8);

/** Present lateral state: d [m], dd/dt [m/s], d²d/dt² [m/s²]. */
export interface LateralStart {
  readonly d: number;
  readonly dDot: number;
  readonly dDdot: number;
}

/** Lateral clock: elapsed lateral time and its rate at each sample. */
const clock = new Float64Array(MOTION_SAMPLES);
const clockRate = new Float64Array(MOTION_SAMPLES);

/** Runs the lateral clock along the speeds; returns whether it ran at full rate throughout. */
function runClock(speed: Float64Array, at: number): boolean {
  let full = true;
  let elapsed = 0;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const v = speed[at + k]!;
    const rate = v >= ROLLING_SPEED ? 1 : v / ROLLING_SPEED;
    if (rate < 1) full = false;
    if (k > 0) elapsed += ((clockRate[k - 1]! + rate) / 2) * TICK_S;
    clockRate[k] = rate;
    clock[k] = elapsed;
  }
  if (full) for (let k = 0; k < MOTION_SAMPLES; k++) clock[k] = k * TICK_S;
  return full;
}

/** Start rates on the lateral clock. */
let startRate = 0;
let startBend = 0;
function setStart(start: LateralStart, full: boolean): void {
  startRate = full ? start.dDot : start.dDot / Math.max(clockRate[0]!, 0.2);
  startBend = full ? start.dDdot : 0;
}

/**
 * Writes one lateral motion: a quintic in time from the present state to rest at an absolute target (Werling et al.
 * 2010, eq. 2), followed by rest there, plus sway, a smooth bump t³(5-t)³ with peak `sway` in mid-horizon for the
 * wandering within a lane. Below 3 m/s time runs slower with the car.
 * @param parameters target d, duration, sway, from `from` on
 * @param speed ds/dt of the motion, MOTION_SAMPLES values from `at` on
 * @param d receives MOTION_SAMPLES values from `at` on
 * @param dDot likewise
 */
export function writeLateral(
  start: LateralStart,
  parameters: Float64Array,
  from: number,
  speed: Float64Array,
  d: Float64Array,
  dDot: Float64Array,
  at: number,
): void {
  setStart(start, runClock(speed, at));
  const target = parameters[from]!;
  const duration = parameters[from + 1]!;
  const sway = parameters[from + 2]! * SWAY_SCALE;
  const reach = start.d - target;
  const b1 = startRate * duration;
  const b2 = (startBend * duration * duration) / 2;
  // Coefficients of u^1..u^5 for the quintic to rest.
  const c3 = -10 * reach - 6 * b1 - 3 * b2;
  const c4 = 15 * reach + 8 * b1 + 3 * b2;
  const c5 = -6 * reach - 3 * b1 - b2;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const t = clock[k]!;
    const left = HORIZON_S - t;
    const product = t * left;
    const square = product * product;
    let value = target + sway * square * product;
    let rate = 3 * sway * square * (left - t);
    if (t < duration) {
      const u = t / duration;
      value += reach + u * (b1 + u * (b2 + u * (c3 + u * (c4 + u * c5))));
      rate += (b1 + u * (2 * b2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) / duration;
    }
    d[at + k] = value;
    dDot[at + k] = rate * clockRate[k]!;
  }
}

/**
 * Parameters of the member of the family that is nearest in d, by least squares: exact in target and sway, over a grid
 * of 57 durations.
 * @param d recorded positions [m]. Shape: [MOTION_SAMPLES].
 * @param speed ds/dt of the longitudinal projection [m/s]. Shape: [MOTION_SAMPLES].
 * @param out receives the 3 parameters
 */
export function projectLateral(start: LateralStart, d: Float64Array, speed: Float64Array, out: Float64Array): void {
  setStart(start, runClock(speed, 0));
  let best = Number.POSITIVE_INFINITY;
  for (const duration of DURATIONS) {
    let gg = 0;
    let gw = 0;
    let ww = 0;
    let gr = 0;
    let wr = 0;
    let rr = 0;
    for (let k = 0; k < MOTION_SAMPLES; k++) {
      const t = clock[k]!;
      const u = t < duration ? t / duration : 1;
      const u2 = u * u;
      const u3 = u2 * u;
      const g = u3 * (10 - 15 * u + 6 * u2);
      const product = t * (HORIZON_S - t);
      const w = product * product * product * SWAY_SCALE;
      const free =
        startRate * duration * (u - u3 * (6 - 8 * u + 3 * u2)) +
        ((startBend * duration * duration) / 2) * (u2 - u3 * (3 - 3 * u + u2));
      const rest = d[k]! - start.d - free;
      gg += g * g;
      gw += g * w;
      ww += w * w;
      gr += g * rest;
      wr += w * rest;
      rr += rest * rest;
    }
    // A car that hardly rolls has no lateral freedom: both basis functions vanish and it stays where it is.
    const determinant = gg * ww - gw * gw;
    const solvable = determinant > 1e-9 * gg * ww && gg * ww > 1e-12;
    const move = solvable ? (gr * ww - wr * gw) / determinant : 0;
    const sway = solvable ? (wr * gg - gr * gw) / determinant : 0;
    const error = rr - move * gr - sway * wr;
    if (error < best) {
      best = error;
      out[0] = start.d + move;
      out[1] = duration;
      out[2] = sway;
    }
  }
}
