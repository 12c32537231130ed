import { clamp } from '../../sim/core/deterministicMath.ts';
import type { Road } from '../../sim/road/road.ts';
import { type BicycleParameters, GRAVITY } from '../../sim/vehicle/bicycleParameters.ts';
import type { EgoCommand } from '../../sim/vehicle/egoCommand.ts';
import type { EgoState } from '../../sim/vehicle/egoState.ts';

/** Where the ego should be at one instant, in the road frame. */
export interface Reference {
  s: number;
  d: number;
  sDot: number;
  dDot: number;
  sDdot: number;
  dDdot: number;
}

/** Feedback of position [1/s²] and speed [1/s] along the road. */
const ALONG_POSITION_GAIN = 0.6;
const ALONG_SPEED_GAIN = 1.6;
/** Natural frequency [rad/s] and damping [1] of the lateral error. */
const LATERAL_FREQUENCY = 1.8;
const LATERAL_DAMPING = 1.0;
/** Feedback of the yaw rate's error to the road-wheel angle [s]. */
const YAW_DAMPING = 0.06;
/** Below this speed steering gains stop growing [m/s]. */
const LOWEST_STEERING_SPEED = 4;
/** Feedback alone never asks for more than this across [m/s²] or along [m/s²]. */
const LATERAL_LIMIT = 6;
const FEEDBACK_LIMIT = 2.5;

/**
 * Follows a reference with pedals and wheel: feed-forward by the inverse of the bicycle model (steady-state steering
 * with understeer gradient, Rajamani 2012, eq. 3.13; drag and rolling resistance along), feedback on position and
 * speed. Writes steer, throttle and brake of `out`.
 * @param weightOfPosition 1 follows the reference's s, 0 only its speed
 */
export function trackReference(
  reference: Reference,
  weightOfPosition: number,
  ego: EgoState,
  road: Road,
  car: BicycleParameters,
  out: EgoCommand,
): void {
  const feedback =
    weightOfPosition * ALONG_POSITION_GAIN * (reference.s - ego.s) + ALONG_SPEED_GAIN * (reference.sDot - ego.sDot);
  const stretch = 1 - road.curvature(ego.s) * ego.d;
  const acceleration = (reference.sDdot + clamp(feedback, -FEEDBACK_LIMIT, FEEDBACK_LIMIT)) * stretch;
  applyAcceleration(acceleration, ego, car, out);
  if (reference.sDot < 0.1 && reference.sDdot <= 0 && ego.vx < 0.5) {
    out.throttle = 0;
    out.brake = Math.max(out.brake, 0.2);
  }
  steerTowards(reference, ego, road, car, out);
}

/** Pedals for a longitudinal acceleration [m/s²]: the inverse of the bicycle model's force balance. */
export function applyAcceleration(acceleration: number, ego: EgoState, car: BicycleParameters, out: EgoCommand): void {
  const weight = car.mass * GRAVITY;
  const force = car.mass * acceleration + car.drag * ego.vx * ego.vx + car.rollingResistance * weight;
  if (force >= 0) {
    out.throttle = clamp(force / Math.min(car.driveForce, car.power / Math.max(ego.vx, 1)), 0, 1);
    out.brake = 0;
  } else {
    out.throttle = 0;
    out.brake = clamp(-force / (car.brakeUse * car.friction * weight), 0, 1);
  }
}

function steerTowards(reference: Reference, ego: EgoState, road: Road, car: BicycleParameters, out: EgoCommand): void {
  const speed = Math.max(ego.vx, LOWEST_STEERING_SPEED);
  const position = LATERAL_FREQUENCY * LATERAL_FREQUENCY * (reference.d - ego.d);
  const rate = 2 * LATERAL_DAMPING * LATERAL_FREQUENCY * (reference.dDot - ego.dDot);
  const lateral = clamp(reference.dDdot + position + rate, -LATERAL_LIMIT, LATERAL_LIMIT);
  const roadCurvature = road.curvature(ego.s) / (1 - road.curvature(ego.s) * ego.d);
  const curvature = roadCurvature + lateral / (speed * speed);
  const wheelbase = car.frontAxle + car.rearAxle;
  const understeer =
    (car.mass * (car.rearAxle * car.rearStiffness - car.frontAxle * car.frontStiffness)) /
    (wheelbase * car.frontStiffness * car.rearStiffness);
  const steady = curvature * (wheelbase + understeer * speed * speed);
  const damping = YAW_DAMPING * (curvature * ego.vx - ego.yawRate);
  out.steer = clamp(steady + damping, -car.steerLimit, car.steerLimit);
}
