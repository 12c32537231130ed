import type { Road } from '../road/road.ts';
import { followingAcceleration, gapTo } from './carFollowing.ts';
import { CHANGING, FOLLOWING, TRAIT_STRIDE } from './driverColumns.ts';
import { NOBODY, nearestBehind } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';
import { HAZARD_LIGHTS, VEHICLE_CONTROL } from './vehicleColumns.ts';

/**
 * Braking for somebody who indicates, as a multiple of politeness times comfortable deceleration [1]: a driver of
 * politeness 0.4 or more is ready to brake comfortably, a brisk one hardly lifts its foot.
 */
const READINESS = 2.5;
/** Nobody makes room for a vehicle that is slower than itself by more than this [m/s]: mild braking would not do. */
const LARGEST_CLOSING = 5;
/**
 * A vehicle that is further than this on the far side of its lane's centre has just come over and wants no further [m].
 */
const COMING_OVER = 0.35;
/** Gap that lets somebody in [m], and speed below which it is not opened any more where it is missing [m/s]. */
const ROOM = 1;
const ROLLING = 5;

/**
 * Lets courteous drivers open a gap: whoever is the nearest behind, in the lane that a vehicle beside or ahead
 * indicates to, follows that vehicle as if it were in the lane already, with mild braking only. Indicators are those of
 * the ego and of everybody who has to leave its lane; who has set out for a lane is followed as a leader anyway. Call
 * after `decideTraffic` has set accelerations.
 */
export function openGaps(traffic: TrafficState, road: Road): void {
  const { vehicles, neighbours } = traffic;
  const { count, indicator, lane, d } = vehicles;
  const { centre } = road.lanes;
  // Where no lane ends and none leads off, only the ego can want in.
  const asking = road.isUniform ? 1 : count;
  for (let i = 0; i < asking; i++) {
    const signal = indicator[i]!;
    if (signal === 0 || signal === HAZARD_LIGHTS || vehicles.targetLane[i] !== lane[i]) continue;
    const own = lane[i]!;
    const target = own - signal;
    if (target < 0 || target >= road.laneCount || !road.mayChange(own, target, vehicles.s[i]!)) continue;
    if ((centre[own]! - d[i]!) * signal > COMING_OVER) continue;
    giveWay(traffic, road, nearestBehind(vehicles, neighbours, i, target), i, target);
  }
}

/** Lowers the acceleration of `slot` to what lets `merger` in, within the driver's readiness. */
function giveWay(traffic: TrafficState, road: Road, slot: number, merger: number, lane: number): void {
  const { vehicles, drivers } = traffic;
  if (slot === NOBODY || vehicles.control[slot] !== VEHICLE_CONTROL.model || vehicles.lane[slot] !== lane) return;
  if (vehicles.sDot[slot]! - vehicles.sDot[merger]! > LARGEST_CLOSING) return;
  // Abreast of it, only who rolls can still fall back.
  if (gapTo(traffic, slot, merger) < ROOM && vehicles.sDot[slot]! < ROLLING) return;
  const row = slot * TRAIT_STRIDE;
  const wish = READINESS * drivers.changing[row + CHANGING.politeness]!;
  const readiness = wish < 1 ? wish : 1;
  const hardest = -drivers.following[row + FOLLOWING.deceleration]! * readiness;
  const wanted = followingAcceleration(traffic, road, slot, merger, lane);
  const a = wanted > hardest ? wanted : hardest;
  if (a < vehicles.a[slot]!) vehicles.a[slot] = a;
}
