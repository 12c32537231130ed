import type { Road } from '../road/road.ts';
import { distanceToLaneEnd, followingAcceleration, gapTo } from './carFollowing.ts';
import { LANE_CHOICE } from './driverColumns.ts';
import { canClearLane, keptHeadway, laneEndUrgency } from './laneEnd.ts';
import { NOBODY, nearestAhead, nearestBehind } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

/** Extra braking that a driver imposes on others when its own lane is about to end [m/s²]. */
const MANDATORY_EXTRA_DECELERATION = 3;
/** Incentive of leaving a lane that ends, when that becomes urgent [m/s²]; larger than any discretionary one. */
const MANDATORY_INCENTIVE = 6;
/** ... and when the end comes into sight. */
const EARLY_INCENTIVE = 1;
/** Nobody keeps right below this speed [m/s]: in congestion all lanes are equal. */
const KEEP_RIGHT_SPEED = 60 / 3.6;
/** Distance before the end of an off-ramp's opening from which a driver who leaves there keeps right, by lanes to cross [m]. */
const EXIT_SIGHT = 500;
const EXIT_SIGHT_PER_LANE = 350;
/** ... and from which it accepts as hard braking behind as where a lane ends, by lanes to cross [m]. */
const EXIT_URGENT_PER_LANE = 250;
/** Smallest gap accepted ahead of and behind a lane changer, whatever the speeds [m]. */
const SMALLEST_ACCEPTED_GAP = 1;

/**
 * Lane choice by MOBIL (Kesting, Treiber & Helbing 2007, eqs. 3, 6 and 7): a change to a neighbouring lane is made
 * when the new follower can keep its braking above -b_safe and
 *   ã_c - a_c + p (ã_n - a_n + ã_o - a_o) > a_th ± a_bias.
 * A driver whose lane ends ahead, or whose exit comes up, adds an incentive to leave its lane and accepts harder braking
 * behind.
 * @returns the lane to drive towards; the present one when there is no reason to change
 */
export function chooseLane(traffic: TrafficState, road: Road, slot: number, ownAcceleration: number): number {
  const { vehicles, drivers, neighbours } = traffic;
  const lane = vehicles.lane[slot]!;
  const laneLeft = distanceToLaneEnd(traffic, road, slot, lane);
  const mustLeave = laneLeft < Number.POSITIVE_INFINITY;
  if (mustLeave && !canClearLane(traffic, slot, laneLeft)) return lane;
  const exit = drivers.choosesLane[slot] === LANE_CHOICE.exit ? exitAhead(traffic, road, slot, lane) : NOBODY;
  if (exit === lane) return lane;
  const wantsExit = exit !== NOBODY;
  const exitIsNear =
    wantsExit && road.spec.lanes[exit]!.openTo - vehicles.s[slot]! < EXIT_URGENT_PER_LANE * (exit - lane);
  const urgency = exitIsNear ? 1 : laneEndUrgency(laneLeft);
  const mandatory = wantsExit
    ? MANDATORY_INCENTIVE
    : mustLeave
      ? EARLY_INCENTIVE + (MANDATORY_INCENTIVE - EARLY_INCENTIVE) * urgency
      : 0;
  const rightBias = vehicles.sDot[slot]! > KEEP_RIGHT_SPEED ? drivers.keepRightBias[slot]! : 0;
  const limit = drivers.safeDeceleration[slot]! + MANDATORY_EXTRA_DECELERATION * urgency;
  const share = keptHeadway(mustLeave ? urgency : 0);
  let best = lane;
  let bestAdvantage = 0;
  for (let side = -1; side <= 1; side += 2) {
    const target = lane + side;
    if (target < 0 || target >= road.laneCount || !road.mayChange(lane, target, vehicles.s[slot]!)) continue;
    if (road.lanes.main[target] === 0 && target !== exit) continue;
    if (wantsExit && side < 0) continue;
    if (distanceToLaneEnd(traffic, road, slot, target) < Number.POSITIVE_INFINITY) continue;
    const leader = nearestAhead(vehicles, neighbours, slot, target);
    if (gapTo(traffic, slot, leader) < SMALLEST_ACCEPTED_GAP) continue;
    const own = followingAcceleration(traffic, road, slot, leader, target, share);
    if (own < -limit) continue;
    const follower = nearestBehind(vehicles, neighbours, slot, target);
    if (follower !== NOBODY && gapTo(traffic, follower, slot) < SMALLEST_ACCEPTED_GAP) continue;
    const braking = brakingImposed(traffic, road, slot, follower, target, share);
    if (braking < -limit || meetsClaim(traffic, road, slot, target, limit, share)) continue;
    const advantage =
      own -
      ownAcceleration +
      drivers.politeness[slot]! * othersAdvantage(traffic, road, slot, follower, braking, target) +
      side * rightBias -
      drivers.changeThreshold[slot]! +
      mandatory;
    if (advantage > bestAdvantage) {
      best = target;
      bestAdvantage = advantage;
    }
  }
  return best;
}

/** The off-ramp that a driver who wants to leave is heading for, or already on; NOBODY while it is out of sight. */
function exitAhead(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const at = traffic.vehicles.s[slot]!;
  for (let exit = road.laneCount - 1; exit >= lane; exit--) {
    const { kind, openTo } = road.spec.lanes[exit]!;
    if (kind !== 'off-ramp') continue;
    if (exit === lane) return exit;
    const sight = EXIT_SIGHT + EXIT_SIGHT_PER_LANE * (exit - lane);
    if (at < openTo && openTo - at < sight) return exit;
  }
  return NOBODY;
}

/** Whether the change that is under way has become unsafe for the driver or the new follower and should be broken off. */
export function shouldAbort(traffic: TrafficState, road: Road, slot: number): boolean {
  const { vehicles, drivers, neighbours } = traffic;
  const target = vehicles.targetLane[slot]!;
  const leader = nearestAhead(vehicles, neighbours, slot, target);
  const follower = nearestBehind(vehicles, neighbours, slot, target);
  if (gapTo(traffic, slot, leader) < 0) return true;
  if (follower !== NOBODY && gapTo(traffic, follower, slot) < 0) return true;
  const limit = drivers.safeDeceleration[slot]! + MANDATORY_EXTRA_DECELERATION;
  return brakingImposed(traffic, road, slot, follower, target) < -limit;
}

/** Acceleration of the new follower behind `slot` [m/s²]; 0 when there is none. */
function brakingImposed(
  traffic: TrafficState,
  road: Road,
  slot: number,
  follower: number,
  lane: number,
  share = 1,
): number {
  return follower === NOBODY ? 0 : followingAcceleration(traffic, road, follower, slot, lane, share);
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

/** ã_n - a_n + ã_o - a_o: what the change gains or costs the new and the old follower [m/s²]. */
function othersAdvantage(
  traffic: TrafficState,
  road: Road,
  slot: number,
  newFollower: number,
  newFollowerAfter: number,
  target: number,
): number {
  const { neighbours, vehicles } = traffic;
  let sum = 0;
  if (newFollower !== NOBODY) {
    const before = followingAcceleration(traffic, road, newFollower, neighbours.leader[newFollower]!, target);
    sum += newFollowerAfter - before;
  }
  const lane = vehicles.lane[slot]!;
  const oldFollower = nearestBehind(vehicles, neighbours, slot, lane);
  if (oldFollower !== NOBODY) {
    const after = followingAcceleration(traffic, road, oldFollower, neighbours.leader[slot]!, lane);
    sum += after - followingAcceleration(traffic, road, oldFollower, slot, lane);
  }
  return sum;
}
