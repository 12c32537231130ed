import { cholesky, inverseDiagonal, solveCholesky } from './cholesky.ts';
import { signedPrior, weightPriors } from './signedPrior.ts';

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
  likelihood: QuadraticLikelihood,
  prior: DeviationPrior,
  logSd: Float64Array,
  gradient: Float64Array,
): number {
  const { group } = likelihood;
  const { factor, pull, mean, alpha, priorMean } = posteriorGiven(likelihood, logSd);
  const n = mean.length;
  const variance = inverseDiagonal(factor, n);
  let value = 0;
  for (const [g, log] of logSd.entries()) {
    const away = log - Math.log(prior.median);
    value -= (away / prior.logSpread) ** 2 / 2;
    gradient[g] = -away / prior.logSpread ** 2;
  }
  for (let i = 0; i < n; i++) {
    value -= logSd[group[i]!]! + (alpha[i]! * priorMean[i]! ** 2) / 2;
    value += (pull[i]! * mean[i]!) / 2 - Math.log(factor[i * n + i]!);
    gradient[group[i]!]! += alpha[i]! * (variance[i]! + mean[i]! * (mean[i]! - priorMean[i]!)) - 1;
  }
  return value;
}

/**
 * The weights' posterior for given deviations: its precision, the precision's Cholesky factor and what it is solved
 * with, its mean, and the prior's precision α and mean μ. Shapes: [n x n], [n x n], [n] each.
 * @throws RangeError when the curvature is not positive semidefinite
 */
export function posteriorGiven({ curvature, slope, group, sign }: QuadraticLikelihood, logSd: Float64Array) {
  const n = slope.length;
  const prior = weightPriors(logSd, group, sign);
  const alpha = prior.sd.map((sd) => 1 / (sd * sd));
  const precision = curvature.slice();
  for (let i = 0; i < n; i++) precision[i * n + i]! += alpha[i]!;
  const factor = cholesky(precision, n);
  if (factor === undefined) throw new RangeError('evidence: the curvature is not positive semidefinite');
  const pull = slope.map((value, i) => value + alpha[i]! * prior.mean[i]!);
  return { precision, factor, pull, mean: solveCholesky(factor, pull, n), alpha, priorMean: prior.mean };
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
