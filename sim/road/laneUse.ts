import type { LaneSpec } from './road.ts';

/** An auxiliary lane that goes on beyond its opening by less ends there, as one that was watched up to its end [m]. */
const SHORTEST_WAY_OFF = 60;

/** Whether the lane comes in from elsewhere: an on-ramp, or an auxiliary lane that begins before its opening. */
export function comesIn({ kind, from, openFrom }: LaneSpec): boolean {
  return kind === 'on-ramp' || (kind === 'auxiliary' && from < openFrom);
}

/** Whether the lane leads off the road: an off-ramp, or an auxiliary lane that goes on beyond its opening. */
export function leadsOff({ kind, to, openTo }: LaneSpec): boolean {
  return kind === 'off-ramp' || (kind === 'auxiliary' && to - openTo > SHORTEST_WAY_OFF);
}

/**
 * Where somebody who goes through has to be out of the lane [m]: where the opening of an auxiliary lane that leads off
 * ends, in any other lane where that ends.
 */
export function throughEnd(lane: LaneSpec): number {
  return lane.kind === 'auxiliary' && leadsOff(lane) ? lane.openTo : lane.to;
}
