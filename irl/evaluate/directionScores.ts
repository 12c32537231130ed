import { cholesky, solveCholesky } from '../learn/cholesky.ts';

/**
 * Where the true direction of a weight vector lies in the posterior of the learned one: (u_i - u*_i) / sd(u_i) with
 * u = θ/|θ|, whose covariance is P Σ P / |θ|² with P = I - u uᵀ (delta method). The length of the weights, the
 * temperature of the driver, does not matter.
 * @param theta posterior mean. Shape: [n].
 * @param precision Σ⁻¹ of the posterior. Shape: [n x n].
 * @param truth true weights in the same units. Shape: [n].
 * @throws RangeError when the precision is not positive definite
 */
export function directionScores(theta: Float64Array, precision: Float64Array, truth: Float64Array): Float64Array {
  const n = theta.length;
  const factor = cholesky(precision, n);
  if (factor === undefined) throw new RangeError('direction scores: the precision is not positive definite');
  const length = Math.hypot(...theta);
  const trueLength = Math.hypot(...truth);
  return theta.map((weight, i) => {
    const row = theta.map((other, k) => ((i === k ? 1 : 0) - (weight * other) / (length * length)) / length);
    const variance = solveCholesky(factor, row, n).reduce((sum, value, k) => sum + value * row[k]!, 0);
    return (weight / length - truth[i]! / trueLength) / Math.sqrt(variance);
  });
}
