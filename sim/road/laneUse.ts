import type { LaneSpec } from './road.ts';

/** Whether the lane comes in from elsewhere: an on-ramp, or an auxiliary lane that begins before its opening. */
export function comesIn({ kind, from, openFrom }: LaneSpec): boolean {
  return kind === 'on-ramp' || (kind === 'auxiliary' && from < openFrom);
}

/** Whether the lane leads off the road: an off-ramp, or an auxiliary lane that goes on beyond its opening. */
export function leadsOff({ kind, to, openTo }: LaneSpec): boolean {
  return kind === 'off-ramp' || (kind === 'auxiliary' && openTo < to);
}

/**
 * Where somebody who goes through has to be out of the lane [m]: where the opening of an auxiliary lane ends, in any
 * other lane where that ends.
 */
export function throughEnd({ kind, to, openTo }: LaneSpec): number {
  return kind === 'auxiliary' && openTo < to ? openTo : to;
}
