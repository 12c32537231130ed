import type { FollowedVehicle } from './distributions.ts';
import { advanceRing, type Ring } from './ring.ts';

/** Follows every vehicle of a ring for some ticks; s starts over at the seam. */
export function followRing(ring: Ring, ticks: number): readonly FollowedVehicle[] {
  const { vehicles } = ring.traffic;
  const followed = Array.from({ length: ring.count }, (_, i) => ({
    from: ring.tick,
    length: vehicles.length[i]!,
    s: new Float64Array(ticks),
    d: new Float64Array(ticks),
    sDot: new Float64Array(ticks),
  }));
  for (let k = 0; k < ticks; k++) {
    for (const [i, track] of followed.entries()) {
      track.s[k] = vehicles.s[i]!;
      track.d[k] = vehicles.d[i]!;
      track.sDot[k] = vehicles.sDot[i]!;
    }
    advanceRing(ring);
  }
  return followed;
}
