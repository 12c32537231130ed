import { VEHICLE_CONTROL } from '../traffic/vehicleColumns.ts';
import { cos, sin } from './deterministicMath.ts';
import type { World } from './world.ts';

/** A leader closer in time than this is a near miss [s]; between nuPlan's 0.95 s and the 1.5 s of Hayward (1972). */
const NEAR_MISS_TTC_S = 1.2;
/** Rest between two near-miss events [ticks]. */
const NEAR_MISS_REST_TICKS = 30;
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
  const { vehicles, ego, car, tick } = world;
  for (let i = 1; i < vehicles.count; i++) {
    if (vehicles.control[i] === VEHICLE_CONTROL.wreck) continue;
    const overlap = (vehicles.width[i]! + car.width) / 2 - Math.abs(vehicles.d[i]! - ego.d);
    if (overlap <= 0) continue;
    const ahead = vehicles.s[i]! > ego.s;
    const gap = Math.abs(vehicles.s[i]! - ego.s) - (vehicles.length[i]! + car.length) / 2;
    const closing = ahead ? ego.sDot - vehicles.sDot[i]! : vehicles.sDot[i]! - ego.sDot;
    if (gap <= 0 || closing <= 0 || gap / closing >= NEAR_MISS_TTC_S) continue;
    world.events.push({ tick, kind: 'near-miss', other: vehicles.id[i]!, ttc: gap / closing, gap });
    world.watch.lastNearMissTick = tick;
    return;
  }
}
