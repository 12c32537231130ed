import { TICK_S } from '../core/time.ts';
import type { Road } from '../road/road.ts';
import { followingAcceleration, laneEndAcceleration } from './carFollowing.ts';
import { openGaps } from './courtesy.ts';
import { EMERGENCY_DECELERATION, SMALLEST_GAP } from './idm.ts';
import { fittingInAcceleration, shareRoom, sideToReach } from './laneEnd.ts';
import { moveLaterally } from './lateralMotion.ts';
import { chooseLane, shouldAbort } from './mobil.ts';
import { findNeighbours, NOBODY } from './neighbours.ts';
import { recoverHeadway } from './relaxation.ts';
import type { TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL } from './vehicleColumns.ts';

/** Drivers weigh a lane change every so many ticks, staggered by id. */
const LANE_DECISION_TICKS = 10;
/** Rest after a lane change before the next discretionary one [ticks]. */
const CHANGE_REST_TICKS = 100;
/** A change is over when the centre is this close to the lane's [m]. */
const SETTLED_OFFSET = 0.35;
/** Brake lights are on below this acceleration [m/s²]. */
const BRAKE_LIGHT_ACCELERATION = -0.7;

/**
 * Decides for all model-driven vehicles what they do in the coming tick: acceleration by IDM behind every vehicle in
 * the lanes they occupy, lane by MOBIL. Reads the state at the tick's start, writes `a`, `targetLane`, lights.
 */
export function decideTraffic(traffic: TrafficState, road: Road, tick: number): void {
  findNeighbours(traffic.vehicles, road, traffic.neighbours);
  followLeaders(traffic, road);
  followOthers(traffic, road);
  chooseLanes(traffic, road, tick);
  openGaps(traffic, road);
  setLights(traffic, road);
}

/**
 * IDM acceleration of everybody behind the leader in the lane of its centre. This is `followingAcceleration` for all
 * vehicles at once, written out: a call for each would box its result and cost more than the arithmetic.
 */
function followLeaders(traffic: TrafficState, road: Road): void {
  const { count, control, s, sDot, a, length, lane } = traffic.vehicles;
  const { speedFactor, speedCap, timeHeadway, minimumGap, acceleration, deceleration, approachFactor } =
    traffic.drivers;
  const { leader } = traffic.neighbours;
  const { limit } = road.lanes;
  for (let i = 0; i < count; i++) {
    if (control[i] !== VEHICLE_CONTROL.model) continue;
    const v = sDot[i]!;
    const wanted = speedFactor[i]! * limit[lane[i]!]!;
    const cap = speedCap[i]!;
    const ratio = v / (wanted < cap ? wanted : cap);
    const square = ratio * ratio;
    const strength = acceleration[i]!;
    let result = strength * (1 - square * square);
    const comfortable = -deceleration[i]!;
    if (result < comfortable) result = comfortable;
    const ahead = leader[i]!;
    if (ahead !== NOBODY) {
      const gap = s[ahead]! - s[i]! - (length[ahead]! + length[i]!) / 2;
      const dynamic = v * (timeHeadway[i]! + (v - sDot[ahead]!) * approachFactor[i]!);
      const desired = dynamic > 0 ? minimumGap[i]! + dynamic : minimumGap[i]!;
      const share = desired / (gap > SMALLEST_GAP ? gap : SMALLEST_GAP);
      result -= strength * share * share;
      if (result < -EMERGENCY_DECELERATION) result = -EMERGENCY_DECELERATION;
    }
    a[i] = result;
  }
}

/** Lowers the accelerations of those who are in a second lane too, or whose lane ends. */
function followOthers(traffic: TrafficState, road: Road): void {
  const { count, control, a, lane, targetLane } = traffic.vehicles;
  const { otherLeader } = traffic.neighbours;
  for (let i = 0; i < count; i++) {
    const other = otherLeader[i]!;
    if ((other === NOBODY && !road.hasLaneEnds) || control[i] !== VEHICLE_CONTROL.model) continue;
    if (other !== NOBODY) a[i] = Math.min(a[i]!, followingAcceleration(traffic, road, i, other, lane[i]!));
    if (!road.hasLaneEnds) continue;
    a[i] = Math.min(a[i]!, laneEndAcceleration(traffic, road, i, targetLane[i]!));
    if (targetLane[i] === lane[i]) a[i] = Math.min(a[i]!, fittingInAcceleration(traffic, road, i));
  }
}

function chooseLanes(traffic: TrafficState, road: Road, tick: number): void {
  const { count, control, id, a } = traffic.vehicles;
  const { changeRest } = traffic.drivers;
  for (let i = 0; i < count; i++) {
    if (changeRest[i]! > 0) changeRest[i] = changeRest[i]! - 1;
    if ((tick + id[i]!) % LANE_DECISION_TICKS !== 0 || control[i] !== VEHICLE_CONTROL.model) continue;
    recoverHeadway(traffic.drivers, i);
    decideLane(traffic, road, i, a[i]!);
  }
}

function setLights(traffic: TrafficState, road: Road): void {
  const { count, control, d, sDot, a, lane, targetLane, indicator, braking } = traffic.vehicles;
  const { centre } = road.lanes;
  for (let i = 0; i < count; i++) {
    if (control[i] !== VEHICLE_CONTROL.model) continue;
    const target = targetLane[i]!;
    const towards = target - lane[i]!;
    const offset = centre[target]! - d[i]!;
    if (towards !== 0) indicator[i] = towards > 0 ? -1 : 1;
    else indicator[i] = offset > SETTLED_OFFSET ? 1 : offset < -SETTLED_OFFSET ? -1 : 0;
    if (road.hasLaneEnds && towards === 0 && indicator[i] === 0) indicator[i] = sideToReach(traffic, road, i);
    braking[i] = a[i]! < BRAKE_LIGHT_ACCELERATION || sDot[i]! < 0.1 ? 1 : 0;
  }
}

/** Moves all model-driven vehicles through one tick: ballistic along the road, feedback-limited across it. */
export function moveTraffic(traffic: TrafficState, road: Road): void {
  const { vehicles } = traffic;
  const { count, control, s, d, sDot, dDot, a, targetLane } = vehicles;
  const { centre } = road.lanes;
  for (let i = 0; i < count; i++) {
    if (control[i] !== VEHICLE_CONTROL.model) continue;
    const v = sDot[i]!;
    const next = v + a[i]! * TICK_S;
    if (next >= 0) {
      s[i] = s[i]! + ((v + next) / 2) * TICK_S;
      sDot[i] = next;
    } else {
      s[i] = s[i]! - (v * v) / (2 * a[i]!);
      sDot[i] = 0;
    }
    if (dDot[i] !== 0 || d[i] !== centre[targetLane[i]!]) moveLaterally(traffic, road, i, TICK_S);
  }
}

function decideLane(traffic: TrafficState, road: Road, slot: number, acceleration: number): void {
  const { vehicles, drivers } = traffic;
  if (drivers.choosesLane[slot] === 0) return;
  const lane = vehicles.lane[slot]!;
  if (vehicles.targetLane[slot] !== lane) {
    if (shouldAbort(traffic, road, slot)) vehicles.targetLane[slot] = lane;
    return;
  }
  if (drivers.changeRest[slot]! > 0 || Math.abs(road.lanes.centre[lane]! - vehicles.d[slot]!) > SETTLED_OFFSET) return;
  const target = chooseLane(traffic, road, slot, acceleration);
  if (target === lane) return;
  vehicles.targetLane[slot] = target;
  traffic.neighbours.claims[traffic.neighbours.claimCount++] = slot;
  drivers.changeRest[slot] = CHANGE_REST_TICKS;
  if (road.hasLaneEnds) shareRoom(traffic, road, slot);
}
