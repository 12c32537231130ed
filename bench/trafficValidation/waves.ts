import { createRandomStream } from '../../sim/core/randomStream.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { createRoad, mainLane } from '../../sim/road/createRoad.ts';
import { drawDriver, meanProfile } from '../../sim/traffic/driverProfile.ts';
import { drawType } from '../../sim/traffic/inflow.ts';
import { surveyTraffic } from '../../sim/traffic/surveyTraffic.ts';
import { decideTraffic, moveTraffic } from '../../sim/traffic/trafficModel.ts';
import { addVehicle, createTrafficState } from '../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../sim/traffic/vehicleColumns.ts';
import { advanceRing, createRing, USUAL_MIX } from './ring.ts';

/** Standard deviation of the speeds on the ring of 230 m above which a jam has formed [m/s]. */
export const JAM_SPREAD = 1.5;

/** What became of 22 vehicles on a ring of 230 m (Sugiyama et al. 2008). */
export interface RingWave {
  /** Standard deviation of the speeds at the end [m/s]; above `JAM_SPREAD` there is a jam. */
  readonly spread: number;
  readonly meanSpeed: number;
  /** Slowest and fastest speed of any vehicle in the last `WATCHED_S` [m/s]; `slowest` 0 is a full stop. */
  readonly slowest: number;
  readonly fastest: number;
  /** Speed of the jam along the road [km/h], negative upstream; NaN when there is none. */
  readonly waveSpeed: number;
  /** (time [s], slowest speed [m/s]) each second. */
  readonly trace: readonly (readonly [number, number])[];
}

/** The end of the run in which the jam is followed and the slowest and fastest are sought [s]. */
const WATCHED_S = 180;

/**
 * The ring experiment: 22 mean drivers of type normal, one of whom stops at the start.
 * @param minutes length of the run
 */
export function sugiyamaRing(minutes: number): RingWave {
  const driver = { profile: meanProfile('normal'), length: 4.6, width: 1.82 };
  const ring = createRing({
    length: 230,
    lanes: 1,
    speedLimit: 40 / 3.6,
    perLane: 22,
    seed: 1,
    driver,
    changesLanes: false,
  });
  const { sDot, s } = ring.traffic.vehicles;
  sDot[0] = 0;
  const trace: [number, number][] = [];
  const jam: [number, number][] = [];
  const ticks = minutes * 600;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (let tick = 0; tick < ticks; tick++) {
    advanceRing(ring);
    const watched = tick > ticks - WATCHED_S / TICK_S;
    if (!watched && tick % 10 !== 0) continue;
    const speeds = sDot.subarray(0, ring.count);
    const minimum = Math.min(...speeds);
    if (watched) {
      lowest = Math.min(lowest, minimum);
      highest = Math.max(highest, ...speeds);
    }
    if (tick % 10 !== 0) continue;
    trace.push([tick * TICK_S, minimum]);
    if (watched) jam.push([tick * TICK_S, s[speeds.indexOf(minimum)]!]);
  }
  const speeds = [...sDot.subarray(0, ring.count)];
  const mean = speeds.reduce((a, b) => a + b, 0) / speeds.length;
  const spread = Math.sqrt(speeds.reduce((sum, v) => sum + (v - mean) ** 2, 0) / speeds.length);
  return {
    spread,
    meanSpeed: mean,
    slowest: lowest,
    fastest: highest,
    waveSpeed: spread < 0.5 ? Number.NaN : 3.6 * slopeOnRing(jam, 230),
    trace,
  };
}

/** Least-squares slope of positions on a ring, each taken next to the one before. */
function slopeOnRing(points: readonly (readonly [number, number])[], length: number): number {
  let last = points[0]![1];
  const unrolled = points.map(([t, s]) => {
    last += s - last - length * Math.round((s - last) / length);
    return [t, last] as const;
  });
  const mean = (f: (p: readonly [number, number]) => number) =>
    unrolled.reduce((sum, p) => sum + f(p), 0) / unrolled.length;
  const [t0, s0] = [mean(([t]) => t), mean(([, s]) => s)];
  return mean(([t, s]) => (t - t0) * (s - s0)) / mean(([t]) => (t - t0) ** 2);
}

/** How a platoon passes a disturbance on. */
export interface PlatoonResponse {
  /** Deepest dip below the equilibrium speed of each follower, first to last [m/s]. */
  readonly dips: readonly number[];
  /** Dip of the last over that of the first [1]; above 1 the platoon is string unstable. */
  readonly amplification: number;
}

const PLATOON = 40;

/** Lets the leader of 40 mean drivers of type normal brake by 2 m/s for 4 s and go on at its speed [m/s]. */
export function platoonResponse(speed: number): PlatoonResponse {
  const profile = meanProfile('normal');
  const limit = 120 / 3.6;
  const road = createRoad({
    pieces: [{ kind: 'straight', length: 40_000 }],
    lanes: [mainLane(3.6, limit)],
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });
  const traffic = createTrafficState(PLATOON + 1);
  const { vehicles } = traffic;
  const ratio = (speed / limit) ** 4;
  const spacing = 4.6 + (profile.minimumGap + profile.timeHeadway * speed) / Math.sqrt(1 - ratio);
  for (let i = 0; i <= PLATOON; i++) {
    addVehicle(traffic, road, {
      id: i,
      kind: VEHICLE_KIND.car,
      control: i === 0 ? VEHICLE_CONTROL.track : VEHICLE_CONTROL.model,
      s: 8000 - i * spacing,
      d: road.laneCentre(0),
      speed,
      length: 4.6,
      width: 1.82,
      profile,
      choosesLane: false,
    });
  }
  const dips = new Float64Array(PLATOON);
  for (let tick = 0; tick < 4500; tick++) {
    // 2 m/s slower within 2 s, 4 s so, and back within 2 s.
    const t = tick * TICK_S;
    vehicles.sDot[0] = speed - (t < 2 ? t : t < 6 ? 2 : Math.max(0, 8 - t));
    vehicles.s[0] = vehicles.s[0]! + vehicles.sDot[0]! * TICK_S;
    surveyTraffic(traffic, road);
    decideTraffic(traffic, road, tick);
    moveTraffic(traffic, road);
    for (let i = 0; i < PLATOON; i++) dips[i] = Math.max(dips[i]!, speed - vehicles.sDot[i + 1]!);
  }
  return { dips: [...dips], amplification: dips[PLATOON - 1]! / dips[0]! };
}

/** Vehicles in each lane of the queue, and lanes. */
const QUEUE = 70;
const QUEUE_LANES = 3;

/**
 * Flow out of a standing queue of the usual population on three lanes [veh/h/lane], counted 600 m downstream of its
 * head between its 8th and 60th vehicle a lane on average.
 */
export function queueDischarge(seed: number): number {
  const limit = 120 / 3.6;
  const road = createRoad({
    pieces: [{ kind: 'straight', length: 6000 }],
    lanes: Array.from({ length: QUEUE_LANES }, () => mainLane(3.6, limit)),
    shoulderLeft: 1,
    shoulderRight: 3,
    railLeft: true,
    railRight: true,
  });
  const random = createRandomStream(seed, 'queue');
  const traffic = createTrafficState(QUEUE * QUEUE_LANES);
  const head = 1200;
  for (let lane = 0; lane < QUEUE_LANES; lane++) {
    let front = head;
    for (let k = 0; k < QUEUE; k++) {
      const mix = lane === 0 ? { ...USUAL_MIX, truck: 0 } : USUAL_MIX;
      const type = drawType(mix, random);
      const { profile, length, width } = drawDriver(type, random);
      addVehicle(traffic, road, {
        id: traffic.vehicles.count,
        kind: type === 'truck' ? VEHICLE_KIND.truck : VEHICLE_KIND.car,
        control: VEHICLE_CONTROL.model,
        s: front - length / 2,
        d: road.laneCentre(lane),
        speed: 0,
        length,
        width,
        profile,
        choosesLane: true,
      });
      front -= length + profile.minimumGap;
    }
  }
  const detector = head + 600;
  const passed: number[] = [];
  const before = Float64Array.from(traffic.vehicles.s);
  for (let tick = 0; passed.length < 60 * QUEUE_LANES && tick < 6000; tick++) {
    surveyTraffic(traffic, road);
    decideTraffic(traffic, road, tick);
    moveTraffic(traffic, road);
    for (let i = 0; i < traffic.vehicles.count; i++) {
      if (before[i]! < detector && traffic.vehicles.s[i]! >= detector) passed.push(tick * TICK_S);
      before[i] = traffic.vehicles.s[i]!;
    }
  }
  const [first, last] = [8 * QUEUE_LANES, 60 * QUEUE_LANES - 1];
  return (3600 * (last - first)) / (passed[last]! - passed[first]!) / QUEUE_LANES;
}
