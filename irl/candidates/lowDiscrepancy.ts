/**
 * Additive recurrence with low discrepancy in `dimensions` dimensions (Roberts 2018, R_d sequence): the irrational
 * steps are powers of 1/φ, φ the positive root of x^(d+1) = x + 1.
 * @returns the steps. Shape: [dimensions], each in (0, 1).
 */
export function lowDiscrepancySteps(dimensions: number): Float64Array {
  let root = 1.5;
  for (let i = 0; i < 60; i++) {
    let power = 1;
    for (let n = 0; n < dimensions; n++) power *= root;
    // Newton on x^(d+1) - x - 1.
    root -= (power * root - root - 1) / ((dimensions + 1) * power - 1);
  }
  const steps = new Float64Array(dimensions);
  let step = 1;
  for (let n = 0; n < dimensions; n++) {
    step /= root;
    steps[n] = step;
  }
  return steps;
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
