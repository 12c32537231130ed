import type { World } from '../../../sim/core/world.ts';
import { understeerGradient, wheelbaseOf } from './steadySteering.ts';

/** Rate at which the speed across the road dies out [1/s]. */
const COURSE_RATE = 1.5;
/** Largest lateral acceleration that this may take [m/s²]. */
const GENTLE = 1.5;
/** Feedback of the yaw rate's error to the road-wheel angle [s]. */
const YAW_DAMPING = 0.08;
/** Below this speed the gains stop growing [m/s]. */
const LOWEST_SPEED = 4;

/**
 * Road-wheel angle of an assist for keyboards [rad]: with the steering keys released the car turns parallel to the road
 * and stays so, along bends too, wherever in the lane it is. It neither centres in the lane nor brakes.
 *
 * Lateral acceleration a = κ v² - COURSE_RATE dDot, the second part bounded by GENTLE; road-wheel angle
 * δ = a / v² (L + K v²) (Rajamani 2012, eq. 3.13). It acts on the speed across the road, not on the heading: a car that
 * slips in a bend points inwards while it follows the road.
 */
export function laneAssistSteer(world: World): number {
  const { ego, road, car } = world;
  const speed = Math.max(ego.vx, LOWEST_SPEED);
  const bend = road.curvature(ego.s) / (1 - road.curvature(ego.s) * ego.d);
  const back = Math.min(Math.max(-COURSE_RATE * ego.dDot, -GENTLE), GENTLE);
  const curvature = bend + back / (speed * speed);
  const steady = curvature * (wheelbaseOf(car) + understeerGradient(car) * speed * speed);
  return steady + YAW_DAMPING * (curvature * ego.vx - ego.yawRate);
}
