import type { ConvexTerm } from './convexTerm.ts';

/**
 * Bradley-Terry likelihood of preferences (Bradley & Terry 1952; for rewards Christiano et al. 2017): a is preferred to
 * b with the chance σ(R(a) - R(b)), R the reward of the mean features of what was executed. As a term of the fit:
 *
 *   Σ log(1 + exp(-θ·x)),   x = f(chosen) - f(other),
 *
 * with gradient -Σ σ(-θ·x) x and Hessian Σ σ(θ·x) σ(-θ·x) x xᵀ: convex whatever the preferences say, contradictions
 * included.
 * @param differences standardised x of each preference. Shape: [preferences][columns].
 */
export function preferenceTerm(differences: readonly Float64Array[]): ConvexTerm {
  return (theta, gradient, hessian, factor) => {
    const n = theta.length;
    let value = 0;
    for (const x of differences) {
      let margin = 0;
      for (let i = 0; i < n; i++) margin += theta[i]! * x[i]!;
      value += preferenceNll(margin);
      const doubt = 1 / (1 + Math.exp(margin));
      const curvature = factor * doubt * (1 - doubt);
      for (let i = 0; i < n; i++) {
        gradient[i]! -= factor * doubt * x[i]!;
        for (let k = 0; k < n; k++) hessian[i * n + k]! += curvature * x[i]! * x[k]!;
      }
    }
    return factor * value;
  };
}

/** -log σ(margin) [nat], without overflow. */
export function preferenceNll(margin: number): number {
  return margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin));
}
