import type { World } from '../../../sim/core/world.ts';
import { REACH_TICKS } from './driveHistory.ts';

/** Why somebody may want to go back. */
export type RewindReason = 'contact' | 'off-road';

/** A contact is spoken of for this long while the car moves on [ticks]. */
const SPOKEN_OF_TICKS = 80;
/** Slower counts as standing [m/s]. */
const STANDING = 1;

/**
 * Whether going back should be offered: for some seconds after a contact, while the car stands after one that a rewind
 * can still undo, and while it stands beside the road.
 */
export function rewindReason({ ego, events, watch, tick }: World): RewindReason | null {
  const standing = Math.abs(ego.sDot) < STANDING;
  const since = tick - (events.findLast((event) => event.kind === 'collision')?.tick ?? Number.NEGATIVE_INFINITY);
  if (since < (standing ? REACH_TICKS : SPOKEN_OF_TICKS)) return 'contact';
  return watch.offRoad && standing ? 'off-road' : null;
}
