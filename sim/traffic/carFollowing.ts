import { throughEnd } from '../road/laneUse.ts';
import type { Road } from '../road/road.ts';
import { desiredSpeed, FOLLOWING, LANE_CHOICE, TRAIT_STRIDE } from './driverColumns.ts';
import { idmAcceleration } from './idm.ts';
import { NOBODY } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

const {
  timeHeadway: TIME_HEADWAY,
  minimumGap: MINIMUM_GAP,
  acceleration: ACCELERATION,
  deceleration: DECELERATION,
  approachFactor: APPROACH_FACTOR,
} = FOLLOWING;

const { through: THROUGH } = LANE_CHOICE;
const NO_ONE = NOBODY;
const TRAITS = TRAIT_STRIDE;

/** How far ahead a driver knows of the end of its lane [m]. */
export const LANE_END_SIGHT = 500;
/**
 * A driver who has to wait for a gap does so this long before the end of its lane, to have the way for the change [m].
 */
export const WAITING_DISTANCE = 30;

/** Gap from bumper to bumper between a vehicle and its leader [m]; Infinity without one. */
export function gapTo(traffic: TrafficState, slot: number, leader: number): number {
  if (leader === NO_ONE) return Number.POSITIVE_INFINITY;
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
  let gap = Number.POSITIVE_INFINITY;
  let speed = 0;
  if (leader !== NO_ONE) {
    gap = s[leader]! - s[slot]! - (length[leader]! + length[slot]!) / 2;
    speed = sDot[leader]!;
  }
  return accelerationBehind(traffic, road, slot, gap, speed, lane, headwayShare);
}

/** ... behind something that is `gap` [m] ahead and does `speed` [m/s]. */
function accelerationBehind(
  { vehicles, drivers }: TrafficState,
  road: Road,
  slot: number,
  gap: number,
  speed: number,
  lane: number,
  headwayShare: number,
): number {
  const { following } = drivers;
  const row = slot * TRAITS;
  return idmAcceleration(
    vehicles.sDot[slot]!,
    gap,
    speed,
    1 / desiredSpeed(following, row, road.lanes.limit[lane]!),
    headwayShare * following[row + TIME_HEADWAY]!,
    following[row + MINIMUM_GAP]!,
    following[row + ACCELERATION]!,
    following[row + DECELERATION]!,
    following[row + APPROACH_FACTOR]!,
  );
}

/**
 * Distance from the front bumper to the end of the lane [m]; Infinity beyond the driver's sight, and where the lane
 * leads on. For who goes through, an auxiliary lane that leads off ends with its opening; who has come past that drives
 * on.
 */
export function distanceToLaneEnd(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const { s, length } = traffic.vehicles;
  const to = road.lanes.to[lane]!;
  const end = traffic.drivers.choosesLane[slot] === THROUGH ? throughEnd(road.spec.lanes[lane]!) : to;
  if (end >= road.length) return Number.POSITIVE_INFINITY;
  const left = end - s[slot]! - length[slot]! / 2;
  if (end < to && left < 0) return Number.POSITIVE_INFINITY;
  return left < LANE_END_SIGHT ? left : Number.POSITIVE_INFINITY;
}

/**
 * Acceleration that lets the driver stop before the end of its lane [m/s²]; Infinity when out of sight. The end does
 * not move, so that no time headway is kept: braking begins late, and comfortably.
 */
export function laneEndAcceleration(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  const distance = distanceToLaneEnd(traffic, road, slot, lane);
  if (distance === Number.POSITIVE_INFINITY) return distance;
  return accelerationBehind(traffic, road, slot, Math.max(distance - WAITING_DISTANCE, 0), 0, lane, 0);
}
