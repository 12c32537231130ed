import { HORIZON_TICKS, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';

/** Parameters of the safe longitudinal distance. */
export interface SafeDistanceRule {
  /** Response time of the rear vehicle [s]. */
  readonly responseS: number;
  /** Braking that the rear vehicle is sure to manage [m/s²]. */
  readonly rearBraking: number;
  /** Braking that the front vehicle might apply [m/s²]. */
  readonly frontBraking: number;
  /** Distance that is left when both stand [m]. */
  readonly standstill: number;
  /** Largest braking that entering a lane may impose on the vehicles behind [m/s²], and their response time [s]. */
  readonly imposedBraking: number;
  readonly othersResponseS: number;
}

/**
 * Responsibility-Sensitive Safety (Shalev-Shwartz, Shammah & Shashua 2017, definition 1; IEEE 2846-2022) with an attentive
 * machine's response time and emergency braking on both sides. It refuses what could not be undone, and leaves people's
 * headways, which the reward has learned, alone: 0.5 s behind a leader of equal speed passes.
 */
export const EMERGENCY_RSS: SafeDistanceRule = {
  responseS: 0.25,
  rearBraking: 7.5,
  frontBraking: 8,
  standstill: 1,
  imposedBraking: 3.5,
  othersResponseS: 0.6,
};

/** Smallest bumper gap from which the rear vehicle can still avoid a collision when the front one brakes as hard as it may [m]. */
export function safeDistance(rule: SafeDistanceRule, rearSpeed: number, frontSpeed: number): number {
  const distance =
    rearSpeed * rule.responseS +
    (rearSpeed * rearSpeed) / (2 * rule.rearBraking) -
    (frontSpeed * frontSpeed) / (2 * rule.frontBraking);
  return rule.standstill + Math.max(distance, 0);
}

/** Smallest bumper gap to a vehicle behind into whose lane one may move [m]: it responds, then sheds the closing speed with the braking that may be imposed. */
function mergingDistance(rule: SafeDistanceRule, rearSpeed: number, ownSpeed: number): number {
  const closing = Math.max(0, rearSpeed - ownSpeed);
  return rule.standstill + closing * rule.othersResponseS + (closing * closing) / (2 * rule.imposedBraking);
}

/** Ticks within which an initial shortfall must be made good. */
const RECOVERY_TICKS = 15;
/** Shortfall that is put down to noise [m]. */
const TOLERANCE = 0.2;

/**
 * By how much a motion breaks the rule: mean shortfall of distance over the horizon [m], 0 when it keeps it. Someone else
 * may have taken the distance away (a cut-in): then the motion has to win it back soon and steadily. Reads what `respond` wrote to
 * `prediction.around` for this motion.
 */
export function distanceShortfall(rule: SafeDistanceRule, motion: Motion, prediction: Prediction): number {
  const { frontGap, frontSpeed, rearGap, rearSpeed, imposedBraking, lane } = prediction.around;
  const initial = Math.min(0, frontGap[0]! - safeDistance(rule, motion.sDot[0]!, frontSpeed[0]!));
  let sum = 0;
  for (let k = 1; k < MOTION_SAMPLES; k++) {
    const margin = frontGap[k]! - safeDistance(rule, motion.sDot[k]!, frontSpeed[k]!);
    const allowed = initial * Math.max(0, 1 - k / RECOVERY_TICKS) - TOLERANCE;
    if (margin < allowed) sum += allowed - margin;
    if (lane[k] === lane[0]) continue;
    const behind = rearGap[k]! - mergingDistance(rule, rearSpeed[k]!, motion.sDot[k]!);
    if (behind < -TOLERANCE) sum -= behind;
    // A metre of shortfall for each m/s² too much, so that both kinds compare.
    if (imposedBraking[k]! > rule.imposedBraking) sum += imposedBraking[k]! - rule.imposedBraking;
  }
  return sum / HORIZON_TICKS;
}
