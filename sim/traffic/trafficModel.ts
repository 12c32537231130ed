import { TICK_S } from '../core/time.ts';
import type { Road } from '../road/road.ts';
import { followingAcceleration, laneEndAcceleration } from './carFollowing.ts';
import { moveLaterally } from './lateralMotion.ts';
import { chooseLane, shouldAbort } from './mobil.ts';
import { findNeighbours, NOBODY } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL } from './vehicleColumns.ts';

/** Drivers weigh a lane change every so many ticks, staggered by id. */
const LANE_DECISION_TICKS = 5;
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
  for (let i = 0; i < vehicles.count; i++) {
    if (vehicles.control[i] !== VEHICLE_CONTROL.model) continue;
    const acceleration = accelerationInLanes(traffic, road, i);
    vehicles.a[i] = acceleration;
    if (drivers.changeRest[i]! > 0) drivers.changeRest[i] = drivers.changeRest[i]! - 1;
    if ((tick + vehicles.id[i]!) % LANE_DECISION_TICKS === 0) decideLane(traffic, road, i, acceleration);
    const towards = vehicles.targetLane[i]! - vehicles.lane[i]!;
    const offset = road.laneCentre(vehicles.targetLane[i]!) - vehicles.d[i]!;
    vehicles.indicator[i] =
      towards !== 0 ? -Math.sign(towards) : Math.abs(offset) > SETTLED_OFFSET ? Math.sign(offset) : 0;
    vehicles.braking[i] = acceleration < BRAKE_LIGHT_ACCELERATION || vehicles.sDot[i]! < 0.1 ? 1 : 0;
  }
}

/** Moves all model-driven vehicles through one tick: ballistic along the road, feedback-limited across it. */
export function moveTraffic(traffic: TrafficState, road: Road): void {
  const { vehicles } = traffic;
  const { control, s, sDot, a } = vehicles;
  for (let i = 0; i < vehicles.count; i++) {
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
    moveLaterally(vehicles, road, i, TICK_S);
  }
}

/** The most cautious of the IDM accelerations behind the leaders in all occupied lanes and before the lane's end [m/s²]. */
function accelerationInLanes(traffic: TrafficState, road: Road, slot: number): number {
  const { vehicles, neighbours } = traffic;
  const lane = vehicles.lane[slot]!;
  let result = followingAcceleration(traffic, road, slot, neighbours.leader[slot]!, lane);
  const other = neighbours.otherLeader[slot]!;
  if (other !== NOBODY) result = Math.min(result, followingAcceleration(traffic, road, slot, other, lane));
  return Math.min(result, laneEndAcceleration(traffic, road, slot, vehicles.targetLane[slot]!));
}

function decideLane(traffic: TrafficState, road: Road, slot: number, acceleration: number): void {
  const { vehicles, drivers } = traffic;
  if (drivers.choosesLane[slot] === 0) return;
  const lane = vehicles.lane[slot]!;
  if (vehicles.targetLane[slot] !== lane) {
    if (shouldAbort(traffic, road, slot)) vehicles.targetLane[slot] = lane;
    return;
  }
  if (drivers.changeRest[slot]! > 0 || Math.abs(road.laneCentre(lane) - vehicles.d[slot]!) > SETTLED_OFFSET) return;
  const target = chooseLane(traffic, road, slot, acceleration);
  if (target === lane) return;
  vehicles.targetLane[slot] = target;
  traffic.neighbours.claims[traffic.neighbours.claimCount++] = slot;
  drivers.changeRest[slot] = CHANGE_REST_TICKS;
}
