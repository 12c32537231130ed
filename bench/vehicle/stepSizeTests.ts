import { SUBSTEP_S } from '../../sim/core/time.ts';
import { INNER_STEPS, integrateBicycle } from '../../sim/vehicle/bicycle.ts';
import { MIDSIZE_CAR } from '../../sim/vehicle/bicycleParameters.ts';
import { neutralCommand } from '../../sim/vehicle/egoCommand.ts';
import { carAt } from './testDrive.ts';

/** A manoeuvre whose end is compared between step sizes: one sine of steering, then straight, at 35 m/s, 4 s in all. */
export interface SineSteer {
  /** [rad] */
  readonly amplitude: number;
}

/** 2.6 m/s² at the peak, as in a lane change; and beyond the grip of the front tyres. */
export const NORMAL_SINE: SineSteer = { amplitude: 0.012 };
export const LIMIT_SINE: SineSteer = { amplitude: 0.06 };
const PERIOD_S = 2;
const SECONDS = 4;
const REFERENCE_HZ = 1920;

/** Lateral position at the end [m]. @param hz rate of calls, each with `innerSteps` integration steps */
function endOfSine({ amplitude }: SineSteer, hz: number, innerSteps: number): number {
  const car = carAt(35);
  const out = neutralCommand();
  for (let k = 0; k < SECONDS * hz; k++) {
    const middle = (k + 0.5) / hz;
    out.steer = middle < PERIOD_S ? amplitude * Math.sin((2 * Math.PI * middle) / PERIOD_S) : 0;
    integrateBicycle(car, out, MIDSIZE_CAR, true, 1 / hz, innerSteps);
  }
  return car.y;
}

/** Distance from the end at 1920 Hz, as a share of the lateral way there [1]. */
export function stepSizeError(sine: SineSteer, hz: number, innerSteps = 1): number {
  const reference = endOfSine(sine, REFERENCE_HZ, 1);
  return Math.abs(endOfSine(sine, hz, innerSteps) - reference) / Math.abs(reference);
}

/** The same for the steps of the product. */
export function shippedStepError(sine: SineSteer): number {
  return stepSizeError(sine, Math.round(1 / SUBSTEP_S), INNER_STEPS);
}
