import { cholesky, solveCholesky } from './cholesky.ts';

/** Prior of σ, the root mean square that a group's weights are expected to have: log σ is normal around log(median). */
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
  /** Sign that each weight is expected to have, 0 where either will do. Shape: [n]. */
  readonly sign: ArrayLike<number>;
}

/** Mean of a half-normal of mean square 1. */
const HALF_NORMAL_MEAN = Math.sqrt(2 / Math.PI);

/**
 * Normal prior of a weight whose root mean square is σ: around 0 where either sign will do, and where one is expected
 * the half-normal's by moments, which leaves one weight in eleven the other sign.
 * @param sign -1, 0 or 1
 * @param groupSd σ
 */
export function signedPrior(sign: number, groupSd: number): { readonly mean: number; readonly sd: number } {
  const mean = sign * HALF_NORMAL_MEAN;
  return { mean: mean * groupSd, sd: Math.sqrt(1 - mean * mean) * groupSd };
}

/**
 * Logarithm of the evidence of the groups' σ, up to a constant, and its derivatives:
 *
 *   log p(data | σ) + log p(σ) = ½ Σ log α_i - ½ log|A + D| + ½ (b + Dμ)ᵀ(A + D)⁻¹(b + Dμ) - ½ μᵀDμ
 *                                - Σ_g (log σ_g - log m)² / (2 τ²)
 *
 * with D = diag(α_i), N(μ_i, 1/α_i) the weights' prior (`signedPrior`), so that μ_i and 1/√α_i are multiples of σ_g(i)
 * (MacKay 1992, eq. 4.3; type-II maximum likelihood), exact for the quadratic.
 * @param logSd natural logarithms of the deviations. Shape: [groups].
 * @param gradient receives the derivatives by `logSd`. Shape: [groups].
 */
export function logEvidence(
  { curvature, slope, group, sign }: QuadraticLikelihood,
  prior: DeviationPrior,
  logSd: Float64Array,
  gradient: Float64Array,
): number {
  const n = slope.length;
  const posterior = curvature.slice();
  const pull = slope.slice();
  const { alpha, centre } = weightPriors(logSd, group, sign, n);
  let value = 0;
  for (let i = 0; i < n; i++) {
    posterior[i * n + i]! += alpha[i]!;
    pull[i]! += alpha[i]! * centre[i]!;
    value -= logSd[group[i]!]! + (alpha[i]! * centre[i]! * centre[i]!) / 2;
  }
  const factor = cholesky(posterior, n);
  if (factor === undefined) throw new RangeError('evidence: the curvature is not positive semidefinite');
  const mean = solveCholesky(factor, pull, n);
  for (let i = 0; i < n; i++) value += (pull[i]! * mean[i]!) / 2 - Math.log(factor[i * n + i]!);
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
    gradient[group[i]!]! += alpha[i]! * (variance + mean[i]! * (mean[i]! - centre[i]!)) - 1;
  }
  return value;
}

/** Precision α and mean μ of each weight's prior for the given deviations. Shapes: [n]. */
export function weightPriors(logSd: Float64Array, group: ArrayLike<number>, sign: ArrayLike<number>, n: number) {
  const alpha = new Float64Array(n);
  const centre = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const { mean, sd } = signedPrior(sign[i]!, Math.exp(logSd[group[i]!]!));
    alpha[i] = 1 / (sd * sd);
    centre[i] = mean;
  }
  return { alpha, centre };
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
  for (let i = 0; i < likelihood.slope.length; i++) {
    const { mean, sd } = signedPrior(likelihood.sign[i]!, 1);
    curvature[likelihood.group[i]!]! += 2 + (mean / sd) ** 2;
  }
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
