import type { World } from '../../../sim/core/world.ts';
import type { Road } from '../../../sim/road/road.ts';

/** Columns that a reading needs; a world's vehicles and a recording's traffic both have them. */
export interface ReadableVehicles {
  readonly count: number;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly length: Float64Array;
  readonly width: Float64Array;
}

/** The car the reading is made from. */
export interface ReadingCar {
  readonly s: number;
  readonly d: number;
  readonly sDot: number;
  readonly length: number;
  readonly width: number;
}

/** What a driver reads off the road ahead. Reused between readings. */
export interface RoadReading {
  /** [m/s] */
  speed: number;
  /** Of the lane [m/s]. */
  limit: number;
  lane: number;
  /** Left of the lane's centre [m]. */
  offset: number;
  /** Bumper to bumper to the leader [m]; Infinity without one. */
  gap: number;
  /** gap / own speed [s]; Infinity without a leader or at standstill. */
  headwayS: number;
  /** gap / closing speed [s]; Infinity when it does not close. */
  ttcS: number;
}

export function emptyReading(): RoadReading {
  return { speed: 0, limit: 0, lane: 0, offset: 0, gap: 0, headwayS: 0, ttcS: 0 };
}

/** A vehicle further ahead is not followed [m]. */
const HORIZON = 200;
/** Lateral clearance of two boxes under which the one ahead is in the way [m]. */
const CLEARANCE = 0.3;
/** Below this speed a headway in seconds says nothing [m/s]. */
const STANDSTILL = 0.5;

/**
 * Reads speed, limit, lane, and distance to the leader: the nearest vehicle ahead whose centre is in the same lane or
 * whose box is in the way.
 * @param firstSlot 1 when slot 0 of `vehicles` is the car itself, else 0
 */
export function readRoad(
  road: Road,
  car: ReadingCar,
  vehicles: ReadableVehicles,
  firstSlot: 0 | 1,
  out: RoadReading,
): void {
  const lane = road.laneAt(car.s, car.d);
  out.speed = car.sDot;
  out.lane = lane;
  out.limit = road.speedLimit(lane);
  out.offset = car.d - road.laneCentre(lane);
  let gap = Number.POSITIVE_INFINITY;
  let leaderSpeed = 0;
  for (let i = firstSlot; i < vehicles.count; i++) {
    const ahead = vehicles.s[i]! - car.s;
    if (ahead <= 0 || ahead > HORIZON) continue;
    const apart = Math.abs(vehicles.d[i]! - car.d) - (vehicles.width[i]! + car.width) / 2;
    if (apart > CLEARANCE && road.laneAt(vehicles.s[i]!, vehicles.d[i]!) !== lane) continue;
    const distance = Math.max(0, ahead - (vehicles.length[i]! + car.length) / 2);
    if (distance >= gap) continue;
    gap = distance;
    leaderSpeed = vehicles.sDot[i]!;
  }
  out.gap = gap;
  out.headwayS = car.sDot > STANDSTILL ? gap / car.sDot : Number.POSITIVE_INFINITY;
  out.ttcS = car.sDot > leaderSpeed ? gap / (car.sDot - leaderSpeed) : Number.POSITIVE_INFINITY;
}

/** Reads the road for the ego of a running world. */
export function readEgo({ road, ego, car, vehicles }: World, out: RoadReading): void {
  readRoad(road, { s: ego.s, d: ego.d, sDot: ego.sDot, length: car.length, width: car.width }, vehicles, 1, out);
}
