import { clamp, cos, log, sin } from '../../sim/core/deterministicMath.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import type { SceneEgo } from '../features/scene.ts';
import { ACCELERATION_PROCESS } from './accelerationProcess.ts';
import { LONGEST_MOVE_S, SHORTEST_MOVE_S } from './lateralFamily.ts';
import { KNOT_S, LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';
import { lowDiscrepancySteps, writeLowDiscrepancyPoint } from './lowDiscrepancy.ts';

const N = LONGITUDINAL_PARAMETERS;
/**
 * Deviations of target [m] and sway [m], and reach of the duration [s], for a deviation of the acceleration of 1 m/s².
 */
const TARGET = 0.3;
const SWAY = 0.1;
const DURATION = 3;

/** Draws that `drawNear` can make. */
export const LOCAL_DRAWS = 24;
/** 6 standard normals (Box & Muller 1958), then a number in [-1, 1]. Shape: [LOCAL_DRAWS x 7]. */
const DIMENSIONS = 7;
const DRAWS = localDraws();

function localDraws(): Float64Array {
  const draws = new Float64Array(LOCAL_DRAWS * DIMENSIONS);
  const steps = lowDiscrepancySteps(DIMENSIONS);
  const shift = new Float64Array(DIMENSIONS).fill(0.5);
  const point = new Float64Array(DIMENSIONS);
  for (let i = 0; i < LOCAL_DRAWS; i++) {
    writeLowDiscrepancyPoint(steps, shift, i, point);
    for (let pair = 0; pair < 6; pair += 2) {
      const radius = Math.sqrt(-2 * log(1 - point[pair]!));
      const angle = 2 * Math.PI * point[pair + 1]!;
      draws[i * DIMENSIONS + pair] = radius * cos(angle);
      draws[i * DIMENSIONS + pair + 1] = radius * sin(angle);
    }
    draws[i * DIMENSIONS + 6] = 2 * point[6]! - 1;
  }
  return draws;
}

/**
 * Writes a member of the candidate family near another one: the acceleration departs from it as a process of Ornstein &
 * Uhlenbeck, the lateral parameters independently. The same `n` gives the same departure, so that options do not
 * flicker.
 * @param n which draw, below LOCAL_DRAWS
 * @param centre family parameters of the other one
 * @param spread deviation of the acceleration [m/s²]
 * @param out receives the family parameters from `at` on
 */
export function drawNear(n: number, centre: Float64Array, spread: number, out: Float64Array, at: number): void {
  const { factor } = ACCELERATION_PROCESS;
  const row = n * DIMENSIONS;
  for (let i = 0; i < N; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += factor[i * N + j]! * DRAWS[row + j]!;
    out[at + i] = centre[i]! + spread * sum;
  }
  out[at + N] = centre[N]! + TARGET * spread * DRAWS[row + 4]!;
  out[at + N + 1] = clamp(centre[N + 1]! + DURATION * spread * DRAWS[row + 6]!, SHORTEST_MOVE_S, LONGEST_MOVE_S);
  out[at + N + 2] = centre[N + 2]! + SWAY * spread * DRAWS[row + 5]!;
}

/**
 * Writes the member whose acceleration goes evenly from the present one to another within 1.5 s and stays there.
 * @param lateral family parameters of which the lateral ones are taken
 * @param acceleration [m/s²]
 */
export function writeSteady(
  ego: SceneEgo,
  lateral: Float64Array,
  acceleration: number,
  out: Float64Array,
  at: number,
): void {
  const atKnot = ego.sDot + ((ego.sDdot + acceleration) / 2) * KNOT_S;
  out[at] = atKnot;
  out[at + 1] = acceleration;
  out[at + 2] = atKnot + acceleration * (HORIZON_TICKS * TICK_S - KNOT_S);
  out[at + 3] = acceleration;
  for (let i = N; i < N + 3; i++) out[at + i] = lateral[i]!;
}
