import { createRandomStream } from '../../sim/core/randomStream.ts';
import { createRoad, mainLane } from '../../sim/road/createRoad.ts';
import type { Road } from '../../sim/road/road.ts';
import { type DrawnDriver, drawDriver } from '../../sim/traffic/driverProfile.ts';
import { type DriverMix, drawType } from '../../sim/traffic/inflow.ts';
import { surveyTraffic } from '../../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../../sim/traffic/trafficModel.ts';
import { addVehicle, createTrafficState, removeVehicle, type TrafficState } from '../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../sim/traffic/vehicleColumns.ts';

/** A population like that of the bundled scenarios. */
export const USUAL_MIX: DriverMix = { timid: 0.25, normal: 0.45, brisk: 0.2, truck: 0.1 };

/** What a ring is made of. */
export interface RingSpec {
  /** Length of the ring [m]. */
  readonly length: number;
  readonly lanes: number;
  /** [m/s] */
  readonly speedLimit: number;
  /** Vehicles in each lane. */
  readonly perLane: number;
  readonly seed: number;
  readonly mix?: DriverMix;
  /** Replaces what would be drawn. */
  readonly driver?: DrawnDriver;
  /** Whether drivers change lanes; default true. */
  readonly changesLanes?: boolean;
}

/** A ring road under the traffic model; the first `count` slots are its vehicles. */
export interface Ring {
  readonly spec: RingSpec;
  readonly road: Road;
  readonly traffic: TrafficState;
  readonly count: number;
  tick: number;
}

/** How far beyond the seam vehicles are shown to those on the other side [m]; at least what drivers look at. */
const SIGHT = 310;

/**
 * Makes a ring with equal gaps in each lane. The road of the model is straight, so the ring is closed by copies:
 * whoever is near one end of the stretch is also shown beyond the other, as a vehicle that the model does not move.
 */
export function createRing(spec: RingSpec): Ring {
  const road = createRoad({
    pieces: [{ kind: 'straight', length: spec.length }],
    lanes: Array.from({ length: spec.lanes }, () => mainLane(3.6, spec.speedLimit)),
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });
  const random = createRandomStream(spec.seed, 'ring');
  const count = spec.perLane * spec.lanes;
  const copies = Math.ceil((2 * SIGHT) / spec.length) + 1;
  const traffic = createTrafficState(count * (1 + copies));
  for (let lane = 0; lane < spec.lanes; lane++) {
    const drawn = Array.from({ length: spec.perLane }, () => {
      const mix = spec.mix ?? USUAL_MIX;
      // Trucks keep out of the leftmost of three lanes, as in the bundled scenarios.
      const type = drawType(lane === 0 && spec.lanes > 2 ? { ...mix, truck: 0 } : mix, random);
      return { type, ...(spec.driver ?? drawDriver(type, random)) };
    });
    const gap = (spec.length - drawn.reduce((sum, { length }) => sum + length, 0)) / spec.perLane;
    if (gap < 1) throw new RangeError(`ring: ${spec.perLane} vehicles leave gaps of ${gap} m; expected at least 1 m`);
    let s = 0;
    for (const { type, profile, length, width } of drawn) {
      addVehicle(traffic, road, {
        id: traffic.vehicles.count,
        kind: type === 'truck' ? VEHICLE_KIND.truck : VEHICLE_KIND.car,
        control: VEHICLE_CONTROL.model,
        s: s + length / 2,
        d: road.laneCentre(lane),
        speed: Math.max(0, Math.min(0.85 * spec.speedLimit, profile.speedCap, (gap - 2.5) / 1.6)),
        length,
        width,
        profile,
        choosesLane: spec.changesLanes ?? true,
      });
      s += length + gap;
    }
  }
  return { spec, road, traffic, count, tick: 0 };
}

/** Moves the ring by one tick. */
export function advanceRing(ring: Ring): void {
  const { traffic, road, count, spec } = ring;
  showCopies(ring);
  surveyTraffic(traffic, road);
  decideTraffic(traffic, road, ring.tick);
  while (traffic.vehicles.count > count) removeVehicle(traffic, traffic.vehicles.count - 1);
  moveTraffic(traffic, road);
  const { s } = traffic.vehicles;
  for (let i = 0; i < count; i++) if (s[i]! >= spec.length) s[i] = s[i]! - spec.length;
  ring.tick++;
}

const PROFILE = drawDriver('normal', createRandomStream(0, 'copies')).profile;

function showCopies({ traffic, road, count, spec }: Ring): void {
  const { vehicles } = traffic;
  for (let i = 0; i < count; i++) {
    for (let turn = 1; ; turn++) {
      const ahead = vehicles.s[i]! + turn * spec.length <= spec.length + SIGHT;
      const behind = vehicles.s[i]! - turn * spec.length >= -SIGHT;
      if (!ahead && !behind) break;
      if (ahead) addCopy(i, turn * spec.length);
      if (behind) addCopy(i, -turn * spec.length);
    }
  }

  function addCopy(i: number, shift: number): void {
    const slot = addVehicle(traffic, road, {
      id: 1_000_000 + vehicles.count,
      kind: VEHICLE_KIND.car,
      control: VEHICLE_CONTROL.track,
      s: vehicles.s[i]! + shift,
      d: vehicles.d[i]!,
      speed: vehicles.sDot[i]!,
      length: vehicles.length[i]!,
      width: vehicles.width[i]!,
      profile: PROFILE,
      choosesLane: false,
    });
    vehicles.dDot[slot] = vehicles.dDot[i]!;
    vehicles.a[slot] = vehicles.a[i]!;
  }
}

/** Pairs of slots whose boxes overlap. */
export function overlappingPairs({ traffic, count, spec }: Ring, order: number[]): [number, number][] {
  const { s, d, length, width } = traffic.vehicles;
  if (order.length !== count) order.splice(0, order.length, ...Array.from({ length: count }, (_, i) => i));
  order.sort((i, j) => s[i]! - s[j]!);
  const pairs: [number, number][] = [];
  for (let k = 0; k < count; k++) {
    for (let m = 1; m < count; m++) {
      const i = order[k]!;
      const j = order[(k + m) % count]!;
      const along = s[j]! - s[i]! + (k + m >= count ? spec.length : 0);
      if (along > 22) break;
      if (along >= (length[i]! + length[j]!) / 2) continue;
      if (Math.abs(d[i]! - d[j]!) < (width[i]! + width[j]!) / 2) pairs.push([i, j]);
    }
  }
  return pairs;
}
