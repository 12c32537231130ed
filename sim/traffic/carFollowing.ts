import type { Road } from '../road/road.ts';
import { idmAcceleration } from './idm.ts';
import { NOBODY } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

/** How far ahead a driver knows of the end of its lane [m]. */
export const LANE_END_SIGHT = 500;
/** A driver who has to wait for a gap does so this long before the end of its lane, to have the way for the change [m]. */
export const WAITING_DISTANCE = 30;

/** Speed the driver in `slot` would like to have in `lane` [m/s]. */
export function desiredSpeed(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const wanted = traffic.drivers.speedFactor[slot]! * road.lanes.limit[lane]!;
  const cap = traffic.drivers.speedCap[slot]!;
  return Math.min(wanted, cap);
}

/** Gap from bumper to bumper between a vehicle and its leader [m]; Infinity without one. */
export function gapTo(traffic: TrafficState, slot: number, leader: number): number {
  if (leader === NOBODY) return Number.POSITIVE_INFINITY;
  const { s, length } = traffic.vehicles;
  return s[leader]! - s[slot]! - (length[leader]! + length[slot]!) / 2;
}

/**
 * IDM acceleration of the driver in `slot` behind `leader` at its desired speed for `lane` [m/s²].
 * @param headwayShare share of its time headway that the driver would keep [1]
 */
export function followingAcceleration(
  traffic: TrafficState,
  road: Road,
  slot: number,
  leader: number,
  lane: number,
  headwayShare = 1,
): number {
  const { s, sDot, length } = traffic.vehicles;
  const { drivers } = traffic;
  const wanted = drivers.speedFactor[slot]! * road.lanes.limit[lane]!;
  const cap = drivers.speedCap[slot]!;
  const free = leader === NOBODY;
  return idmAcceleration(
    sDot[slot]!,
    free ? Number.POSITIVE_INFINITY : s[leader]! - s[slot]! - (length[leader]! + length[slot]!) / 2,
    free ? 0 : sDot[leader]!,
    wanted < cap ? wanted : cap,
    headwayShare * drivers.timeHeadway[slot]!,
    drivers.minimumGap[slot]!,
    drivers.acceleration[slot]!,
    drivers.deceleration[slot]!,
    drivers.approachFactor[slot]!,
  );
}

/** Distance from the front bumper to the end of the lane [m]; Infinity beyond the driver's sight, and where the lane leads on. */
export function distanceToLaneEnd(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const { s, length } = traffic.vehicles;
  if (road.lanes.to[lane]! >= road.length) return Number.POSITIVE_INFINITY;
  const left = road.lanes.to[lane]! - s[slot]! - length[slot]! / 2;
  return left < LANE_END_SIGHT ? left : Number.POSITIVE_INFINITY;
}

/**
 * Acceleration that lets the driver stop before the end of its lane [m/s²]; Infinity when out of sight. The end does not
 * move, so that no time headway is kept: braking begins late, and comfortably.
 */
export function laneEndAcceleration(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const distance = distanceToLaneEnd(traffic, road, slot, lane);
  if (distance === Number.POSITIVE_INFINITY) return distance;
  const { drivers, vehicles } = traffic;
  return idmAcceleration(
    vehicles.sDot[slot]!,
    distance > WAITING_DISTANCE ? distance - WAITING_DISTANCE : 0,
    0,
    desiredSpeed(traffic, road, slot, lane),
    0,
    drivers.minimumGap[slot]!,
    drivers.acceleration[slot]!,
    drivers.deceleration[slot]!,
    drivers.approachFactor[slot]!,
  );
}
