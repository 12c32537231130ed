import { atan2, clamp } from '../core/deterministicMath.ts';
import type { Road } from '../road/road.ts';
import type { TrafficState } from './trafficState.ts';

/** Natural frequency of the critically damped pull towards the lane centre at tempo 1 [rad/s]: a free change settles in about 4.5 s. */
export const PULL_FREQUENCY = 1.15;
/** Limits of the lateral motion at tempo 1: acceleration [m/s²] and speed [m/s]. With these a 3.6 m change takes 5 to 6 s. */
export const LATERAL_ACCELERATION_LIMIT = 0.9;
export const LATERAL_SPEED_LIMIT = 1.3;
/** Lateral speed stays below this share of the forward speed, so that nobody slides sideways. */
export const LATERAL_SHARE = 0.15;

/**
 * Moves one vehicle laterally through `dt` towards the centre of its target lane. The motion is a limited feedback law,
 * so that it is continuous through a change of mind: aborting is only another target. Each driver has a tempo q of its
 * own: frequency and speed limit grow with q, the acceleration limit with q², so that the movement is the same, run q
 * times as fast.
 */
export function moveLaterally({ vehicles, drivers }: TrafficState, road: Road, slot: number, dt: number): void {
  const offset = road.lanes.centre[vehicles.targetLane[slot]!]! - vehicles.d[slot]!;
  let dDot = vehicles.dDot[slot]!;
  const frequency = drivers.lateralFrequency[slot]!;
  const strongest = drivers.lateralAcceleration[slot]!;
  dDot += clamp(frequency * (frequency * offset - 2 * dDot), -strongest, strongest) * dt;
  const limit = Math.min(drivers.lateralSpeed[slot]!, LATERAL_SHARE * vehicles.sDot[slot]!);
  dDot = clamp(dDot, -limit, limit);
  if (Math.abs(offset) < 1e-3 && Math.abs(dDot) < 1e-3) {
    vehicles.d[slot] = road.lanes.centre[vehicles.targetLane[slot]!]!;
    vehicles.dDot[slot] = 0;
    vehicles.headingOffset[slot] = 0;
    return;
  }
  vehicles.d[slot] = vehicles.d[slot]! + dDot * dt;
  vehicles.dDot[slot] = dDot;
  vehicles.headingOffset[slot] = atan2(dDot, Math.max(vehicles.sDot[slot]!, 3));
}
