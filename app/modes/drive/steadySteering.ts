import type { BicycleParameters } from '../../../sim/vehicle/bicycleParameters.ts';

/** Distance between the axles [m]. */
export function wheelbaseOf(car: BicycleParameters): number {
  return car.frontAxle + car.rearAxle;
}

/**
 * Understeer gradient of a car: road-wheel angle per lateral acceleration beyond that of the bend's radius [rad s²/m].
 */
export function understeerGradient(car: BicycleParameters): number {
  const { mass, frontAxle, rearAxle, frontStiffness, rearStiffness } = car;
  return (
    (mass * (rearAxle * rearStiffness - frontAxle * frontStiffness)) /
    (wheelbaseOf(car) * frontStiffness * rearStiffness)
  );
}
