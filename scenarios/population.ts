import { createRandomStream, type RandomStream } from '../sim/core/randomStream.ts';
import { createRoad } from '../sim/road/createRoad.ts';
import { throughEnd } from '../sim/road/laneUse.ts';
import type { Road, RoadSpec } from '../sim/road/road.ts';
import { WAITING_DISTANCE } from '../sim/traffic/carFollowing.ts';
import { type DrawnDriver, drawDriver } from '../sim/traffic/driverProfile.ts';
import { approachFactor, idmAcceleration } from '../sim/traffic/idm.ts';
import { type DriverMix, drawType, type InflowSpec } from '../sim/traffic/inflow.ts';
import type { VehicleSpec } from '../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../sim/traffic/vehicleColumns.ts';

/** A stretch of one lane that the population leaves free. */
export interface FreeStretch {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** A stretch of all main lanes with traffic of its own density. */
export interface JamStretch {
  readonly from: number;
  readonly to: number;
  /** [veh/km/lane] */
  readonly density: number;
}

/** An on-ramp, or an auxiliary lane, with traffic. */
export interface RampTraffic {
  readonly lane: number;
  /** [veh/km] */
  readonly density: number;
}

/** How a road is to be filled. */
export interface PopulationRequest {
  /** [veh/km/lane] */
  readonly density: number;
  readonly mix: DriverMix;
  readonly seed: number;
  readonly firstId: number;
  readonly free: readonly FreeStretch[];
  readonly jams?: readonly JamStretch[];
  readonly ramps?: readonly RampTraffic[];
  /** Share of the drivers on main lanes who leave by the next exit, 0 to 1. */
  readonly exitShare?: number;
  /** The ego, which nobody runs into from behind at the start. */
  readonly ego?: { readonly lane: number; readonly s: number; readonly speed: number; readonly length: number };
  /** Vehicles that the population has to expect ahead: slow or standing ones. */
  readonly obstacles?: readonly VehicleSpec[];
}

/** Spacings vary uniformly by this share around their mean. */
const SPACING_VARIATION = 0.35;
/** Braking that a driver may start with [m/s²]. */
const GENTLE_BRAKING = 0.3;

/** Braking behind the ego that a drive may begin with [m/s²]: hard, but not an emergency. */
const BRAKING_BEHIND_EGO = 4.5;

/** What a driver sees ahead: another vehicle, or the end of the lane. */
interface Ahead {
  readonly s: number;
  readonly speed: number;
  readonly length: number;
}

/**
 * Fills all main lanes, and the ramps that are to have traffic, with drivers near equilibrium: each is about as fast as
 * its gap allows. Trucks keep out of the leftmost of three or more lanes.
 * @returns from downstream to upstream
 */
export function populate(roadSpec: RoadSpec, request: PopulationRequest): VehicleSpec[] {
  const { jams = [], ramps = [], exitShare: share = 0, obstacles = [] } = request;
  const road = createRoad(roadSpec);
  const random = createRandomStream(request.seed, 'population');
  const exits = createRandomStream(request.seed, 'exits');
  const vehicles: VehicleSpec[] = [];
  const mainLanes = roadSpec.lanes.filter((lane) => lane.kind === 'main').length;
  const fill = (lane: number, density: number, mix: DriverMix, exitShare: number) => {
    const start = Math.max(roadSpec.lanes[lane]!.from, 0);
    const to = throughEnd(roadSpec.lanes[lane]!);
    const end = Math.min(to, road.length);
    const laneEnd: Ahead | null = to < road.length ? { s: to - WAITING_DISTANCE, speed: 0, length: 0 } : null;
    let leader: Ahead | null = laneEnd;
    const spacingAt = (s: number) => 1000 / densityAt(jams, s, density);
    // From downstream to upstream, so that each vehicle knows its leader.
    for (let s = end - spacingAt(end) * random.uniform(); s > start; s -= drawSpacing(spacingAt(s), random)) {
      const type = drawType(mix, random);
      const drawn = drawDriver(type, random);
      if (isKeptFree(request.free, lane, s, drawn.length)) continue;
      const ahead = nearerOf(leader, obstacleAhead(obstacles, road, lane, s));
      const settled = settledSpeed(drawn, road.speedLimit(lane), s, ahead);
      if (settled === null) continue;
      const speed = Math.min(settled, stoppableSpeed(request.ego, lane, s, drawn.length));
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
        ...(exitShare > 0 && exits.uniform() < exitShare ? { leavesByExit: true } : {}),
      };
      vehicles.push(vehicle);
      leader = vehicle;
    }
  };
  if (request.density > 0) {
    for (let lane = 0; lane < mainLanes; lane++) {
      const mix = lane === 0 && mainLanes > 2 ? { ...request.mix, truck: 0 } : request.mix;
      fill(lane, request.density, mix, share);
    }
  }
  for (const { lane, density } of ramps) if (density > 0) fill(lane, density, request.mix, 0);
  // The order of the slots is that of the road, so that sweeps over it go through memory in one direction.
  return vehicles.sort((a, b) => b.s - a.s);
}

/** Speed from which a driver can still slow down to the ego's without more than hard braking [m/s]. */
function stoppableSpeed(ego: PopulationRequest['ego'], lane: number, s: number, length: number): number {
  if (!ego || ego.lane !== lane || ego.s <= s) return Number.POSITIVE_INFINITY;
  const gap = Math.max(0, ego.s - s - (ego.length + length) / 2);
  return Math.sqrt(ego.speed * ego.speed + 2 * BRAKING_BEHIND_EGO * gap);
}

function densityAt(jams: readonly JamStretch[], s: number, elsewhere: number): number {
  return jams.find((jam) => s >= jam.from && s <= jam.to)?.density ?? elsewhere;
}

function obstacleAhead(obstacles: readonly VehicleSpec[], road: Road, lane: number, s: number): Ahead | null {
  let nearest: Ahead | null = null;
  for (const obstacle of obstacles) {
    if (obstacle.s > s && road.laneAt(obstacle.s, obstacle.d) === lane) nearest = nearerOf(nearest, obstacle);
  }
  return nearest;
}

function nearerOf(a: Ahead | null, b: Ahead | null): Ahead | null {
  if (!a || !b) return a ?? b;
  return a.s <= b.s ? a : b;
}

/** Demand at the upstream end of the road, and of ramps with traffic, that keeps the density and the exits up. */
export function sustainingInflow(
  road: Road,
  density: number,
  ramps: readonly RampTraffic[] = [],
  exitShare = 0,
): InflowSpec[] {
  const flows: InflowSpec[] = [];
  const demand = (lane: number, s: number, wanted: number, share: number) => {
    if (wanted <= 0) return;
    const speed = Math.min(0.95 * road.speedLimit(lane), Math.max(2, (1000 / wanted - 6.6) / 1.25));
    const flow = Math.min(2200, wanted * speed * 3.6);
    flows.push({ lane, s, flow, speed, ...(share > 0 ? { exitShare: share } : {}) });
  };
  for (let lane = 0; lane < road.laneCount; lane++) {
    if (road.spec.lanes[lane]!.kind === 'main') demand(lane, 0, density, exitShare);
  }
  for (const ramp of ramps) demand(ramp.lane, road.spec.lanes[ramp.lane]!.from, ramp.density, 0);
  return flows;
}

function drawSpacing(mean: number, random: RandomStream): number {
  return mean * (1 + SPACING_VARIATION * (2 * random.uniform() - 1));
}

/** Fastest speed from which the driver would brake only gently behind its leader [m/s]; null when there is no room for it. */
function settledSpeed(drawn: DrawnDriver, limit: number, s: number, leader: Ahead | null): number | null {
  const { speedFactor, speedCap, timeHeadway, minimumGap, acceleration, deceleration } = drawn.profile;
  const desired = Math.min(speedFactor * limit, speedCap);
  if (!leader) return 0.96 * desired;
  const gap = leader.s - s - (leader.length + drawn.length) / 2;
  if (gap < minimumGap) return null;
  const factor = approachFactor(acceleration, deceleration);
  for (let share = 0.96; share > 0; share -= 0.02) {
    const v = share * desired;
    const a = idmAcceleration(
      v,
      gap,
      leader.speed,
      1 / desired,
      timeHeadway,
      minimumGap,
      acceleration,
      deceleration,
      factor,
    );
    if (a > -GENTLE_BRAKING) return v;
  }
  return 0;
}

function isKeptFree(free: readonly FreeStretch[], lane: number, s: number, length: number): boolean {
  return free.some((stretch) => stretch.lane === lane && s + length / 2 > stretch.from && s - length / 2 < stretch.to);
}
