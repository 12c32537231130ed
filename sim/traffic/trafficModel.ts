import { TICK_S } from '../core/time.ts';
import { PLAIN_CELL_M, type Road } from '../road/road.ts';
import { openGaps } from './courtesy.ts';
import { hasToChange, shareRoom, sideToReach } from './laneEnd.ts';
import { moveLaterally } from './lateralMotion.ts';
import { chooseLane, shouldAbort } from './mobil.ts';
import { LANE_KEEPING } from './neighbours.ts';
import { recoverHeadway } from './relaxation.ts';
import { headFor, type TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL, type VehicleColumns } from './vehicleColumns.ts';

const { centred: CENTRED } = LANE_KEEPING;
const { model: MODEL } = VEHICLE_CONTROL;

const DT = TICK_S;
const CELL = PLAIN_CELL_M;

/** Drivers weigh a lane change every so many ticks. */
const LANE_DECISION_TICKS = 10;
/** Rest after a lane change before the next discretionary one [ticks]. */
const CHANGE_REST_TICKS = 100;
/** A change is over when the centre is this close to the lane's [m]. */
const SETTLED_OFFSET = 0.35;
/** Brake lights are on below this acceleration [m/s²], and below this speed [m/s]. */
const BRAKE_LIGHT_ACCELERATION = -0.7;
const STANDING_SPEED = 0.1;

/**
 * Decides for all model-driven vehicles what they do in the coming tick: acceleration as surveyed (`surveyTraffic`),
 * lane by MOBIL. Writes `a` and `targetLane`.
 */
export function decideTraffic(traffic: TrafficState, road: Road, tick: number): void {
  const { vehicles, wanted } = traffic;
  vehicles.a.set(wanted);
  // Staggered by slot: a tenth of the drivers in each tick.
  const { count, control } = vehicles;
  for (let i = tick % LANE_DECISION_TICKS; i < count; i += LANE_DECISION_TICKS) {
    if (control[i] !== MODEL) continue;
    recoverHeadway(traffic.drivers, i);
    decideLane(traffic, road, i, tick);
  }
  openGaps(traffic, road);
}

function decideLane(traffic: TrafficState, road: Road, slot: number, tick: number): void {
  const { vehicles, drivers } = traffic;
  if (drivers.choosesLane[slot] === 0) return;
  const lane = vehicles.lane[slot]!;
  if (vehicles.targetLane[slot] !== lane) {
    if (shouldAbort(traffic, road, slot)) headFor(traffic, slot, lane);
    return;
  }
  if (tick < drivers.restUntil[slot]! && (road.isUniform || !hasToChange(traffic, road, slot))) return;
  if (Math.abs(road.lanes.centre[lane]! - vehicles.d[slot]!) > SETTLED_OFFSET) return;
  const target = chooseLane(traffic, road, slot, vehicles.a[slot]!);
  if (target === lane) return;
  headFor(traffic, slot, target);
  traffic.neighbours.claims[traffic.neighbours.claimCount++] = slot;
  drivers.restUntil[slot] = tick + CHANGE_REST_TICKS;
  if (!road.isUniform) shareRoom(traffic, road, slot);
}

/** Slots that the running tick moves across the road, or that have a lane end or an exit to think of. */
let across = new Int32Array(64);

/**
 * Moves all model-driven vehicles through one tick: ballistic along the road, feedback-limited across it. Sets their
 * lights by what they do in it.
 */
export function moveTraffic(traffic: TrafficState, road: Road): void {
  const { vehicles, neighbours } = traffic;
  const { count, control, s, sDot, a, braking } = vehicles;
  const { keeping } = neighbours;
  if (across.length < count) across = new Int32Array(vehicles.capacity);
  const astray = across;
  let many = 0;
  for (let i = 0; i < count; i++) {
    if (keeping[i] !== CENTRED) {
      if (control[i] !== MODEL) continue;
      astray[many++] = i;
    }
    const v = sDot[i]!;
    const acceleration = a[i]!;
    braking[i] = acceleration < BRAKE_LIGHT_ACCELERATION || v < STANDING_SPEED ? 1 : 0;
    const next = v + acceleration * DT;
    if (next >= 0) {
      s[i] = s[i]! + ((v + next) / 2) * DT;
      sDot[i] = next;
    } else {
      s[i] = s[i]! - (v * v) / (2 * acceleration);
      sDot[i] = 0;
    }
  }
  if (!road.isUniform) indicateWishes(traffic, road);
  indicate(vehicles, road, astray, many);
  moveLaterally(traffic, road, astray, many, DT);
}

/** Indicators of those who drive across the road: until they have nearly arrived where they drive to. */
function indicate(
  { s, d, lane, targetLane, indicator }: VehicleColumns,
  road: Road,
  slots: Int32Array,
  count: number,
): void {
  const { centre } = road.lanes;
  for (let k = 0; k < count; k++) {
    const i = slots[k]!;
    const target = targetLane[i]!;
    const towards = target - lane[i]!;
    const offset = centre[target]! - d[i]!;
    if (towards !== 0) indicator[i] = towards > 0 ? -1 : 1;
    else if (offset > SETTLED_OFFSET) indicator[i] = 1;
    else if (offset < -SETTLED_OFFSET) indicator[i] = -1;
    else if (road.isUniform || road.plain[(s[i]! / CELL) | 0] === 1) indicator[i] = 0;
  }
}

/** Indicators of everybody who has to leave its lane; where lanes do not change nobody has to. */
function indicateWishes(traffic: TrafficState, road: Road): void {
  const { count, control, indicator, s } = traffic.vehicles;
  for (let i = 0; i < count; i++) {
    if (road.plain[(s[i]! / CELL) | 0] === 1) continue;
    if (control[i] === MODEL) indicator[i] = sideToReach(traffic, road, i);
  }
}
