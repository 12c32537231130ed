import { PLACE } from '../traffic/neighbours.ts';
import { VEHICLE_CONTROL } from '../traffic/vehicleColumns.ts';
import { cos, sin } from './deterministicMath.ts';
import type { World } from './world.ts';

/** A leader closer in time than this is a near miss [s]; between nuPlan's 0.95 s and the 1.5 s of Hayward (1972). */
const NEAR_MISS_TTC_S = 1.2;
/** Rest between two near-miss events [ticks]. */
const NEAR_MISS_REST_TICKS = 30;
/**
 * Vehicles further along the road than this are not looked at [m]: 80 m/s would be needed from there, and a long
 * vehicle.
 */
const NEAR_MISS_SIGHT = 120;
/** A corner of the ego further outside the lanes than this is off the road [m]; nuPlan's drivable-area tolerance. */
const OFF_ROAD_TOLERANCE = 0.3;

/** Appends what happened to the ego in the tick that just ended; collisions are noted by the contact step itself. */
export function detectEvents(world: World): void {
  const { watch, vehicles, events, ego, road, car, tick } = world;
  const lane = vehicles.lane[0]!;
  if (lane !== watch.egoLane) {
    events.push({ tick, kind: 'lane-change', from: watch.egoLane, to: lane });
    watch.egoLane = lane;
  }
  const reach = (car.width / 2) * cos(ego.headingOffset) + (car.length / 2) * Math.abs(sin(ego.headingOffset));
  const off = ego.d + reach > OFF_ROAD_TOLERANCE || ego.d - reach < road.rightEdge(ego.s) - OFF_ROAD_TOLERANCE;
  if (off && !watch.offRoad) events.push({ tick, kind: 'off-road', d: ego.d });
  watch.offRoad = off;
  if (tick - watch.lastNearMissTick > NEAR_MISS_REST_TICKS) detectNearMiss(world);
}

function detectNearMiss(world: World): void {
  const { order, places, ordered } = world.traffic.neighbours;
  const rank = places[PLACE.rank]!;
  for (let k = rank - 1; k >= 0 && isInSight(world, order[k]!); k--) if (noteNearMiss(world, order[k]!)) return;
  for (let k = rank + 1; k < ordered && isInSight(world, order[k]!); k++) if (noteNearMiss(world, order[k]!)) return;
}

/** Whether a vehicle is near enough to be the other of a near miss at any speed. */
function isInSight({ vehicles, ego }: World, slot: number): boolean {
  return Math.abs(vehicles.s[slot]! - ego.s) < NEAR_MISS_SIGHT;
}

/** Notes a near miss with a vehicle, if it is one. */
function noteNearMiss(world: World, slot: number): boolean {
  const { vehicles, ego, car, tick } = world;
  if (vehicles.control[slot] === VEHICLE_CONTROL.wreck) return false;
  const overlap = (vehicles.width[slot]! + car.width) / 2 - Math.abs(vehicles.d[slot]! - ego.d);
  if (overlap <= 0) return false;
  const ahead = vehicles.s[slot]! > ego.s;
  const gap = Math.abs(vehicles.s[slot]! - ego.s) - (vehicles.length[slot]! + car.length) / 2;
  const closing = ahead ? ego.sDot - vehicles.sDot[slot]! : vehicles.sDot[slot]! - ego.sDot;
  if (gap <= 0 || closing <= 0 || gap / closing >= NEAR_MISS_TTC_S) return false;
  world.events.push({ tick, kind: 'near-miss', other: vehicles.id[slot]!, ttc: gap / closing, gap });
  world.watch.lastNearMissTick = tick;
  return true;
}
