import { TICK_S } from '../core/time.ts';
import type { Road } from '../road/road.ts';
import { followingAcceleration, laneEndAcceleration } from './carFollowing.ts';
import { moveLaterally } from './lateralMotion.ts';
import { chooseLane, shouldAbort } from './mobil.ts';
import { findNeighbours, NOBODY } from './neighbours.ts';
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
  const { vehicles, drivers } = traffic;
  const { count, control, id, d, sDot, a, lane, targetLane, indicator, braking } = vehicles;
  const { leader, otherLeader } = traffic.neighbours;
  const { changeRest } = drivers;
  const { centre } = road.lanes;
  for (let i = 0; i < count; i++) {
    if (control[i] !== VEHICLE_CONTROL.model) continue;
    const here = lane[i]!;
    // The most cautious of what the leaders in all occupied lanes and the lane's end allow.
    let acceleration = followingAcceleration(traffic, road, i, leader[i]!, here);
    const other = otherLeader[i]!;
    if (other !== NOBODY) acceleration = Math.min(acceleration, followingAcceleration(traffic, road, i, other, here));
    if (road.hasLaneEnds) acceleration = Math.min(acceleration, laneEndAcceleration(traffic, road, i, targetLane[i]!));
    a[i] = acceleration;
    if (changeRest[i]! > 0) changeRest[i] = changeRest[i]! - 1;
    if ((tick + id[i]!) % LANE_DECISION_TICKS === 0) decideLane(traffic, road, i, acceleration);
    const towards = targetLane[i]! - here;
    if (towards !== 0) {
      indicator[i] = towards > 0 ? -1 : 1;
    } else {
      const offset = centre[here]! - d[i]!;
      indicator[i] = offset > SETTLED_OFFSET ? 1 : offset < -SETTLED_OFFSET ? -1 : 0;
    }
    braking[i] = acceleration < BRAKE_LIGHT_ACCELERATION || sDot[i]! < 0.1 ? 1 : 0;
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
    if (dDot[i] !== 0 || d[i] !== centre[targetLane[i]!]) moveLaterally(vehicles, road, i, TICK_S);
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
}
