import { clamp } from '../core/deterministicMath.ts';
import type { Road } from '../road/road.ts';
import { TRAIT, TRAIT_STRIDE } from './driverColumns.ts';
import type { TrafficState } from './trafficState.ts';

const { lateralFrequency: FREQUENCY, lateralAcceleration: ACCELERATION, lateralSpeed: SPEED } = TRAIT;

/** Lateral speed stays below this share of the forward speed, so that nobody slides sideways. */
export const LATERAL_SHARE = 0.15;

/** Closer than this to the centre of its lane [m], slower than this across it [m/s]: arrived. The last centimetre would take seconds. */
const ARRIVED_OFFSET = 0.01;
const ARRIVED_SPEED = 0.02;

/**
 * Moves one vehicle laterally through `dt` towards the centre of its target lane. The motion is a limited feedback law,
 * so that it is continuous through a change of mind: aborting is only another target. Each driver has a tempo q of its
 * own: frequency and speed limit grow with q, the acceleration limit with q², so that the movement is the same, run q
 * times as fast.
 */
export function moveLaterally({ vehicles, drivers }: TrafficState, road: Road, slot: number, dt: number): void {
  const offset = road.lanes.centre[vehicles.targetLane[slot]!]! - vehicles.d[slot]!;
  let dDot = vehicles.dDot[slot]!;
  const { traits } = drivers;
  const row = slot * TRAIT_STRIDE;
  const frequency = traits[row + FREQUENCY]!;
  const strongest = traits[row + ACCELERATION]!;
  dDot += clamp(frequency * (frequency * offset - 2 * dDot), -strongest, strongest) * dt;
  const limit = Math.min(traits[row + SPEED]!, LATERAL_SHARE * vehicles.sDot[slot]!);
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
