import { exp } from '../../sim/core/deterministicMath.ts';

const STEPS_PER_UNIT = 32;
const LIMIT = 40;

/** e^(-k/32). Shape: [LIMIT * STEPS_PER_UNIT]. */
const TABLE = Float64Array.from({ length: LIMIT * STEPS_PER_UNIT }, (_, k) => exp(-k / STEPS_PER_UNIT));

/**
 * e^(-x) for x >= 0, the same bits in every engine; relative error below 2e-12. 0 from x = 40 on and for NaN, 1 for
 * x < 0. A table and a short series, because the risk features need it a hundred times for every candidate.
 */
export function decay(x: number): number {
  if (x < 0) return 1;
  if (!(x < LIMIT)) return 0;
  const k = (x * STEPS_PER_UNIT) | 0;
  const r = x - k / STEPS_PER_UNIT;
  return TABLE[k]! * (1 - r * (1 - (r / 2) * (1 - (r / 3) * (1 - (r / 4) * (1 - r / 5)))));
}
