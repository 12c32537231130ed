import { TICK_S } from '../../sim/core/time.ts';
import { advanceRing, createRing, overlappingPairs, type RingSpec } from './ring.ts';

/** One density of the fundamental diagram. */
export interface DiagramPoint {
  /** [veh/km/lane] */
  readonly density: number;
  /** Space mean [m/s]. */
  readonly speed: number;
  /** Density times speed [veh/h/lane]. */
  readonly flow: number;
  /** Standard deviation of speeds over vehicles and time [m/s]. */
  readonly spread: number;
  /** Share of vehicles in each lane, leftmost first [1]. */
  readonly laneUse: readonly number[];
  /** Lane changes of a vehicle [1/km]. */
  readonly changesPerKm: number;
  /** Ticks with braking above 4 m/s² [1 / vehicle-hour]. */
  readonly hardBrakingPerHour: number;
  /** Pairs of vehicles that came to overlap. */
  readonly collisions: number;
  readonly vehicleHours: number;
}

/** A three-lane ring at one density; the usual population where neither `mix` nor `driver` is given. */
export interface DiagramRun extends Pick<RingSpec, 'mix' | 'driver'> {
  readonly density: number;
  /** Length of the ring [km]. */
  readonly km: number;
  readonly warmUpTicks: number;
  readonly ticks: number;
  readonly seed: number;
}

/** Speed limit of the ring [m/s]: 120 km/h. */
export const DIAGRAM_LIMIT = 120 / 3.6;
const LANES = 3;
/** Deceleration that counts as hard [m/s²]: what a lane changer may at most ask of its new follower (MOBIL). */
export const HARD_BRAKING = 4;

/** Runs one density; collisions are counted from the first tick on, the rest after the warm-up. */
export function diagramPoint({ density, km, warmUpTicks, ticks, seed, ...population }: DiagramRun): DiagramPoint {
  const perLane = Math.round(density * km);
  const ring = createRing({ length: km * 1000, lanes: LANES, speedLimit: DIAGRAM_LIMIT, perLane, seed, ...population });
  const { sDot, lane, a } = ring.traffic.vehicles;
  const order: number[] = [];
  let touching = new Set<number>();
  let collisions = 0;
  let [sum, squares, hard, changes, samples] = [0, 0, 0, 0, 0];
  const use = new Float64Array(LANES);
  const lastLane = Int16Array.from(lane.subarray(0, ring.count));
  for (let tick = 0; tick < warmUpTicks + ticks; tick++) {
    advanceRing(ring);
    const now = new Set(overlappingPairs(ring, order).map(([i, j]) => Math.min(i, j) * ring.count + Math.max(i, j)));
    for (const pair of now) if (!touching.has(pair)) collisions++;
    touching = now;
    for (let i = 0; i < ring.count; i++) {
      if (tick >= warmUpTicks) {
        sum += sDot[i]!;
        squares += sDot[i]! * sDot[i]!;
        use[lane[i]!] = use[lane[i]!]! + 1;
        if (a[i]! < -HARD_BRAKING) hard++;
        if (lane[i] !== lastLane[i]) changes++;
        samples++;
      }
      lastLane[i] = lane[i]!;
    }
  }
  const speed = sum / samples;
  const actual = perLane / km;
  return {
    density: actual,
    speed,
    flow: actual * speed * 3.6,
    spread: Math.sqrt(Math.max(squares / samples - speed * speed, 0)),
    laneUse: [...use].map((count) => count / samples),
    changesPerKm: (1000 * changes) / (sum * TICK_S),
    hardBrakingPerHour: (3600 * hard) / (samples * TICK_S),
    collisions,
    vehicleHours: (ring.count * (warmUpTicks + ticks) * TICK_S) / 3600,
  };
}
