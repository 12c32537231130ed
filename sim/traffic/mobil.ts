import type { Road } from '../road/road.ts';
import { distanceToLaneEnd, followingAcceleration, gapTo } from './carFollowing.ts';
import { CHANGING, TRAIT_STRIDE } from './driverColumns.ts';
import { exitAhead, exitUrgency } from './exits.ts';
import { canClearLane, keptHeadway, laneEndUrgency } from './laneEnd.ts';
import { leaderOf, NOBODY, nearestAhead, nearestBehind } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

const {
  politeness: POLITENESS,
  changeThreshold: CHANGE_THRESHOLD,
  safeDeceleration: SAFE_DECELERATION,
  keepRightBias: KEEP_RIGHT_BIAS,
} = CHANGING;

const NO_ONE = NOBODY;
const TRAITS = TRAIT_STRIDE;

/** Extra braking that a driver imposes on others when it has to leave its lane at once [m/s²]. */
const MANDATORY_EXTRA_DECELERATION = 3;
/**
 * Incentive of leaving a lane that ends or leads past the exit, when urgent [m/s²]; larger than any discretionary one.
 */
const MANDATORY_INCENTIVE = 6;
/** ... and when the end or the exit comes into sight. */
const EARLY_INCENTIVE = 1;
/** Nobody keeps right below this speed [m/s]: in congestion all lanes are equal. */
const KEEP_RIGHT_SPEED = 60 / 3.6;
/** Smallest gap accepted ahead of and behind a lane changer, whatever the speeds [m]. */
const SMALLEST_ACCEPTED_GAP = 1;

/**
 * Lane choice by MOBIL (Kesting, Treiber & Helbing 2007, eqs. 3, 6 and 7): a change to a neighbouring lane is made
 * when the new follower can keep its braking above -b_safe and
 *   ã_c - a_c + p (ã_n - a_n + ã_o - a_o) > a_th ± a_bias.
 * The accelerations a are those that the vehicles have; ã_n counts as a_n at most, because nobody gains from a vehicle
 * that gets in front of it. A driver whose lane ends ahead, or whose exit comes up, adds an incentive to leave its lane
 * and accepts harder braking behind.
 * @returns the lane to drive towards; the present one when there is no reason to change
 */
export function chooseLane(traffic: TrafficState, road: Road, slot: number, ownAcceleration: number): number {
  const { vehicles, drivers, neighbours } = traffic;
  const lane = vehicles.lane[slot]!;
  const exit = road.isUniform ? NO_ONE : exitAhead(traffic, road, slot, lane);
  if (exit === lane) return lane;
  let urgency = 0;
  let incentive = 0;
  let share = 1;
  if (!road.isUniform) {
    const left = distanceToLaneEnd(traffic, road, slot, lane);
    const laneEnds = left < Number.POSITIVE_INFINITY;
    if (laneEnds && !canClearLane(traffic, slot, left)) return lane;
    urgency = laneEndUrgency(left);
    if (exit !== NO_ONE) urgency = Math.max(urgency, exitUrgency(traffic, road, slot, lane, exit));
    share = keptHeadway(urgency);
    if (exit !== NO_ONE || laneEnds) incentive = EARLY_INCENTIVE + (MANDATORY_INCENTIVE - EARLY_INCENTIVE) * urgency;
  }
  const { changing } = drivers;
  const row = slot * TRAITS;
  const politeness = changing[row + POLITENESS]!;
  const limit = changing[row + SAFE_DECELERATION]! + MANDATORY_EXTRA_DECELERATION * urgency;
  const rightBias = vehicles.sDot[slot]! > KEEP_RIGHT_SPEED ? changing[row + KEEP_RIGHT_BIAS]! : 0;
  const oldFollower = nearestBehind(vehicles, neighbours, slot, lane);
  if (oldFollower !== NO_ONE && politeness > 0) {
    const after = followingAcceleration(traffic, road, oldFollower, leaderOf(neighbours, slot), lane);
    incentive += politeness * (after - vehicles.a[oldFollower]!);
  }
  incentive -= ownAcceleration + changing[row + CHANGE_THRESHOLD]!;
  let best = lane;
  let bestAdvantage = 0;
  for (let side = -1; side <= 1; side += 2) {
    const target = lane + side;
    if (target < 0 || target >= road.laneCount || !mayEnter(traffic, road, slot, lane, target, exit)) continue;
    const leader = nearestAhead(vehicles, neighbours, slot, target);
    const own = followingAcceleration(traffic, road, slot, leader, target, share);
    let advantage = own + incentive + side * rightBias;
    if (advantage <= bestAdvantage || own < -limit || gapTo(traffic, slot, leader) < SMALLEST_ACCEPTED_GAP) continue;
    const follower = nearestBehind(vehicles, neighbours, slot, target);
    if (follower !== NO_ONE) {
      if (gapTo(traffic, follower, slot) < SMALLEST_ACCEPTED_GAP) continue;
      const braking = followingAcceleration(traffic, road, follower, slot, target, share);
      if (braking < -limit) continue;
      advantage += politeness * Math.min(0, braking - vehicles.a[follower]!);
    }
    if (advantage <= bestAdvantage || meetsClaim(traffic, road, slot, target, limit, share)) continue;
    best = target;
    bestAdvantage = advantage;
  }
  return best;
}

/** Whether the markings, the lane's kind and its end allow a change there. */
function mayEnter(
  traffic: TrafficState,
  road: Road,
  slot: number,
  lane: number,
  target: number,
  exit: number,
): boolean {
  if (road.isUniform) return true;
  const { s, length } = traffic.vehicles;
  const at = s[slot]!;
  if (!road.mayChange(lane, target, at)) return false;
  if (target === exit) return canClearLane(traffic, slot, road.lanes.openTo[exit]! - at - length[slot]! / 2);
  if (road.lanes.main[target] === 0) return false;
  // Nobody goes left of where it would have to come back from at once.
  if (target < lane && exitAhead(traffic, road, slot, target) !== NO_ONE) return false;
  return distanceToLaneEnd(traffic, road, slot, target) === Number.POSITIVE_INFINITY;
}

/**
 * Whether the change that is under way has become unsafe for the driver or the new follower and should be broken off.
 */
export function shouldAbort(traffic: TrafficState, road: Road, slot: number): boolean {
  const { vehicles, drivers, neighbours } = traffic;
  const target = vehicles.targetLane[slot]!;
  const leader = nearestAhead(vehicles, neighbours, slot, target);
  const follower = nearestBehind(vehicles, neighbours, slot, target);
  if (gapTo(traffic, slot, leader) < 0) return true;
  if (follower !== NO_ONE && gapTo(traffic, follower, slot) < 0) return true;
  const limit = drivers.changing[slot * TRAITS + SAFE_DECELERATION]! + MANDATORY_EXTRA_DECELERATION;
  return follower !== NO_ONE && followingAcceleration(traffic, road, follower, slot, target) < -limit;
}

/** Whether somebody who set out for the same lane in this very tick would be cut off, or cut this driver off. */
function meetsClaim(
  traffic: TrafficState,
  road: Road,
  slot: number,
  target: number,
  limit: number,
  share: number,
): boolean {
  const { vehicles, neighbours } = traffic;
  for (let k = 0; k < neighbours.claimCount; k++) {
    const other = neighbours.claims[k]!;
    if (vehicles.targetLane[other] !== target) continue;
    const ahead = vehicles.s[other]! > vehicles.s[slot]!;
    const rear = ahead ? slot : other;
    const front = ahead ? other : slot;
    if (gapTo(traffic, rear, front) < SMALLEST_ACCEPTED_GAP) return true;
    if (followingAcceleration(traffic, road, rear, front, target, share) < -limit) return true;
  }
  return false;
}
