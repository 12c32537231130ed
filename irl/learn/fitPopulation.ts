import { type ChoiceData, joinedChoices } from './choiceData.ts';
import { cholesky, inverseMatrix } from './cholesky.ts';
import { gaussianPrior } from './gaussianPrior.ts';
import { fitMaxent } from './maxent.ts';

/** What is known of the spread of drivers before any is seen: as much as this many drivers of this deviation. */
const PRIOR_DRIVERS = 5;
export const DEFAULT_SPREAD = 0.3;
/** Change of mean and deviations below which the iteration has settled. */
const SETTLED = 5e-3;
const ROUNDS_AT_MOST = 100;

/** What is believed of the weights of a driver that has not been seen: N(mean, covariance). */
export interface PopulationPrior {
  /** Shape: [columns]. */
  readonly mean: Float64Array;
  /**
   * Spread of the drivers and uncertainty of the mean together. Symmetric, positive definite. Shape: [columns x
   * columns].
   */
  readonly covariance: Float64Array;
}

/** Result of `fitPopulation`. */
export interface PopulationFit extends PopulationPrior {
  /** Covariance of the weights over drivers. Shape: [columns x columns]. */
  readonly spread: Float64Array;
  /** Weights of each driver given the population. Shape: [drivers][columns]. */
  readonly drivers: readonly Float64Array[];
  readonly rounds: number;
  /** Whether the last round moved nothing by more than the tolerance. */
  readonly settled: boolean;
}

/**
 * Mean and covariance of the weights over drivers by empirical Bayes: expectation-maximisation over the Laplace
 * posteriors N(θ_u, V_u) of the drivers (Dempster, Laird & Rubin 1977, section 4.5),
 *
 *   μ = (U Σ⁻¹ + I / σ²)⁻¹ Σ⁻¹ Σ_u θ_u,   Σ = (Σ_u [(θ_u - μ)(θ_u - μ)ᵀ + V_u] + 5 s² I) / (U + 5),
 *
 * the 5 s² for a prior worth five drivers of deviation s, since few drivers alone would give a singular covariance.
 *
 * A new driver is N(μ, Σ + M) with M the posterior covariance of μ, M⁻¹ = Σ_u (Σ⁻¹ - Σ⁻¹ V_u Σ⁻¹) + I / σ²: what no
 * driver has shown stays as unknown as it was.
 * @param drivers standardised choices of each driver, all with the same columns
 * @param options deviation of the mean's prior, share of its information that a scene adds, and s
 * @throws RangeError with fewer than two drivers
 */
export function fitPopulation(
  drivers: readonly ChoiceData[],
  {
    priorSd = 10,
    sceneWeight = 1,
    spread = DEFAULT_SPREAD,
    onRound,
  }: {
    readonly priorSd?: number;
    readonly sceneWeight?: number;
    readonly spread?: number;
    readonly onRound?: (round: number) => void;
  } = {},
): PopulationFit {
  if (drivers.length < 2) {
    throw new RangeError('learning: fewer than two drivers are no population; expected at least two');
  }
  const n = drivers[0]!.columns;
  // With a narrow spread the mean moves by little in a round: it begins where all drivers were one.
  let mean: Float64Array = fitMaxent(joinedChoices(drivers), { priorSd, sceneWeight }).theta;
  let covariance: Float64Array = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  let weights: Float64Array[] = drivers.map(() => mean);
  let meanCovariance: Float64Array = new Float64Array(n * n);
  let settled = false;
  let rounds = 0;
  while (!settled && rounds < ROUNDS_AT_MOST) {
    rounds++;
    onRound?.(rounds);
    const precision = inverseMatrix(cholesky(covariance, n)!, n);
    const prior = gaussianPrior(mean, precision);
    const fits = drivers.map((data, u) =>
      fitMaxent(data, { priorSd: Number.POSITIVE_INFINITY, sceneWeight, terms: [prior], start: weights[u]! }),
    );
    weights = fits.map((fit) => fit.theta);
    const nextMean = meanOf(weights, precision, priorSd);
    const next = new Float64Array(n * n);
    const meanPrecision = Float64Array.from(next, (_, at) => (at % (n + 1) === 0 ? 1 / (priorSd * priorSd) : 0));
    for (let i = 0; i < n; i++) next[i * n + i] = PRIOR_DRIVERS * spread * spread;
    for (const [u, fit] of fits.entries()) {
      const information = fit.hessian.map((value) => value * drivers[u]!.scenes * sceneWeight);
      const posterior = inverseMatrix(cholesky(information, n)!, n);
      // Σ⁻¹ - Σ⁻¹ V Σ⁻¹ = Σ⁻¹ V L with L = V⁻¹ - Σ⁻¹ the information of the driver's own scenes.
      const known = product(precision, posterior, n);
      const own = information.map((value, at) => value - precision[at]!);
      for (const [at, value] of product(known, own, n).entries()) meanPrecision[at]! += value;
      for (let i = 0; i < n; i++) {
        for (let k = 0; k <= i; k++) {
          next[i * n + k]! += (fit.theta[i]! - nextMean[i]!) * (fit.theta[k]! - nextMean[k]!) + posterior[i * n + k]!;
        }
      }
    }
    for (let i = 0; i < n; i++) {
      for (let k = 0; k <= i; k++) {
        next[i * n + k]! /= drivers.length + PRIOR_DRIVERS;
        next[k * n + i] = next[i * n + k]!;
      }
    }
    meanCovariance = inverseMatrix(cholesky(symmetric(meanPrecision, n), n)!, n);
    let moved = 0;
    for (let i = 0; i < n; i++) {
      moved = Math.max(
        moved,
        Math.abs(nextMean[i]! - mean[i]!),
        Math.abs(Math.sqrt(next[i * n + i]!) - Math.sqrt(covariance[i * n + i]!)),
      );
    }
    settled = moved <= SETTLED;
    mean = nextMean;
    covariance = next;
  }
  const total = covariance.map((value, at) => value + meanCovariance[at]!);
  return { mean, covariance: symmetric(total, n), spread: covariance, drivers: weights, rounds, settled };
}

/** Posterior mean of μ: the mean of the weights, drawn a little towards 0. */
function meanOf(weights: readonly Float64Array[], precision: Float64Array, priorSd: number): Float64Array {
  const n = weights[0]!.length;
  const left = precision.map(
    (value, at) => weights.length * value + (at % (n + 1) === 0 ? 1 / (priorSd * priorSd) : 0),
  );
  const right = new Float64Array(n);
  for (const theta of weights) {
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) right[i]! += precision[i * n + k]! * theta[k]!;
  }
  const inverse = inverseMatrix(cholesky(left, n)!, n);
  return Float64Array.from(right, (_, i) => right.reduce((sum, value, k) => sum + inverse[i * n + k]! * value, 0));
}

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  }
  return out;
}

/** The mean of a matrix and its transpose, free of the rounding between them. */
function symmetric(matrix: Float64Array, n: number): Float64Array {
  return matrix.map((value, at) => (value + matrix[(at % n) * n + Math.floor(at / n)]!) / 2);
}
