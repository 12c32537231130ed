import { TICK_S } from '../../sim/core/time.ts';
import { type BoxMargin, collisionWithAnswer } from '../features/firstCollision.ts';
import { HORIZON_TICKS, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';
import type { Scene } from '../features/scene.ts';

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
 * Responsibility-Sensitive Safety (Shalev-Shwartz, Shammah & Shashua 2017, definition 1; IEEE 2846-2022) with an
 * attentive machine's response time and emergency braking on both sides. It refuses what could not be undone, and
 * leaves people's headways, which the reward has learned, alone: 0.5 s behind a leader of equal speed passes.
 */
export const EMERGENCY_RSS: SafeDistanceRule = {
  responseS: 0.25,
  rearBraking: 7.5,
  frontBraking: 8,
  standstill: 1,
  imposedBraking: 3.5,
  othersResponseS: 0.6,
};

/**
 * Room that a plan leaves around the car [m]: it is turned while it moves across, strays some centimetres from its
 * plan, and others do not keep to what is foretold of them.
 */
const ROOM: BoxMargin = { along: 0.5, across: 0.2 };
/** Shortfall of a motion that does not leave it; those that are in contact are not driven at all [m]. */
const TOO_NEAR = 1;

/**
 * Smallest bumper gap from which the rear vehicle can still avoid a collision when the front one brakes as hard as it
 * may [m].
 */
export function safeDistance(rule: SafeDistanceRule, rearSpeed: number, frontSpeed: number): number {
  const distance =
    rearSpeed * rule.responseS +
    (rearSpeed * rearSpeed) / (2 * rule.rearBraking) -
    (frontSpeed * frontSpeed) / (2 * rule.frontBraking);
  return rule.standstill + Math.max(distance, 0);
}

/**
 * Smallest bumper gap to a vehicle behind into whose lane one may move [m]: it responds, then sheds the closing speed
 * with the braking that may be imposed.
 */
function mergingDistance(rule: SafeDistanceRule, rearSpeed: number, ownSpeed: number): number {
  const closing = Math.max(0, rearSpeed - ownSpeed);
  return rule.standstill + closing * rule.othersResponseS + (closing * closing) / (2 * rule.imposedBraking);
}

/** Shortfall that is put down to noise [m]. */
const TOLERANCE = 0.2;
/** Ticks over which the response to a dangerous situation is judged, and by which a motion may have left it instead. */
const RESPONSE_TICKS = 10;
const ESCAPE_TICKS = 10;
/** Braking of a leader from which it is expected to go on to a standstill [m/s²]. */
const NOTABLE_BRAKING = 0.7;
/** Deceleration that is comfortable to most drivers [m/s²] (AASHTO Green Book 2011, stopping sight distance). */
const COMFORTABLE_BRAKING = 3.4;
/** The response exceeds what is just needed by this factor and amount [m/s²]. */
const RESPONSE_FACTOR = 1.15;
const RESPONSE_EXTRA = 0.3;
/** A car slower than this counts as standing [m/s], as long as it does not creep closer than this [m]. */
const CREEPING = 0.3;
const LEAST_STANDSTILL = 0.5;
/** Vehicles count as in the ego's path when their sides are closer than this [m]. */
const PATH_MARGIN = 0.2;

/**
 * The deceleration with which the ego has to answer a dangerous situation [m/s²]; 0 when no vehicle ahead in its path
 * is closer than the safe distance. A leader that brakes is expected to go on to a standstill, any other to keep its
 * speed (the required deceleration DRAC of Almqvist, Hydén & Risser 1991, with the leader's braking taken into
 * account). One that brakes so that stopping behind it is no comfortable matter any more is answered at once: the
 * prediction does not know that it goes on, and whoever waits until the safe distance is used up can only brake in full.
 */
export function requiredResponse(rule: SafeDistanceRule, scene: Scene): number {
  const { ego, others } = scene;
  let response = 0;
  for (let i = 0; i < others.count; i++) {
    const gap = others.s[i]! - ego.s - (others.length[i]! + ego.length) / 2;
    const aside = Math.abs(others.d[i]! - ego.d) - (others.width[i]! + ego.width) / 2;
    if (others.s[i]! < ego.s || aside > PATH_MARGIN) continue;
    const speed = others.sDot[i]!;
    const room = Math.max(gap - rule.standstill, 0.1);
    const braking = -others.a[i]!;
    const closing = Math.max(0, ego.sDot - speed);
    const stops = braking > NOTABLE_BRAKING;
    const needed = stops
      ? (ego.sDot * ego.sDot) / (2 * (room + (speed * speed) / (2 * braking)))
      : (closing * closing) / (2 * room);
    const isSafe = gap >= safeDistance(rule, ego.sDot, speed) - TOLERANCE;
    if (isSafe && !(stops && needed > COMFORTABLE_BRAKING)) continue;
    response = Math.max(response, RESPONSE_FACTOR * needed + RESPONSE_EXTRA);
  }
  return Math.min(response, rule.rearBraking - RESPONSE_EXTRA);
}

/**
 * By how much a motion breaks the rule or comes too near; 0 when it does neither. Mean shortfall of distance over the
 * horizon [m] where the distance is safe at the start. Where it is not, because someone took it away, the shortfall of
 * the response [m/s²] unless the motion leaves the danger within one second. Reads what `respond` wrote to
 * `prediction.around` for this motion.
 * @param response `requiredResponse` of the scene
 */
export function distanceShortfall(
  rule: SafeDistanceRule,
  response: number,
  motion: Motion,
  prediction: Prediction,
): number {
  const { frontGap, frontSpeed, rearGap, rearSpeed, imposedBraking, lane } = prediction.around;
  const { sDot } = motion;
  let ahead = 0;
  let behind = 0;
  // Only another lane is a way out: in its own the prediction, which does not know how long the leader brakes,
  // flatters.
  let escapes = lane[ESCAPE_TICKS] !== lane[0];
  let touches = false;
  for (let k = 1; k < MOTION_SAMPLES; k++) {
    if (frontGap[k]! < LEAST_STANDSTILL && sDot[k]! > 0) touches = true;
    const margin = frontGap[k]! - safeDistance(rule, sDot[k]!, frontSpeed[k]!);
    if (margin < -TOLERANCE) {
      ahead -= margin;
      if (k >= ESCAPE_TICKS) escapes = false;
    }
    if (lane[k] === lane[0]) continue;
    const rear = rearGap[k]! - mergingDistance(rule, rearSpeed[k]!, sDot[k]!);
    if (rear < -TOLERANCE) behind -= rear;
    // A metre of shortfall for each m/s² too much, so that both kinds compare.
    if (imposedBraking[k]! > rule.imposedBraking) behind += imposedBraking[k]! - rule.imposedBraking;
  }
  if (response > 0) {
    // A car that comes to rest within the second, and not in contact, has answered in full.
    const achieved = (sDot[0]! - sDot[RESPONSE_TICKS]!) / (RESPONSE_TICKS * TICK_S);
    const answered = achieved >= response || (sDot[RESPONSE_TICKS]! < CREEPING && !touches);
    ahead = answered || (escapes && achieved >= 0) ? 0 : HORIZON_TICKS * (response - achieved);
  }
  const near = collisionWithAnswer(motion, prediction, ROOM) >= 0 ? TOO_NEAR : 0;
  return (ahead + behind) / HORIZON_TICKS + near;
}
