import type { World } from '../../../sim/core/world.ts';
import { understeerGradient, wheelbaseOf } from './steadySteering.ts';

/** Feedback of the heading error to the road-wheel angle [1] and of the yaw rate's error [s]. */
const HEADING_GAIN = 0.9;
const YAW_DAMPING = 0.08;
/** Largest lateral acceleration that the assist asks for by itself [m/s²]. */
const GENTLE = 1.2;

/**
 * Road-wheel angle of an assist for keyboards [rad]: with the steering keys released the car turns parallel to the road
 * and stays so, along bends too, wherever in the lane it is. It neither centres in the lane nor brakes.
 * Feed-forward δ = κ (L + K v²) (Rajamani 2012, eq. 3.13), feedback on heading and yaw rate that weakens with v².
 */
export function laneAssistSteer(world: World): number {
  const { ego, road, car } = world;
  const speed = Math.max(ego.vx, 3);
  const roadCurvature = road.curvature(ego.s) / (1 - road.curvature(ego.s) * ego.d);
  const stiffness = wheelbaseOf(car) + understeerGradient(car) * speed * speed;
  // Turning back at the rate v * error / 1 m would be violent at speed: bounded as an acceleration.
  const wanted = (-HEADING_GAIN * ego.headingOffset * speed * speed) / 12;
  const bounded = Math.min(Math.max(wanted, -GENTLE), GENTLE);
  const curvature = roadCurvature + bounded / (speed * speed);
  return curvature * stiffness + YAW_DAMPING * (curvature * ego.vx - ego.yawRate);
}
