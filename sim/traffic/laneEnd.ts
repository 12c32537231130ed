import type { Road } from '../road/road.ts';
import { distanceToLaneEnd, followingAcceleration, LANE_END_SIGHT } from './carFollowing.ts';
import { CHANGING, FOLLOWING, TRAIT_STRIDE } from './driverColumns.ts';
import { exitAhead, exitUrgency } from './exits.ts';
import { NOBODY, nearestAhead, nearestBehind } from './neighbours.ts';
import { giveUpHeadway } from './relaxation.ts';
import type { TrafficState } from './trafficState.ts';

/** Distance to the end of the lane at which the urgency of leaving it is complete [m]. */
const URGENT_DISTANCE = 200;
/**
 * A change is clear of the lane it leaves after this many radians of the driver's lateral motion [rad]: 3.5 s at tempo
 * 1.
 */
const CLEARING_PHASE = 4;
/** ... and takes at least this much way, because the lateral speed is a share of the forward speed [m]. */
const CLEARING_WAY = 20;
/** Who has come this close to a standstill too near to the end goes whenever there is a gap [m/s]. */
const CRAWLING = 1;
/** Share of the wished headway that is given up at full urgency [1]. */
const HEADWAY_GIVEN_UP = 0.55;
/**
 * A driver who fits itself into a lane drops at most this much below the speed of the vehicle it goes in behind [m/s].
 */
const DROP_BACK_SPEED = 3;

/** Urgency of leaving a lane that ends in `distance` [m]: grows from 0 where the end comes into sight to 1. */
export function laneEndUrgency(distance: number): number {
  if (distance >= LANE_END_SIGHT) return 0;
  if (distance <= URGENT_DISTANCE) return 1;
  return (LANE_END_SIGHT - distance) / (LANE_END_SIGHT - URGENT_DISTANCE);
}

/**
 * Share of the wished headway that a driver keeps, and leaves the one behind, when it leaves its lane with `urgency`
 * [1].
 */
export function keptHeadway(urgency: number): number {
  return 1 - HEADWAY_GIVEN_UP * urgency;
}

/** ... and the one in `slot` where it is now; 1 unless it has to leave its lane. */
export function keptHeadwayOf(traffic: TrafficState, road: Road, slot: number): number {
  return keptHeadway(urgencyOf(traffic, road, slot));
}

/** Urgency with which the driver in `slot` has to leave its lane, because that ends or for its exit [1]. */
function urgencyOf(traffic: TrafficState, road: Road, slot: number): number {
  const lane = traffic.vehicles.lane[slot]!;
  const ending = laneEndUrgency(distanceToLaneEnd(traffic, road, slot, lane));
  const exit = exitAhead(traffic, road, slot, lane);
  if (exit === NOBODY || exit === lane) return ending;
  return Math.max(ending, exitUrgency(traffic, road, slot, lane, exit));
}

/**
 * After the driver in `slot` has set out for a lane: both it and its new follower content themselves with less if it
 * had to.
 */
export function shareRoom(traffic: TrafficState, road: Road, slot: number): void {
  const { vehicles, drivers, neighbours } = traffic;
  const share = keptHeadwayOf(traffic, road, slot);
  if (share === 1) return;
  giveUpHeadway(drivers, slot, share);
  const follower = nearestBehind(vehicles, neighbours, slot, vehicles.targetLane[slot]!);
  if (follower !== NOBODY) giveUpHeadway(drivers, follower, share);
}

/** Whether a change that begins now would be over before the lane ends in `distance` [m]. */
export function canClearLane({ vehicles, drivers }: TrafficState, slot: number, distance: number): boolean {
  if (vehicles.sDot[slot]! < CRAWLING) return true;
  const way =
    (vehicles.sDot[slot]! * CLEARING_PHASE) / drivers.changing[slot * TRAIT_STRIDE + CHANGING.lateralFrequency]!;
  return distance > (way > CLEARING_WAY ? way : CLEARING_WAY);
}

/**
 * The neighbouring lane that the driver in `slot` has to get into, because its own ends in sight or for its exit;
 * NOBODY where it may stay, and before the exit opens.
 */
function laneToReach(traffic: TrafficState, road: Road, slot: number): number {
  const lane = traffic.vehicles.lane[slot]!;
  const at = traffic.vehicles.s[slot]!;
  const exit = exitAhead(traffic, road, slot, lane);
  if (exit !== NOBODY) return exit > lane && road.mayChange(lane, lane + 1, at) ? lane + 1 : NOBODY;
  if (distanceToLaneEnd(traffic, road, slot, lane) === Number.POSITIVE_INFINITY) return NOBODY;
  for (let side = -1; side <= 1; side += 2) {
    const target = lane + side;
    if (target < 0 || target >= road.laneCount || road.lanes.main[target] === 0 || !road.laneExists(target, at))
      continue;
    if (distanceToLaneEnd(traffic, road, slot, target) === Number.POSITIVE_INFINITY) return target;
  }
  return NOBODY;
}

/**
 * Acceleration that fits the driver in `slot` in behind the vehicle ahead in the lane it has to reach [m/s²]: IDM
 * behind that one, braking no harder than comfortable times the urgency. Infinity where nothing has to be done.
 */
export function fittingInAcceleration(traffic: TrafficState, road: Road, slot: number): number {
  const target = laneToReach(traffic, road, slot);
  if (target === NOBODY) return Number.POSITIVE_INFINITY;
  const { vehicles, drivers, neighbours } = traffic;
  const leader = nearestAhead(vehicles, neighbours, slot, target);
  if (leader === NOBODY || vehicles.sDot[slot]! < vehicles.sDot[leader]! - DROP_BACK_SPEED) {
    return Number.POSITIVE_INFINITY;
  }
  const gentlest = -drivers.following[slot * TRAIT_STRIDE + FOLLOWING.deceleration]! * urgencyOf(traffic, road, slot);
  const wanted = followingAcceleration(traffic, road, slot, leader, target);
  return wanted > gentlest ? wanted : gentlest;
}

/** Whether the driver in `slot` has to leave its lane now, whatever it likes. */
export function hasToChange(traffic: TrafficState, road: Road, slot: number): boolean {
  return !road.isUniform && laneToReach(traffic, road, slot) !== NOBODY;
}

/** Turn indicator of a driver who has to leave its lane: 1 left, -1 right; 0 where it may stay. */
export function sideToReach(traffic: TrafficState, road: Road, slot: number): number {
  const target = laneToReach(traffic, road, slot);
  return target === NOBODY ? 0 : traffic.vehicles.lane[slot]! - target;
}
