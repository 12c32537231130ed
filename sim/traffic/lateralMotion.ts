import { clamp } from '../core/deterministicMath.ts';
import type { Road } from '../road/road.ts';
import { CHANGING, TRAIT_STRIDE } from './driverColumns.ts';
import { LANE_KEEPING } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

const { unknown: UNKNOWN, within: WITHIN, centred: CENTRED } = LANE_KEEPING;
const { lateralFrequency: FREQUENCY, lateralAcceleration: ACCELERATION, lateralSpeed: SPEED } = CHANGING;

const TRAITS = TRAIT_STRIDE;

/** Lateral speed stays below this share of the forward speed, so that nobody slides sideways. */
const SHARE = 0.15;

/**
 * Closer than this to the centre of its lane [m], slower than this across it [m/s]: arrived. The last centimetre would
 * take seconds.
 */
const ARRIVED_OFFSET = 0.01;
const ARRIVED_SPEED = 0.02;

/**
 * Moves vehicles laterally through `dt` towards the centres of their target lanes. The motion is a limited feedback
 * law, so that it is continuous through a change of mind: aborting is only another target. Each driver has a tempo q of
 * its own: frequency and speed limit grow with q, the acceleration limit with q², so that the movement is the same, run
 * q times as fast.
 * @param slots the vehicles are the first `count` of these
 */
export function moveLaterally(
  { vehicles, drivers, neighbours }: TrafficState,
  road: Road,
  slots: Int32Array,
  count: number,
  dt: number,
): void {
  const { d, dDot, sDot, headingOffset, targetLane } = vehicles;
  const { keeping } = neighbours;
  const { changing } = drivers;
  const { centre } = road.lanes;
  for (let k = 0; k < count; k++) {
    const i = slots[k]!;
    const destination = centre[targetLane[i]!]!;
    const offset = destination - d[i]!;
    const row = i * TRAITS;
    const frequency = changing[row + FREQUENCY]!;
    const strongest = changing[row + ACCELERATION]!;
    const wanted = frequency * (frequency * offset - 2 * dDot[i]!);
    let across = dDot[i]! + clamp(wanted, -strongest, strongest) * dt;
    const limit = Math.min(changing[row + SPEED]!, SHARE * sDot[i]!);
    across = clamp(across, -limit, limit);
    if (Math.abs(offset) < ARRIVED_OFFSET && Math.abs(across) < ARRIVED_SPEED) {
      d[i] = destination;
      dDot[i] = 0;
      headingOffset[i] = 0;
      if (keeping[i] === WITHIN) keeping[i] = CENTRED;
      continue;
    }
    // Who gets away from the centre may leave the lane.
    if (offset * across < 0) keeping[i] = UNKNOWN;
    d[i] = d[i]! + across * dt;
    dDot[i] = across;
    const slope = across / Math.max(sDot[i]!, 3);
    // The arc tangent to 1e-6: the slope is below 0.15.
    headingOffset[i] = slope * (1 - slope * slope * (1 / 3 - (slope * slope) / 5));
  }
}
