import { tan } from '../core/deterministicMath.ts';

/**
 * Lateral force of an axle by the Fiala brush model (Fiala 1954; Pacejka, Tire and Vehicle Dynamics, ch. 3), with the
 * friction that the longitudinal force leaves over (friction ellipse).
 * @param slipAngle [rad]; a positive angle gives a negative force
 * @param stiffness cornering stiffness of the axle [N/rad]
 * @param load vertical load of the axle [N]
 * @param friction [1]
 * @param longitudinal longitudinal force already taken [N]
 * @returns lateral force [N]
 */
export function fialaLateralForce(
  slipAngle: number,
  stiffness: number,
  load: number,
  friction: number,
  longitudinal: number,
): number {
  const limit = friction * load;
  const left = limit * limit - longitudinal * longitudinal;
  const peak = left > 0 ? Math.sqrt(left) : 0;
  if (peak === 0) return 0;
  const z = tan(slipAngle);
  const slide = (3 * peak) / stiffness;
  if (z >= slide) return -peak;
  if (z <= -slide) return peak;
  const magnitude = Math.abs(z);
  return (
    -stiffness * z +
    ((stiffness * stiffness) / (3 * peak)) * magnitude * z -
    ((stiffness * stiffness * stiffness) / (27 * peak * peak)) * z * z * z
  );
}
