import { TICK_S } from '../../sim/core/time.ts';
import { emptyMotion, HORIZON_TICKS, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Reference } from './trackingController.ts';

/** Share of the lateral speed that a continued plan keeps from one tick to the next beyond its end. */
const LATERAL_DECAY = 0.85;

/** Reads a motion `ticks` after its start (fractions interpolate, the end is held at constant speed). */
export function referenceAt(motion: Motion, ticks: number, out: Reference): void {
  const k = Math.min(Math.floor(ticks), HORIZON_TICKS - 1);
  const share = ticks - k;
  const sRate = (motion.sDot[k + 1]! - motion.sDot[k]!) / TICK_S;
  const dRate = (motion.dDot[k + 1]! - motion.dDot[k]!) / TICK_S;
  const inside = share <= 1;
  const t = Math.min(share, 1) * TICK_S;
  const beyond = inside ? 0 : (share - 1) * TICK_S;
  out.sDot = motion.sDot[k]! + sRate * t;
  out.dDot = motion.dDot[k]! + dRate * t;
  // Linear between the samples plus the parabola that the change of speed puts on top.
  const bend = (t * (t - TICK_S)) / 2;
  out.s = motion.s[k]! + ((motion.s[k + 1]! - motion.s[k]!) / TICK_S) * t + sRate * bend + out.sDot * beyond;
  out.d = motion.d[k]! + ((motion.d[k + 1]! - motion.d[k]!) / TICK_S) * t + dRate * bend + out.dDot * beyond;
  out.sDdot = inside ? sRate : 0;
  out.dDdot = inside ? dRate : 0;
}

/** What is left of a plan after `elapsed` ticks, filled up to a whole horizon at constant speed. */
export function continuePlan(plan: Motion, elapsed: number): Motion {
  const motion = emptyMotion();
  const left = MOTION_SAMPLES - elapsed;
  for (const name of ['s', 'd', 'sDot', 'dDot'] as const) motion[name].set(plan[name].subarray(elapsed));
  for (let k = Math.max(left, 1); k < MOTION_SAMPLES; k++) {
    motion.sDot[k] = motion.sDot[k - 1]!;
    motion.dDot[k] = LATERAL_DECAY * motion.dDot[k - 1]!;
    motion.s[k] = motion.s[k - 1]! + motion.sDot[k]! * TICK_S;
    motion.d[k] = motion.d[k - 1]! + ((motion.dDot[k - 1]! + motion.dDot[k]!) / 2) * TICK_S;
  }
  return motion;
}

/** Brakes at a constant rate [m/s²] to a stop while the lateral motion dies out: the minimum-risk manoeuvre. */
export function brakingMotion(start: Reference, deceleration: number): Motion {
  const motion = emptyMotion();
  motion.s[0] = start.s;
  motion.d[0] = start.d;
  motion.sDot[0] = Math.max(0, start.sDot);
  motion.dDot[0] = start.dDot;
  for (let k = 1; k < MOTION_SAMPLES; k++) {
    motion.sDot[k] = Math.max(0, motion.sDot[k - 1]! - deceleration * TICK_S);
    motion.dDot[k] = motion.sDot[k] === 0 ? 0 : LATERAL_DECAY * motion.dDot[k - 1]!;
    motion.s[k] = motion.s[k - 1]! + ((motion.sDot[k - 1]! + motion.sDot[k]!) / 2) * TICK_S;
    motion.d[k] = motion.d[k - 1]! + ((motion.dDot[k - 1]! + motion.dDot[k]!) / 2) * TICK_S;
  }
  return motion;
}

/** A copy that stays as it is while the original's columns are used again. */
export function copyMotion(motion: Motion): Motion {
  return { s: motion.s.slice(), d: motion.d.slice(), sDot: motion.sDot.slice(), dDot: motion.dDot.slice() };
}
