import { applyAcceleration } from '../../irl/agent/trackingController.ts';
import { SUBSTEP_S } from '../../sim/core/time.ts';
import { stepBicycle } from '../../sim/vehicle/bicycle.ts';
import { MIDSIZE_CAR } from '../../sim/vehicle/bicycleParameters.ts';
import { type EgoCommand, neutralCommand } from '../../sim/vehicle/egoCommand.ts';
import type { EgoState } from '../../sim/vehicle/egoState.ts';

/** The car on a free plane, rolling straight along x at a speed [m/s]. */
export function carAt(vx: number): EgoState {
  const still = { x: 0, y: 0, yaw: 0, vy: 0, yawRate: 0, steer: 0, ax: 0, ay: 0 };
  return { ...still, vx, s: 0, d: 0, headingOffset: 0, sDot: vx, dDot: 0 };
}

/**
 * Drives the product's car with the product's step.
 * @param command writes what the driver does in the coming substep
 * @param until ends the drive early
 * @returns time driven [s]
 */
export function testDrive(
  car: EgoState,
  seconds: number,
  command: (car: EgoState, time: number, out: EgoCommand) => void,
  until: (car: EgoState, time: number) => boolean = () => false,
): number {
  const out = neutralCommand();
  const steps = Math.round(seconds / SUBSTEP_S);
  for (let k = 0; k < steps; k++) {
    const time = k * SUBSTEP_S;
    if (until(car, time)) return time;
    command(car, time, out);
    stepBicycle(car, out, MIDSIZE_CAR, true);
  }
  return steps * SUBSTEP_S;
}

/** Pedals that hold a speed [m/s]. */
export function holdSpeed(car: EgoState, speed: number, out: EgoCommand): void {
  applyAcceleration(2 * (speed - car.vx), car, MIDSIZE_CAR, out);
}
