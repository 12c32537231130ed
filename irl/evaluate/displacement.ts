import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';

/** Distance in (s, d) at 5 s [m]. */
export function finalDisplacement(a: Motion, b: Motion): number {
  const last = MOTION_SAMPLES - 1;
  return Math.hypot(a.s[last]! - b.s[last]!, a.d[last]! - b.d[last]!);
}

/** Mean distance in (s, d) over the 50 samples after the present [m]. */
export function averageDisplacement(a: Motion, b: Motion): number {
  let sum = 0;
  for (let k = 1; k < MOTION_SAMPLES; k++) sum += Math.hypot(a.s[k]! - b.s[k]!, a.d[k]! - b.d[k]!);
  return sum / (MOTION_SAMPLES - 1);
}

/**
 * Expected smallest of three different displacements picked at random, exactly: the i-th smallest of n is the smallest
 * of C(n-1-i, 2) of the C(n, 3) triples. With fewer than three, the smallest of all.
 */
export function expectedMinOfThree(displacements: readonly number[]): number {
  const sorted = [...displacements].sort((a, b) => a - b);
  const n = sorted.length;
  if (n < 3) return sorted[0] ?? Number.NaN;
  const triples = (n * (n - 1) * (n - 2)) / 6;
  return sorted.reduce((sum, value, i) => sum + (value * (n - 1 - i) * (n - 2 - i)) / 2 / triples, 0);
}
