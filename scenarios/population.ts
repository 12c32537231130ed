import { createRandomStream, type RandomStream } from '../sim/core/randomStream.ts';
import { createRoad } from '../sim/road/createRoad.ts';
import type { Road, RoadSpec } from '../sim/road/road.ts';
import { type DrawnDriver, drawDriver } from '../sim/traffic/driverProfile.ts';
import { idmAcceleration } from '../sim/traffic/idm.ts';
import { type DriverMix, drawType, type InflowSpec } from '../sim/traffic/inflow.ts';
import type { VehicleSpec } from '../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../sim/traffic/vehicleColumns.ts';

/** A stretch of one lane that the population leaves free. */
export interface FreeStretch {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** How a road is to be filled. */
export interface PopulationRequest {
  /** [veh/km/lane] */
  readonly density: number;
  readonly mix: DriverMix;
  readonly seed: number;
  readonly firstId: number;
  readonly free: readonly FreeStretch[];
}

/** Spacings vary uniformly by this share around their mean. */
const SPACING_VARIATION = 0.35;
/** Braking that a driver may start with [m/s²]. */
const GENTLE_BRAKING = 0.3;

/**
 * Fills all main lanes at the given density with drivers near equilibrium: each is about as fast as its gap allows. Trucks keep out of the leftmost of three or more lanes.
 */
export function populate(roadSpec: RoadSpec, request: PopulationRequest): VehicleSpec[] {
  const road = createRoad(roadSpec);
  const random = createRandomStream(request.seed, 'population');
  const vehicles: VehicleSpec[] = [];
  const mainLanes = roadSpec.lanes.filter((lane) => lane.kind === 'main').length;
  if (request.density <= 0) return vehicles;
  const spacing = 1000 / request.density;
  for (let lane = 0; lane < mainLanes; lane++) {
    const mix = lane === 0 && mainLanes > 2 ? { ...request.mix, truck: 0 } : request.mix;
    let leader: VehicleSpec | null = null;
    // From downstream to upstream, so that each vehicle knows its leader.
    for (let s = road.length - spacing * random.uniform(); s > 0; s -= drawSpacing(spacing, random)) {
      const type = drawType(mix, random);
      const drawn = drawDriver(type, random);
      if (isKeptFree(request.free, lane, s, drawn.length)) continue;
      const speed = settledSpeed(drawn, road.speedLimit(lane), s, leader);
      if (speed === null) continue;
      leader = {
        id: request.firstId + vehicles.length,
        kind: type === 'truck' ? VEHICLE_KIND.truck : VEHICLE_KIND.car,
        control: VEHICLE_CONTROL.model,
        s,
        d: road.laneCentre(lane),
        speed,
        length: drawn.length,
        width: drawn.width,
        profile: drawn.profile,
        choosesLane: true,
      };
      vehicles.push(leader);
    }
  }
  return vehicles;
}

/** Demand at the upstream end that keeps the density up. */
export function sustainingInflow(road: Road, density: number): InflowSpec[] {
  if (density <= 0) return [];
  const flows: InflowSpec[] = [];
  for (let lane = 0; lane < road.laneCount; lane++) {
    if (road.spec.lanes[lane]!.kind !== 'main') continue;
    const speed = Math.min(0.95 * road.speedLimit(lane), Math.max(2, (1000 / density - 6.6) / 1.25));
    flows.push({ lane, s: 0, flow: Math.min(2200, density * speed * 3.6), speed });
  }
  return flows;
}

function drawSpacing(mean: number, random: RandomStream): number {
  return mean * (1 + SPACING_VARIATION * (2 * random.uniform() - 1));
}

/** Fastest speed from which the driver would brake only gently behind its leader [m/s]; null when there is no room for it. */
function settledSpeed(drawn: DrawnDriver, limit: number, s: number, leader: VehicleSpec | null): number | null {
  const { speedFactor, speedCap, timeHeadway, minimumGap, acceleration, deceleration } = drawn.profile;
  const desired = Math.min(speedFactor * limit, speedCap);
  if (!leader) return 0.96 * desired;
  const gap = leader.s - s - (leader.length + drawn.length) / 2;
  if (gap < minimumGap) return null;
  for (let share = 0.96; share > 0; share -= 0.02) {
    const v = share * desired;
    const a = idmAcceleration(v, gap, leader.speed, desired, timeHeadway, minimumGap, acceleration, deceleration);
    if (a > -GENTLE_BRAKING) return v;
  }
  return 0;
}

function isKeptFree(free: readonly FreeStretch[], lane: number, s: number, length: number): boolean {
  return free.some((stretch) => stretch.lane === lane && s + length / 2 > stretch.from && s - length / 2 < stretch.to);
}
