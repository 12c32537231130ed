/** How to smooth: local least-squares polynomials over a sliding window (Savitzky & Golay 1964). */
export interface SmoothingOptions {
  /** Samples in the window; odd. */
  readonly window: number;
  /** Order of the polynomial; below the window. */
  readonly order: number;
  /** Time between samples [s]. */
  readonly step: number;
}

/** A smoothed series and its derivatives, all from the same polynomials. Shapes: [samples]. */
export interface SmoothedSeries {
  readonly value: Float64Array;
  /** First derivative, per second. */
  readonly first: Float64Array;
  /** Second derivative, per second squared. */
  readonly second: Float64Array;
}

/**
 * Smooths equally spaced samples. Near the ends the window is shifted inwards and its polynomial, one order lower,
 * is read off centre: at the full order the second derivative at an end has many times the noise of one in the middle.
 * A series shorter than the window is fitted by one polynomial of the lower order. Samples whose `present`
 * is 0 take no part in the fits and get the value of the polynomial around them.
 * @param values shape [samples].
 * @param present shape [samples].
 * @throws RangeError when a window has no present sample.
 */
export function smoothSeries(values: Float64Array, present: Uint8Array, options: SmoothingOptions): SmoothedSeries {
  const samples = values.length;
  const window = Math.min(options.window, samples);
  const half = Math.floor(window / 2);
  const out = { value: new Float64Array(samples), first: new Float64Array(samples), second: new Float64Array(samples) };
  const whole = present.every((flag) => flag === 1);
  const centred = window === options.window;
  const filters = new Map<number, Float64Array>();
  for (let i = 0; i < samples; i++) {
    const start = Math.max(0, Math.min(i - half, samples - window));
    const at = i - start;
    let filter = whole ? filters.get(at) : undefined;
    if (!filter) {
      const order = centred && at === half ? options.order : Math.max(1, options.order - 1);
      filter = filterWeights(window, order, at, whole ? undefined : present.subarray(start, start + window));
      if (whole) filters.set(at, filter);
    }
    let reference = start;
    while (present[reference] !== 1) {
      reference += 1;
      if (reference === start + window) throw new RangeError(`no sample is present within ${window} around ${i}`);
    }
    const origin = values[reference]!;
    let value = 0;
    let first = 0;
    let second = 0;
    for (let k = 0; k < window; k++) {
      // Distances from one sample of the window keep digits that sums of large coordinates would lose.
      const y = present[start + k] === 1 ? values[start + k]! - origin : 0;
      value += filter[k]! * y;
      first += filter[window + k]! * y;
      second += filter[2 * window + k]! * y;
    }
    out.value[i] = value + origin;
    out.first[i] = first / options.step;
    out.second[i] = second / (options.step * options.step);
  }
  return out;
}

/**
 * Weights that turn the samples of one window into value, first and second derivative (per sample) of the fitted
 * polynomial at sample `at`. Shape: [3 x window], row-major.
 * @param present samples that take part; all when undefined. The order is lowered where too few do.
 */
export function filterWeights(window: number, order: number, at: number, present?: Uint8Array): Float64Array {
  const used = Array.from({ length: window }, (_, k) => k).filter((k) => present === undefined || present[k] === 1);
  const terms = Math.min(order + 1, used.length);
  // Abscissa around `at`, in units of the window, keeps the normal equations well conditioned.
  const scale = Math.max(1, window - 1);
  const basis = used.map((k) => powers((k - at) / scale, terms));
  const normal = Array.from({ length: terms }, (_, r) =>
    Float64Array.from({ length: terms }, (_, c) => basis.reduce((sum, row) => sum + row[r]! * row[c]!, 0)),
  );
  const weights = new Float64Array(3 * window);
  for (let derivative = 0; derivative < Math.min(3, terms); derivative++) {
    const unit = new Float64Array(terms);
    unit[derivative] = (derivative === 2 ? 2 : 1) / scale ** derivative;
    const solution = solveSymmetric(normal, unit);
    used.forEach((k, row) => {
      weights[derivative * window + k] = basis[row]!.reduce((sum, power, j) => sum + power * solution[j]!, 0);
    });
  }
  return weights;
}

function powers(x: number, terms: number): Float64Array {
  const row = new Float64Array(terms).fill(1);
  for (let j = 1; j < terms; j++) row[j] = row[j - 1]! * x;
  return row;
}

/** Solves A x = b for a symmetric positive definite A by Cholesky factors. */
function solveSymmetric(a: readonly Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const factor = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = i === j ? Math.sqrt(sum) : sum / factor[j]![j]!;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = x[i]! - factor[i]![k]! * x[k]!;
    x[i] = x[i]! / factor[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = x[i]! - factor[k]![i]! * x[k]!;
    x[i] = x[i]! / factor[i]![i]!;
  }
  return x;
}
