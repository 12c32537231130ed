import { log } from '../core/deterministicMath.ts';
import type { RandomStream } from '../core/randomStream.ts';
import { TICK_S } from '../core/time.ts';
import type { Road } from '../road/road.ts';
import { type DriverType, drawDriver } from './driverProfile.ts';
import { addVehicle, type TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from './vehicleColumns.ts';

/** Shares of the driver types in a population; any positive numbers, normalised on use. */
export type DriverMix = Readonly<Record<DriverType, number>>;

/** Demand at the upstream end of one lane. */
export interface InflowSpec {
  readonly lane: number;
  /** Where vehicles enter [m]. */
  readonly s: number;
  /** [veh/h] */
  readonly flow: number;
  /** Speed of entering vehicles [m/s]; lowered to the leader's. */
  readonly speed: number;
  /** Share of them who leave by the next exit, 0 to 1; 0 where absent. */
  readonly exitShare?: number;
}

/** Shortest headway between entering vehicles [s]; the rest of the mean headway is exponential (Cowan 1975, M2). */
const SHORTEST_HEADWAY_S = 1.2;

/** State of all inflows: seconds until the next arrival of each, and the next free id. */
export interface InflowState {
  readonly specs: readonly InflowSpec[];
  readonly mix: DriverMix;
  readonly wait: Float64Array;
  nextId: number;
}

export function createInflow(
  specs: readonly InflowSpec[],
  mix: DriverMix,
  firstId: number,
  random: RandomStream,
): InflowState {
  const wait = Float64Array.from(specs, (spec) => drawHeadway(spec, random));
  return { specs, mix, wait, nextId: firstId };
}

/** Lets vehicles enter whose time has come and who find room; the others wait at the entrance. */
export function admitArrivals(traffic: TrafficState, road: Road, inflow: InflowState, random: RandomStream): void {
  for (const [k, spec] of inflow.specs.entries()) {
    inflow.wait[k] = inflow.wait[k]! - TICK_S;
    if (inflow.wait[k]! > 0 || traffic.vehicles.count === traffic.vehicles.capacity) continue;
    const leader = lastInLane(traffic, spec.lane);
    const room =
      leader < 0
        ? Number.POSITIVE_INFINITY
        : traffic.vehicles.s[leader]! - traffic.vehicles.length[leader]! / 2 - spec.s;
    const speed = leader < 0 ? spec.speed : Math.min(spec.speed, traffic.vehicles.sDot[leader]! + 2);
    if (room < 16 + SHORTEST_HEADWAY_S * speed) continue;
    const type = drawType(inflow.mix, random);
    const { profile, length, width } = drawDriver(type, random);
    const { exitShare = 0 } = spec;
    addVehicle(traffic, road, {
      id: inflow.nextId++,
      kind: type === 'truck' ? VEHICLE_KIND.truck : VEHICLE_KIND.car,
      control: VEHICLE_CONTROL.model,
      s: spec.s,
      d: road.laneCentre(spec.lane),
      speed: Math.min(speed, profile.speedCap),
      length,
      width,
      profile,
      choosesLane: true,
      ...(exitShare > 0 && random.uniform() < exitShare ? { leavesByExit: true } : {}),
    });
    inflow.wait[k] = drawHeadway(spec, random);
  }
}

/** Draws a driver type from a mix. */
export function drawType(mix: DriverMix, random: RandomStream): DriverType {
  const total = mix.timid + mix.normal + mix.brisk + mix.truck;
  let left = random.uniform() * total;
  for (const type of ['timid', 'normal', 'brisk'] as const) {
    if (left < mix[type]) return type;
    left -= mix[type];
  }
  return mix.truck > 0 ? 'truck' : 'normal';
}

function drawHeadway(spec: InflowSpec, random: RandomStream): number {
  const mean = 3600 / spec.flow;
  const free = Math.max(mean - SHORTEST_HEADWAY_S, 0.05);
  return SHORTEST_HEADWAY_S - free * log(1 - random.uniform());
}

function lastInLane(traffic: TrafficState, lane: number): number {
  let last = -1;
  for (let i = 0; i < traffic.vehicles.count; i++) {
    if (traffic.vehicles.lane[i] !== lane && traffic.vehicles.targetLane[i] !== lane) continue;
    if (last < 0 || traffic.vehicles.s[i]! < traffic.vehicles.s[last]!) last = i;
  }
  return last;
}
