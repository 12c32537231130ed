import type { World } from './world.ts';

/** Gap over closing speed to the vehicle ahead whose path the ego's box meets [s]; infinite when there is none. */
export function timeToCollision({ vehicles, ego, car }: World): number {
  let ttc = Number.POSITIVE_INFINITY;
  for (let i = 1; i < vehicles.count; i++) {
    const gap = vehicles.s[i]! - ego.s - (vehicles.length[i]! + car.length) / 2;
    const apart = Math.abs(vehicles.d[i]! - ego.d) - (vehicles.width[i]! + car.width) / 2;
    const closing = ego.sDot - vehicles.sDot[i]!;
    if (gap > 0 && apart < 0 && closing > 0) ttc = Math.min(ttc, gap / closing);
  }
  return ttc;
}
