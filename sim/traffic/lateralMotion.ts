import { clamp } from '../core/deterministicMath.ts';
import type { Road } from '../road/road.ts';
import type { VehicleColumns } from './vehicleColumns.ts';

/** Natural frequency of the critically damped pull towards the lane centre [rad/s]: a free change settles in about 4.5 s. */
const PULL_FREQUENCY = 1.15;
/**
 * Limits of the lateral motion: acceleration [m/s²] and speed [m/s]. With these a 3.6 m change takes 5 to 6 s, the
 * middle of the durations that Toledo & Zohar (2007) report for NGSIM (mean 4.6 s, 1 to 13.3 s).
 */
const LATERAL_ACCELERATION_LIMIT = 0.9;
const LATERAL_SPEED_LIMIT = 1.3;
/** Lateral speed stays below this share of the forward speed, so that nobody slides sideways. */
const LATERAL_SHARE = 0.15;

/** Closer than this to the centre of its lane [m], slower than this across it [m/s]: arrived. The last centimetre would take seconds. */
const ARRIVED_OFFSET = 0.01;
const ARRIVED_SPEED = 0.02;

/**
 * Moves one vehicle laterally through `dt` towards the centre of its target lane. The motion is a limited feedback law,
 * so that it is continuous through a change of mind: aborting is only another target.
 */
export function moveLaterally(vehicles: VehicleColumns, road: Road, slot: number, dt: number): void {
  const offset = road.lanes.centre[vehicles.targetLane[slot]!]! - vehicles.d[slot]!;
  let dDot = vehicles.dDot[slot]!;
  const pull = PULL_FREQUENCY * PULL_FREQUENCY * offset - 2 * PULL_FREQUENCY * dDot;
  dDot += clamp(pull, -LATERAL_ACCELERATION_LIMIT, LATERAL_ACCELERATION_LIMIT) * dt;
  const limit = Math.min(LATERAL_SPEED_LIMIT, LATERAL_SHARE * vehicles.sDot[slot]!);
  dDot = clamp(dDot, -limit, limit);
  if (Math.abs(offset) < ARRIVED_OFFSET && Math.abs(dDot) < ARRIVED_SPEED) {
    vehicles.d[slot] = road.lanes.centre[vehicles.targetLane[slot]!]!;
    vehicles.dDot[slot] = 0;
    vehicles.headingOffset[slot] = 0;
    return;
  }
  vehicles.d[slot] = vehicles.d[slot]! + dDot * dt;
  vehicles.dDot[slot] = dDot;
  const slope = dDot / Math.max(vehicles.sDot[slot]!, 3);
  // The arc tangent to 1e-6: the slope is below 0.15.
  vehicles.headingOffset[slot] = slope * (1 - slope * slope * (1 / 3 - (slope * slope) / 5));
}
