import { carAt, testDrive } from './testDrive.ts';

/** 100 km/h [m/s]. */
export const HUNDRED = 100 / 3.6;

/** Time from standstill to a speed [m/s] at full throttle [s]. */
export function accelerationTime(speed: number): number {
  return testDrive(carAt(0), 120, fullThrottle, (car) => car.vx >= speed);
}

/** Distance from a speed [m/s] to standstill at full brake [m]. */
export function brakingDistance(speed: number): number {
  const car = carAt(speed);
  testDrive(car, 20, fullBrake, (now) => now.vx === 0);
  return car.x;
}

/** Speed after two minutes of full throttle [m/s]. */
export function topSpeed(): number {
  const car = carAt(50);
  testDrive(car, 120, fullThrottle);
  return car.vx;
}

/** What moves in a minute on the brake after a hard stop with the wheels turned: way [m] plus turn [rad]. */
export function standstillCreep(): number {
  const car = carAt(15);
  const brakeTurned = (_: unknown, __: unknown, out: Parameters<typeof fullBrake>[2]) => {
    fullBrake(_, __, out);
    out.steer = 0.2;
  };
  testDrive(car, 10, brakeTurned);
  const { x, y, yaw } = car;
  testDrive(car, 60, brakeTurned);
  return Math.abs(car.x - x) + Math.abs(car.y - y) + Math.abs(car.yaw - yaw) + Math.abs(car.vx) + Math.abs(car.vy);
}

/** Speed [m/s] over time [s] at full throttle, and over time of a full stop from 100 km/h. */
export function speedTraces(): { readonly throttle: [number, number][]; readonly brake: [number, number][] } {
  const throttle: [number, number][] = [];
  const brake: [number, number][] = [];
  testDrive(carAt(0), 15, (car, time, out) => {
    throttle.push([time, car.vx]);
    fullThrottle(car, time, out);
  });
  testDrive(carAt(HUNDRED), 4, (car, time, out) => {
    brake.push([time, car.vx]);
    fullBrake(car, time, out);
  });
  return { throttle, brake };
}

function fullThrottle(_car: unknown, _time: unknown, out: { throttle: number }): void {
  out.throttle = 1;
}

function fullBrake(_car: unknown, _time: unknown, out: { brake: number; steer: number }): void {
  out.brake = 1;
}
