const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];

/**
 * Steps of an additive recurrence with low discrepancy: the fractional parts of the square roots of the first primes
 * (Richtmyer 1951). Quadratic irrationals, so every axis by itself is filled evenly at any length.
 * @returns Shape: [dimensions], each in (0, 1).
 * @throws RangeError for more than 10 dimensions
 */
export function lowDiscrepancySteps(dimensions: number): Float64Array {
  if (dimensions > PRIMES.length) {
    throw new RangeError(`low discrepancy: ${dimensions} dimensions; expected at most ${PRIMES.length}`);
  }
  return Float64Array.from({ length: dimensions }, (_, n) => Math.sqrt(PRIMES[n]!) % 1);
}

/** Writes point `index` of the recurrence, moved by `shift` and wrapped into [0, 1), to `out`. */
export function writeLowDiscrepancyPoint(
  steps: Float64Array,
  shift: Float64Array,
  index: number,
  out: Float64Array,
): void {
  for (let n = 0; n < steps.length; n++) {
    const x = shift[n]! + (index + 1) * steps[n]!;
    out[n] = x - Math.floor(x);
  }
}
