import { atan2, clamp, cos, sin, tan } from '../core/deterministicMath.ts';
import { SUBSTEP_S } from '../core/time.ts';
import { type BicycleParameters, GRAVITY } from './bicycleParameters.ts';
import type { EgoCommand } from './egoCommand.ts';
import type { EgoState } from './egoState.ts';
import { fialaLateralForce } from './fialaTyre.ts';

/** Integration steps in one substep; two keep the limit-handling error under 1 % against 240 Hz. */
export const INNER_STEPS = 2;

/**
 * Moves the velocities and the steering angle of the ego through one substep (1/60 s): planar 3-DOF bicycle with Fiala
 * tyres, load transfer, friction ellipse, power limit, anti-lock brakes, drag, and a kinematic blend near standstill
 * (Rajamani 2012, ch. 2; Polack et al. 2017 for the blend). The pose is moved too unless `movePose` is false: near
 * other bodies the contact solver does that, from the velocities written here.
 *
 * The same function moves the person's car, the agent's car and every closed-loop rollout.
 */
export function stepBicycle(ego: EgoState, command: EgoCommand, car: BicycleParameters, movePose: boolean): void {
  integrateBicycle(ego, command, car, movePose, SUBSTEP_S, INNER_STEPS);
}

/**
 * The integration behind `stepBicycle`, with the step sizes open; the simulation itself always uses those of
 * `stepBicycle`, convergence studies use others.
 * @param duration time to advance by [s]
 * @param innerSteps integration steps in it, >= 1; load transfer is refreshed after the last
 */
export function integrateBicycle(
  ego: EgoState,
  command: EgoCommand,
  car: BicycleParameters,
  movePose: boolean,
  duration: number,
  innerSteps: number,
): void {
  const dt = duration / innerSteps;
  const vxBefore = ego.vx;
  const vyBefore = ego.vy;
  let lateralAcceleration = 0;
  for (let i = 0; i < innerSteps; i++) {
    lateralAcceleration += innerStep(ego, command, car, dt);
    if (movePose) movePoseBy(ego, dt);
  }
  const yawMean = ego.yawRate;
  ego.ax = (ego.vx - vxBefore) / duration - yawMean * ego.vy;
  ego.ay = lateralAcceleration / innerSteps;
  if (ego.vx === 0 && vxBefore === 0 && vyBefore === 0) {
    ego.ax = 0;
    ego.ay = 0;
  }
}

/** Moves the pose with the velocities held for `dt` [s]. */
export function movePoseBy(ego: EgoState, dt: number): void {
  const yaw = ego.yaw + (ego.yawRate * dt) / 2;
  const c = cos(yaw);
  const s = sin(yaw);
  ego.x += (ego.vx * c - ego.vy * s) * dt;
  ego.y += (ego.vx * s + ego.vy * c) * dt;
  ego.yaw += ego.yawRate * dt;
}

/** One integration step of the velocities; returns the lateral acceleration [m/s²]. */
function innerStep(ego: EgoState, command: EgoCommand, car: BicycleParameters, dt: number): number {
  const wheelbase = car.frontAxle + car.rearAxle;
  const steerTarget = clamp(command.steer, -car.steerLimit, car.steerLimit);
  ego.steer += clamp(steerTarget - ego.steer, -car.steerRate * dt, car.steerRate * dt);

  const weight = car.mass * GRAVITY;
  const speed = Math.sqrt(ego.vx * ego.vx + ego.vy * ego.vy);
  const throttle = clamp(command.throttle, 0, 1);
  const brake = clamp(command.brake, 0, 1);

  const drive = throttle * Math.min(car.driveForce, car.power / Math.max(ego.vx, 1));
  const direction = ego.vx > 0 ? 1 : ego.vx < 0 ? -1 : 0;
  const resist = direction * (car.drag * speed * ego.vx * direction + car.rollingResistance * weight);
  const braking = brake * car.brakeUse * car.friction * weight;

  // Load transfer from the acceleration of the last substep; brakes are shared by load, the engine drives the front.
  const transfer = clamp((car.mass * ego.ax * car.gravityHeight) / wheelbase, -0.35 * weight, 0.35 * weight);
  const frontLoad = (weight * car.rearAxle) / wheelbase - transfer;
  const rearLoad = weight - frontLoad;
  const frontForce = clamp(
    drive - direction * braking * (frontLoad / weight),
    -car.friction * frontLoad,
    car.friction * frontLoad,
  );
  const rearForce = -direction * braking * (rearLoad / weight);

  // Longitudinal; brakes and resistance stop the car but never push it backwards.
  let longitudinal = frontForce + rearForce - resist;
  if (direction === 0) longitudinal = Math.max(0, drive - braking - car.rollingResistance * weight);

  const cosSteer = cos(ego.steer);
  const sinSteer = sin(ego.steer);
  const blend = clamp((Math.abs(ego.vx) - car.blendSpeed) / car.blendSpeed, 0, 1);
  let lateralForce = 0;
  let yawMoment = 0;
  let frontLateral = 0;
  if (blend > 0) {
    // Rolling backwards, a wheel that is turned left leads to the right.
    const turned = ego.vx < 0 ? -ego.steer : ego.steer;
    const frontSlip = atan2(ego.vy + car.frontAxle * ego.yawRate, Math.abs(ego.vx)) - turned;
    const rearSlip = atan2(ego.vy - car.rearAxle * ego.yawRate, Math.abs(ego.vx));
    frontLateral = fialaLateralForce(frontSlip, car.frontStiffness, frontLoad, car.friction, frontForce);
    const rearLateral = fialaLateralForce(rearSlip, car.rearStiffness, rearLoad, car.friction, rearForce);
    lateralForce = frontLateral * cosSteer + frontForce * sinSteer + rearLateral;
    yawMoment = car.frontAxle * (frontLateral * cosSteer + frontForce * sinSteer) - car.rearAxle * rearLateral;
    longitudinal += blend * (-frontLateral * sinSteer - frontForce * (1 - cosSteer));
  }

  const vxDot = longitudinal / car.mass + blend * ego.yawRate * ego.vy;
  const vxNext = ego.vx + vxDot * dt;
  const stops = direction !== 0 && vxNext * direction < 0 && drive <= braking;
  ego.vx = stops ? 0 : vxNext;

  const kinematicYawRate = (ego.vx * tan(ego.steer)) / wheelbase;
  const dynamicYawRate = ego.yawRate + (yawMoment / car.yawInertia) * dt;
  const dynamicVy = ego.vy + (lateralForce / car.mass - ego.vx * ego.yawRate) * dt;
  // A car that slid sideways into standstill keeps its slide and loses it to friction.
  const kinematicVy =
    decayed(ego.vy - kinematicYawRate * car.rearAxle, car.friction * GRAVITY * dt) + kinematicYawRate * car.rearAxle;
  const kinematicYaw = decayed(ego.yawRate - kinematicYawRate, 4 * car.friction * GRAVITY * dt) + kinematicYawRate;
  ego.yawRate = blend * dynamicYawRate + (1 - blend) * kinematicYaw;
  ego.vy = blend * dynamicVy + (1 - blend) * kinematicVy;
  return blend * (lateralForce / car.mass) + (1 - blend) * ego.vx * kinematicYawRate;
}

/** x moved towards zero by at most `step`. */
function decayed(x: number, step: number): number {
  return x > step ? x - step : x < -step ? x + step : 0;
}
