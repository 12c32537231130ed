import { createRandomStream } from '../../sim/core/randomStream.ts';
import { MIDSIZE_CAR } from '../../sim/vehicle/bicycleParameters.ts';
import type { EgoState } from '../../sim/vehicle/egoState.ts';
import { LINEAR_UNDERSTEER } from './corneringTests.ts';
import { carAt, testDrive } from './testDrive.ts';

const { width, length, frontAxle, rearAxle } = MIDSIZE_CAR;
const WHEELBASE = frontAxle + rearAxle;

/** A marked lane of the course: no corner of the car may be outside of it while it is within [from, to] [m]. */
interface Gate {
  readonly from: number;
  readonly to: number;
  readonly right: number;
  readonly left: number;
}

const ENTRY_WIDTH = 1.1 * width + 0.25;
const SIDE_WIDTH = width + 1;
const EXIT_WIDTH = Math.max(1.3 * width + 0.25, 3);

/**
 * A course after ISO 3888-2 (obstacle avoidance), for a car of width b: 12 m of lane 1.1 b + 0.25 m wide, 13.5 m to
 * change, 11 m of lane b + 1 m wide and 1 m further to the left, 12.5 m to change back, 12 m of lane 1.3 b + 0.25 m
 * wide, at least 3 m, whose right edge is that of the first. y = 0 is the right edge of the first lane.
 */
export const COURSE: readonly Gate[] = [
  { from: 0, to: 12, right: 0, left: ENTRY_WIDTH },
  { from: 25.5, to: 36.5, right: ENTRY_WIDTH + 1, left: ENTRY_WIDTH + 1 + SIDE_WIDTH },
  { from: 49, to: 61, right: 0, left: EXIT_WIDTH },
];

/** How the driver takes the course: aims at a point of a path that swings out and back by two cosines. */
export interface CourseDriver {
  /** Where the two swings begin [m], and their lengths [m]. */
  readonly outFrom: number;
  readonly outLength: number;
  readonly backFrom: number;
  readonly backLength: number;
  /** y of the path in the middle and at the end [m]. */
  readonly middle: number;
  readonly end: number;
  /** Preview [s]. */
  readonly preview: number;
  /** Steering over that of pure pursuit [1]. */
  readonly gain: number;
}

/** How a run went. */
export interface CourseRun {
  /** Deepest that a corner was outside a lane [m]; below 0 when the course was passed. */
  readonly worst: number;
  readonly exitSpeed: number;
  /** Largest side-slip angle [rad]. */
  readonly sideSlip: number;
  readonly trace: readonly (readonly [x: number, y: number])[];
}

/**
 * Drives the course with the throttle released from the entry on, as the standard has it. @param speed at the entry
 * [m/s]
 */
export function driveCourse(speed: number, driver: CourseDriver): CourseRun {
  const start = ENTRY_WIDTH / 2;
  const path = (x: number) => {
    const out = swing((x - driver.outFrom) / driver.outLength);
    const back = swing((x - driver.backFrom) / driver.backLength);
    return start + out * (driver.middle - start) + back * (driver.end - driver.middle);
  };
  const car = carAt(speed);
  car.x = -2;
  car.y = start;
  let worst = Number.NEGATIVE_INFINITY;
  let sideSlip = 0;
  const trace: [number, number][] = [];
  testDrive(
    car,
    8,
    (now, _time, out) => {
      worst = Math.max(worst, outsideCourse(now));
      sideSlip = Math.max(sideSlip, Math.abs(now.vy / now.vx));
      trace.push([now.x, now.y]);
      out.throttle = 0;
      out.steer = aim(now, path, driver);
    },
    (now) => now.x > 66 || now.vx < 5,
  );
  return { worst: car.x > 66 ? worst : 10, exitSpeed: car.vx, sideSlip, trace };
}

/** Road-wheel angle of pure pursuit with the steady-state understeer correction. */
function aim(car: EgoState, path: (x: number) => number, { preview, gain }: CourseDriver): number {
  const ahead = Math.max(preview * car.vx, 4);
  const targetX = car.x + ahead * Math.cos(car.yaw);
  const dx = targetX - car.x;
  const dy = path(targetX) - car.y;
  const across = dy * Math.cos(car.yaw) - dx * Math.sin(car.yaw);
  const curvature = (2 * across) / (dx * dx + dy * dy);
  return gain * curvature * (WHEELBASE + LINEAR_UNDERSTEER * car.vx * car.vx);
}

function swing(share: number): number {
  return share <= 0 ? 0 : share >= 1 ? 1 : (1 - Math.cos(Math.PI * share)) / 2;
}

/** Deepest that any corner is outside the lane it is in [m]; negative inside, -Infinity between lanes. */
function outsideCourse(car: EgoState): number {
  let worst = Number.NEGATIVE_INFINITY;
  for (const [along, across] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    const x = car.x + (along * length * Math.cos(car.yaw) - across * width * Math.sin(car.yaw)) / 2;
    const y = car.y + (along * length * Math.sin(car.yaw) + across * width * Math.cos(car.yaw)) / 2;
    for (const gate of COURSE) {
      if (x < gate.from || x > gate.to) continue;
      worst = Math.max(worst, y - gate.left, gate.right - y);
    }
  }
  return worst;
}

/**
 * Searches for a driver that passes at a speed [m/s], from a known one, by seeded random steps that shrink.
 * @returns the best found and its run
 */
export function searchDriver(speed: number, from: CourseDriver, tries: number, seed: number) {
  const random = createRandomStream(seed, 'course');
  let best = from;
  let run = driveCourse(speed, best);
  for (let k = 0; k < tries && run.worst >= 0; k++) {
    const reach = 1.5 * (1 - k / tries) + 0.1;
    const moved = (value: number, scale: number) => value + reach * scale * random.normal();
    const candidate: CourseDriver = {
      outFrom: moved(best.outFrom, 1.5),
      outLength: Math.max(moved(best.outLength, 1.5), 6),
      backFrom: moved(best.backFrom, 1.5),
      backLength: Math.max(moved(best.backLength, 1.5), 6),
      middle: moved(best.middle, 0.25),
      end: moved(best.end, 0.2),
      preview: Math.max(moved(best.preview, 0.05), 0.1),
      gain: Math.max(moved(best.gain, 0.15), 0.3),
    };
    const trial = driveCourse(speed, candidate);
    if (trial.worst >= run.worst) continue;
    best = candidate;
    run = trial;
  }
  return { driver: best, run };
}
