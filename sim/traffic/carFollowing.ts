import type { Road } from '../road/road.ts';
import { desiredSpeed, TRAIT, TRAIT_STRIDE } from './driverColumns.ts';
import { idmAcceleration } from './idm.ts';
import { NOBODY } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

const {
  timeHeadway: TIME_HEADWAY,
  minimumGap: MINIMUM_GAP,
  acceleration: ACCELERATION,
  deceleration: DECELERATION,
  approachFactor: APPROACH_FACTOR,
} = TRAIT;

const NO_ONE = NOBODY;
const TRAITS = TRAIT_STRIDE;

/** How far ahead a driver sees the end of its lane [m]. */
const LANE_END_SIGHT = 250;

/** Gap from bumper to bumper between a vehicle and its leader [m]; Infinity without one. */
export function gapTo(traffic: TrafficState, slot: number, leader: number): number {
  if (leader === NO_ONE) return Number.POSITIVE_INFINITY;
  const { s, length } = traffic.vehicles;
  return s[leader]! - s[slot]! - (length[leader]! + length[slot]!) / 2;
}

/** IDM acceleration of the driver in `slot` behind `leader` at its desired speed for `lane` [m/s²]. */
export function followingAcceleration(
  traffic: TrafficState,
  road: Road,
  slot: number,
  leader: number,
  lane: number,
): number {
  const { s, sDot, length } = traffic.vehicles;
  let gap = Number.POSITIVE_INFINITY;
  let speed = 0;
  if (leader !== NO_ONE) {
    gap = s[leader]! - s[slot]! - (length[leader]! + length[slot]!) / 2;
    speed = sDot[leader]!;
  }
  return accelerationBehind(traffic, road, slot, gap, speed, lane);
}

/** IDM acceleration of the driver in `slot` at its desired speed for `lane`, something `gap` ahead doing `speed` [m/s²]. */
export function accelerationBehind(
  { vehicles, drivers }: TrafficState,
  road: Road,
  slot: number,
  gap: number,
  speed: number,
  lane: number,
): number {
  const { traits } = drivers;
  const row = slot * TRAITS;
  return idmAcceleration(
    vehicles.sDot[slot]!,
    gap,
    speed,
    1 / desiredSpeed(traits, row, road.lanes.limit[lane]!),
    traits[row + TIME_HEADWAY]!,
    traits[row + MINIMUM_GAP]!,
    traits[row + ACCELERATION]!,
    traits[row + DECELERATION]!,
    traits[row + APPROACH_FACTOR]!,
  );
}

/** Distance from the front bumper to the end of the lane [m]; Infinity beyond the driver's sight, and where the lane leads on. */
export function distanceToLaneEnd(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const { s, length } = traffic.vehicles;
  if (road.lanes.to[lane]! >= road.length) return Number.POSITIVE_INFINITY;
  const left = road.lanes.to[lane]! - s[slot]! - length[slot]! / 2;
  return left < LANE_END_SIGHT ? left : Number.POSITIVE_INFINITY;
}

/** Acceleration that lets the driver stop at the end of its lane, as behind a standing vehicle [m/s²]; Infinity when out of sight. */
export function laneEndAcceleration(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const distance = distanceToLaneEnd(traffic, road, slot, lane);
  return distance === Number.POSITIVE_INFINITY ? distance : accelerationBehind(traffic, road, slot, distance, 0, lane);
}
