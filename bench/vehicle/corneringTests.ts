import { lateralAccelerationBound, steerLimit } from '../../sim/input/steeringShaper.ts';
import { MIDSIZE_CAR } from '../../sim/vehicle/bicycleParameters.ts';
import { carAt, holdSpeed, testDrive } from './testDrive.ts';

const { mass, frontAxle, rearAxle, frontStiffness, rearStiffness } = MIDSIZE_CAR;
const WHEELBASE = frontAxle + rearAxle;

/**
 * Understeer gradient of the linear model K = m (l_r C_r - l_f C_f) / (L C_f C_r) [rad s²/m]
 * (Rajamani 2012, eq. 3.12 and 3.13).
 */
export const LINEAR_UNDERSTEER =
  (mass * (rearAxle * rearStiffness - frontAxle * frontStiffness)) / (WHEELBASE * frontStiffness * rearStiffness);

/** Settled cornering. */
export interface SteadyTurn {
  /** Yaw rate [rad/s]. */
  readonly yawRate: number;
  /** v times yaw rate [m/s²]. */
  readonly lateralAcceleration: number;
  /** [m/s] */
  readonly speed: number;
}

/** Holds speed [m/s] and road-wheel angle [rad] until the turn is steady. */
export function steadyTurn(speed: number, steer: number): SteadyTurn {
  const car = carAt(speed);
  testDrive(car, 12, (now, time, out) => {
    holdSpeed(now, speed, out);
    out.steer = steer * Math.min(time / 4, 1);
  });
  return { yawRate: car.yawRate, lateralAcceleration: car.vx * car.yawRate, speed: car.vx };
}

/** Yaw rate per road-wheel angle in the linear range [1/s]. */
export function yawGain(speed: number): number {
  return steadyTurn(speed, 0.002).yawRate / 0.002;
}

/** Yaw gain of the linear model v / (L + K v²) [1/s] (Rajamani 2012, eq. 3.13). */
export function linearYawGain(speed: number): number {
  return speed / (WHEELBASE + LINEAR_UNDERSTEER * speed * speed);
}

/** Steering needed beyond the geometric angle, over lateral acceleration, at 25 m/s up to the limit. */
export function steeringCurve(): readonly (readonly [lateralAcceleration: number, extraSteer: number])[] {
  return Array.from({ length: 30 }, (_, i) => {
    const steer = 0.003 * (i + 1);
    const { lateralAcceleration, speed } = steadyTurn(25, steer);
    return [lateralAcceleration, steer - (WHEELBASE * lateralAcceleration) / (speed * speed)] as const;
  });
}

/** Understeer gradient of the car: slope of that curve up to 3 m/s² by least squares through 0 [rad s²/m]. */
export function measuredUndersteer(): number {
  const points = steeringCurve().filter(([acceleration]) => acceleration <= 3);
  const sum = (f: (a: number, e: number) => number) => points.reduce((total, [a, e]) => total + f(a, e), 0);
  return sum((a, e) => a * e) / sum((a) => a * a);
}

/** Largest steady lateral acceleration at 25 m/s [m/s²]. */
export function corneringLimit(): number {
  return Math.max(...steeringCurve().map(([acceleration]) => acceleration));
}

/** Answer to a steering step at 80 km/h that settles near 4 m/s² (after ISO 7401). */
export interface StepResponse {
  /** From half of the steering step to 90 % of the settled yaw rate [s]. */
  readonly responseTime: number;
  /** Largest yaw rate over the settled one, minus 1. */
  readonly overshoot: number;
  readonly trace: readonly (readonly [time: number, yawRate: number])[];
}

export function stepSteer(): StepResponse {
  const speed = 80 / 3.6;
  const steer = (4 * (WHEELBASE + LINEAR_UNDERSTEER * speed * speed)) / (speed * speed);
  const car = carAt(speed);
  const trace: [number, number][] = [];
  testDrive(car, 5, (now, time, out) => {
    trace.push([time, now.yawRate]);
    holdSpeed(now, speed, out);
    out.steer = steer;
  });
  const settled = car.yawRate;
  const half = (0.5 * steer) / MIDSIZE_CAR.steerRate;
  return {
    responseTime: trace.find(([, rate]) => rate >= 0.9 * settled)![0] - half,
    overshoot: Math.max(...trace.map(([, rate]) => rate)) / settled - 1,
    trace,
  };
}

/**
 * Steady lateral acceleration at full keyboard deflection over the bound that the input shaper promises, by speed
 * [m/s].
 */
export function keyboardRatio(speed: number): number {
  return steadyTurn(speed, steerLimit(speed)).lateralAcceleration / lateralAccelerationBound(speed);
}
