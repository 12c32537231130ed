import { TICK_S } from '../../sim/core/time.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { LIMITS_SLACK, type MotionLimits } from '../features/motionLimits.ts';
import { type LateralStart, ROLLING_SPEED } from './lateralFamily.ts';

const HORIZON_S = HORIZON_TICKS * TICK_S;
/**
 * Of the sway t³(5-t)³ with peak 1 m: largest speed [m/s], and total variation of the acceleration [m/s²]; rounded up.
 */
const SWAY_SPEED = 1.2;
const SWAY_VARIATION = 5;
/** Largest lateral speed for which its mean square is bounded [m/s]; features limit it farther up. */
const FASTEST = 5;

/**
 * Limits the lateral part of a member of the candidate family without writing its samples: d by the control points of
 * the quintic (Bernstein; the last three are the target), the mean square of its rate by that of its mean (Cauchy &
 * Schwarz), which the way from start to end gives but for the error of the trapezoid rule.
 * @param parameters target d, duration, sway, from `at` on
 * @param limits those of the longitudinal part; where the lateral clock slows down nothing is said
 */
export function limitLateral(start: LateralStart, parameters: Float64Array, at: number, limits: MotionLimits): void {
  limits.d.least = Number.NEGATIVE_INFINITY;
  limits.d.most = Number.POSITIVE_INFINITY;
  limits.endD = Number.NaN;
  limits.lateralSpeedSquared = 0;
  if (!(limits.slowest > ROLLING_SPEED + LIMITS_SLACK)) return;
  const target = parameters[at]!;
  const duration = parameters[at + 1]!;
  const sway = parameters[at + 2]!;
  const reach = start.d - target;
  const b1 = start.dDot * duration;
  const b2 = (start.dDdot * duration * duration) / 2;
  // Control points relative to the target; three more are 0.
  const p1 = reach + b1 / 5;
  const p2 = reach + (2 * b1) / 5 + b2 / 10;
  limits.d.least = target + Math.min(reach, p1, p2, 0) + Math.min(sway, 0) - LIMITS_SLACK;
  limits.d.most = target + Math.max(reach, p1, p2, 0) + Math.max(sway, 0) + LIMITS_SLACK;
  limits.endD = target;
  let endRate = 0;
  if (duration > HORIZON_S) {
    const c3 = -10 * reach - 6 * b1 - 3 * b2;
    const c4 = 15 * reach + 8 * b1 + 3 * b2;
    const c5 = -6 * reach - 3 * b1 - b2;
    const u = HORIZON_S / duration;
    limits.endD += reach + u * (b1 + u * (b2 + u * (c3 + u * (c4 + u * c5))));
    endRate = (b1 + u * (2 * b2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) / duration;
  }
  const fastest = (5 / duration) * Math.max(Math.abs(p1 - reach), Math.abs(p2 - p1), Math.abs(p2));
  if (fastest + SWAY_SPEED * Math.abs(sway) > FASTEST) return;
  const bend0 = p2 - 2 * p1 + reach;
  const bend1 = p1 - 2 * p2;
  const variation =
    (20 / (duration * duration)) * (Math.abs(bend1 - bend0) + Math.abs(p2 - bend1) + Math.abs(p2)) +
    SWAY_VARIATION * Math.abs(sway);
  const way = limits.endD - start.d + (TICK_S / 2) * (endRate - start.dDot);
  const least = Math.abs(way) - ((TICK_S * TICK_S) / 8) * variation - LIMITS_SLACK;
  if (least > 0) limits.lateralSpeedSquared = (least / HORIZON_S) * (least / HORIZON_S);
}
