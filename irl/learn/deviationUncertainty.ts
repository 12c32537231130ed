import { cholesky, inverseMatrix, solveCholesky } from './cholesky.ts';
import type { DeviationPrior, QuadraticLikelihood } from './evidence.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/**
 * Precision of the weights' posterior with the groups' prior deviations σ unknown, at the deviations of greatest
 * evidence: the covariance for known σ and what their uncertainty adds,
 *
 *   V + J K⁻¹ Jᵀ,   V = (A + D)⁻¹,   J = dθ̂ / d log σ = V S,   S_ig = 2 θ̂_i / σ_g² for the weights i of group g
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
  const { precision, covariance, mean, push } = posteriorAt(likelihood, logSd);
  const inner = flooredCurvature(evidenceCurvature(likelihood, prior, logSd), 1 / prior.logSpread ** 2, groups);
  for (let g = 0; g < groups; g++) {
    for (let h = 0; h < groups; h++) {
      for (const i of push[g]!.members) {
        for (const k of push[h]!.members) {
          inner[g * groups + h]! += 4 * push[g]!.alpha * push[h]!.alpha * mean[i]! * mean[k]! * covariance[i * n + k]!;
        }
      }
    }
  }
  const added = inverseMatrix(cholesky(inner, groups)!, groups);
  for (const [g, one] of push.entries()) {
    for (const [h, other] of push.entries()) {
      for (const i of one.members) {
        for (const k of other.members) {
          precision[i * n + k]! -= 4 * one.alpha * other.alpha * mean[i]! * mean[k]! * added[g * groups + h]!;
        }
      }
    }
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
  const { covariance, mean, push } = posteriorAt(likelihood, logSd);
  const curvature = new Float64Array(groups * groups);
  for (const [g, one] of push.entries()) {
    curvature[g * groups + g]! += 1 / (prior.logSpread * prior.logSpread);
    for (const i of one.members) {
      curvature[g * groups + g]! += 2 * one.alpha * (covariance[i * n + i]! + mean[i]! * mean[i]!);
      for (const [h, other] of push.entries()) {
        for (const k of other.members) {
          const shared = covariance[i * n + k]!;
          curvature[g * groups + h]! -= 2 * one.alpha * other.alpha * shared * (shared + 2 * mean[i]! * mean[k]!);
        }
      }
    }
  }
  return curvature;
}

/** The weights' posterior for known deviations, and of each group its weights and α = 1/σ². */
function posteriorAt({ curvature, slope, group }: QuadraticLikelihood, logSd: Float64Array) {
  const n = slope.length;
  const push = Array.from(logSd, (log) => ({ alpha: Math.exp(-2 * log), members: [] as number[] }));
  const precision = curvature.slice();
  for (let i = 0; i < n; i++) {
    const own = push[group[i]!]!;
    own.members.push(i);
    precision[i * n + i]! += own.alpha;
  }
  const factor = cholesky(precision, n);
  if (factor === undefined) throw new RangeError('evidence: the curvature is not positive semidefinite');
  return { precision, covariance: inverseMatrix(factor, n), mean: solveCholesky(factor, slope, n), push };
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
