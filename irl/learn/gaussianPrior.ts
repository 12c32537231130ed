import type { ConvexTerm } from './convexTerm.ts';

/**
 * A normal prior as a term of the fit: ½ (θ - μ)ᵀ P (θ - μ).
 * @param mean μ. Shape: [columns].
 * @param precision P, symmetric, positive definite. Shape: [columns x columns].
 */
export function gaussianPrior(mean: Float64Array, precision: Float64Array): ConvexTerm {
  const n = mean.length;
  return (theta, gradient, hessian, factor) => {
    let value = 0;
    for (let i = 0; i < n; i++) {
      let pull = 0;
      for (let k = 0; k < n; k++) {
        pull += precision[i * n + k]! * (theta[k]! - mean[k]!);
        hessian[i * n + k]! += factor * precision[i * n + k]!;
      }
      gradient[i]! += factor * pull;
      value += (pull * (theta[i]! - mean[i]!)) / 2;
    }
    return factor * value;
  };
}
