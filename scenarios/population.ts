import { createRandomStream } from '../sim/core/randomStream.ts';
import { createRoad } from '../sim/road/createRoad.ts';
import type { Road, RoadSpec } from '../sim/road/road.ts';
import { type DrawnDriver, drawDriver } from '../sim/traffic/driverProfile.ts';
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
/** Share of the equilibrium gap that is kept even in the tightest draw. */
const TIGHTEST_SHARE = 0.75;

/**
 * Fills all main lanes at the given density with drivers in near-equilibrium: each goes at the speed at which its gap is
 * its desired one. Trucks keep out of the leftmost of three or more lanes.
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
    let previous: VehicleSpec | null = null;
    // From downstream to upstream, so that each vehicle knows its leader.
    for (let s = road.length - spacing * random.uniform(); s > 0; ) {
      const type = drawType(mix, random);
      const drawn = drawDriver(type, random);
      const stretch = spacing * (1 + SPACING_VARIATION * (2 * random.uniform() - 1));
      const speed = equilibriumSpeed(drawn, road.speedLimit(lane), stretch - drawn.length);
      const needed: number = previous
        ? (previous.length + drawn.length) / 2 +
          TIGHTEST_SHARE * (drawn.profile.minimumGap + speed * drawn.profile.timeHeadway) +
          closingReserve(speed, previous.speed, drawn)
        : 0;
      if (previous) s = Math.min(s, previous.s - needed);
      if (s <= 0) break;
      if (!isKeptFree(request.free, lane, s, drawn.length)) {
        const vehicle: VehicleSpec = {
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
        vehicles.push(vehicle);
        previous = vehicle;
      }
      s -= stretch;
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

/** Speed at which `gap` is the driver's desired gap, at most a little under its desired speed [m/s]. */
function equilibriumSpeed(drawn: DrawnDriver, limit: number, gap: number): number {
  const { speedFactor, speedCap, minimumGap, timeHeadway } = drawn.profile;
  const following = Math.max(0, (gap - minimumGap) / timeHeadway);
  return Math.min(0.96 * Math.min(speedFactor * limit, speedCap), following);
}

/** Extra gap for a vehicle that closes in on a slower leader: what comfortable braking needs [m]. */
function closingReserve(speed: number, leaderSpeed: number, drawn: DrawnDriver): number {
  const closing = Math.max(0, speed - leaderSpeed);
  return (closing * closing) / (2 * drawn.profile.deceleration);
}

function isKeptFree(free: readonly FreeStretch[], lane: number, s: number, length: number): boolean {
  return free.some((stretch) => stretch.lane === lane && s + length / 2 > stretch.from && s - length / 2 < stretch.to);
}
