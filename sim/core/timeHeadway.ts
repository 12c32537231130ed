import type { World } from './world.ts';

/** Below this speed a headway in seconds says nothing [m/s]. */
const STANDSTILL = 0.5;

/**
 * Gap over own speed to the nearest vehicle ahead whose path the ego's box meets [s], bumper to bumper; infinite when
 * there is none, and at standstill.
 */
export function timeHeadway({ vehicles, ego, car }: World): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < vehicles.count; i++) {
    const gap = vehicles.s[i]! - ego.s - (vehicles.length[i]! + car.length) / 2;
    const apart = Math.abs(vehicles.d[i]! - ego.d) - (vehicles.width[i]! + car.width) / 2;
    if (gap > 0 && apart < 0) nearest = Math.min(nearest, gap);
  }
  return ego.sDot > STANDSTILL ? nearest / ego.sDot : Number.POSITIVE_INFINITY;
}
