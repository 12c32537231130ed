import { cholesky, solveCholesky } from './cholesky.ts';

/** Prior of a group's deviation: its logarithm is normal around log(median). */
export interface DeviationPrior {
  readonly median: number;
  /** Standard deviation of the natural logarithm. */
  readonly logSpread: number;
}

/** The log-likelihood as a quadratic around a point: b·θ - θᵀAθ / 2 and a constant. */
export interface QuadraticLikelihood {
  /** Symmetric, positive semidefinite. Shape: [n x n]. */
  readonly curvature: Float64Array;
  /** Shape: [n]. */
  readonly slope: Float64Array;
  /** Group of each weight, 0..groups-1. Shape: [n]. */
  readonly group: ArrayLike<number>;
}

/**
 * Logarithm of the evidence of the groups' prior deviations σ, up to a constant, and its derivatives:
 *
 *   log p(data | σ) + log p(σ) = ½ Σ log α_i - ½ log|A + D| + ½ bᵀ(A + D)⁻¹b - Σ_g (log σ_g - log m)² / (2 τ²)
 *
 * with D = diag(α_i), α_i = 1/σ²_g(i) (MacKay 1992, eq. 4.3; type-II maximum likelihood), exact for the quadratic.
 * @param logSd natural logarithms of the deviations. Shape: [groups].
 * @param gradient receives the derivatives by `logSd`. Shape: [groups].
 */
export function logEvidence(
  { curvature, slope, group }: QuadraticLikelihood,
  prior: DeviationPrior,
  logSd: Float64Array,
  gradient: Float64Array,
): number {
  const n = slope.length;
  const posterior = curvature.slice();
  let value = 0;
  for (let i = 0; i < n; i++) {
    posterior[i * n + i]! += Math.exp(-2 * logSd[group[i]!]!);
    value -= logSd[group[i]!]!;
  }
  const factor = cholesky(posterior, n);
  if (factor === undefined) throw new RangeError('evidence: the curvature is not positive semidefinite');
  const mean = solveCholesky(factor, slope, n);
  for (let i = 0; i < n; i++) value += (slope[i]! * mean[i]!) / 2 - Math.log(factor[i * n + i]!);
  const tau2 = prior.logSpread * prior.logSpread;
  for (const [g, log] of logSd.entries()) {
    const away = log - Math.log(prior.median);
    value -= (away * away) / (2 * tau2);
    gradient[g] = -away / tau2;
  }
  const unit = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    unit.fill(0);
    unit[i] = 1;
    const variance = solveCholesky(factor, unit, n)[i]!;
    const alpha = Math.exp(-2 * logSd[group[i]!]!);
    gradient[group[i]!]! += alpha * (variance + mean[i]! * mean[i]!) - 1;
  }
  return value;
}

const STEPS_AT_MOST = 200;
const CONVERGED = 1e-4;

/**
 * Deviations of greatest evidence for the quadratic, by ascent with the curvature that the prior and well-determined
 * weights alone would give, and backtracking.
 * @param start natural logarithms of the deviations. Shape: [groups].
 * @returns natural logarithms of the deviations. Shape: [groups].
 */
export function maximiseEvidence(
  likelihood: QuadraticLikelihood,
  prior: DeviationPrior,
  start: Float64Array,
): Float64Array {
  const groups = start.length;
  const curvature = new Float64Array(groups).fill(1 / (prior.logSpread * prior.logSpread));
  for (let i = 0; i < likelihood.slope.length; i++) curvature[likelihood.group[i]!]! += 2;
  let at = start.slice();
  let gradient = new Float64Array(groups);
  let value = logEvidence(likelihood, prior, at, gradient);
  for (let step = 0; step < STEPS_AT_MOST; step++) {
    if (gradient.every((slope) => Math.abs(slope) < CONVERGED)) break;
    let size = 1;
    for (;;) {
      const next = at.map((log, g) => log + size * Math.min(Math.max(gradient[g]! / curvature[g]!, -1), 1));
      const nextGradient = new Float64Array(groups);
      const nextValue = logEvidence(likelihood, prior, next, nextGradient);
      if (nextValue >= value) {
        at = next;
        value = nextValue;
        gradient = nextGradient;
        break;
      }
      size /= 2;
      if (size < 1e-9) return at;
    }
  }
  return at;
}
