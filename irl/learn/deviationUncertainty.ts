import { cholesky, inverseMatrix } from './cholesky.ts';
import { type DeviationPrior, posteriorGiven, type QuadraticLikelihood } from './evidence.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/**
 * Precision of the weights' posterior with the groups' prior deviations σ unknown, at the deviations of greatest
 * evidence: the covariance for known σ and what their uncertainty adds,
 *
 *   V + J K⁻¹ Jᵀ,   V = (A + D)⁻¹,   J = dθ̂ / d log σ = V S,   S_ig = α_i (2 θ̂_i - μ_i) for the weights i of group g
 *
 * with K the curvature of the log-evidence (Kass & Steffey 1989; Laplace over log σ, first order in θ̂). Without it the
 * intervals of weights that their group's deviation decides are too narrow. Returned is the inverse,
 * V⁻¹ - S (K + Sᵀ V S)⁻¹ Sᵀ.
 * @param logSd natural logarithms of the deviations. Shape: [groups].
 * @returns Shape: [n x n].
 * @throws RangeError when the curvature is not positive semidefinite
 */
export function precisionOverDeviations(
  likelihood: QuadraticLikelihood,
  prior: DeviationPrior,
  logSd: Float64Array,
): Float64Array {
  const n = likelihood.slope.length;
  const groups = logSd.length;
  const { precision, covariance, push } = pushedPosterior(likelihood, logSd);
  const { group } = likelihood;
  const inner = flooredCurvature(evidenceCurvature(likelihood, prior, logSd), 1 / prior.logSpread ** 2, groups);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) inner[group[i]! * groups + group[k]!]! += push[i]! * push[k]! * covariance[i * n + k]!;
  }
  const added = inverseMatrix(cholesky(inner, groups)!, groups);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) precision[i * n + k]! -= push[i]! * push[k]! * added[group[i]! * groups + group[k]!]!;
  }
  return precision;
}

/**
 * Second derivatives of -`logEvidence` by log σ, exact for the quadratic.
 * @returns Shape: [groups x groups].
 */
export function evidenceCurvature(
  likelihood: QuadraticLikelihood,
  prior: DeviationPrior,
  logSd: Float64Array,
): Float64Array {
  const n = likelihood.slope.length;
  const groups = logSd.length;
  const { covariance, mean, alpha, priorMean, push } = pushedPosterior(likelihood, logSd);
  const { group } = likelihood;
  const curvature = new Float64Array(groups * groups);
  for (let g = 0; g < groups; g++) curvature[g * groups + g]! += 1 / (prior.logSpread * prior.logSpread);
  for (let i = 0; i < n; i++) {
    const g = group[i]! * groups;
    const square = covariance[i * n + i]! + mean[i]! * (mean[i]! - priorMean[i]! / 2);
    curvature[g + group[i]!]! += 2 * alpha[i]! * square;
    for (let k = 0; k < n; k++) {
      const shared = covariance[i * n + k]!;
      curvature[g + group[k]!]! -= shared * (2 * alpha[i]! * alpha[k]! * shared + push[i]! * push[k]!);
    }
  }
  return curvature;
}

/** The weights' posterior for known deviations, and how log σ pushes its mean: α (2 θ̂ - μ). Shape of `push`: [n]. */
function pushedPosterior(likelihood: QuadraticLikelihood, logSd: Float64Array) {
  const posterior = posteriorGiven(likelihood, logSd);
  const { factor, mean, alpha, priorMean } = posterior;
  return {
    ...posterior,
    covariance: inverseMatrix(factor, mean.length),
    push: mean.map((value, i) => alpha[i]! * (2 * value - priorMean[i]!)),
  };
}

/** The same matrix with no eigenvalue below `least`: far from its maximum the evidence need not be concave. */
function flooredCurvature(matrix: Float64Array, least: number, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const floored = new Float64Array(n * n);
  for (let e = 0; e < n; e++) {
    const value = Math.max(values[e]!, least);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) floored[i * n + k]! += value * vectors[e * n + i]! * vectors[e * n + k]!;
    }
  }
  return floored;
}
