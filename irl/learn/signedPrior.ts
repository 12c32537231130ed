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
 * Means and deviations of the priors of weights whose groups have the given σ.
 * @param logSd natural logarithms of σ. Shape: [groups].
 * @param group of each weight. Shape: [n].
 * @param sign that is expected of each. Shape: [n].
 * @returns Shapes: [n].
 */
export function weightPriors(logSd: Float64Array, group: ArrayLike<number>, sign: ArrayLike<number>) {
  const mean = new Float64Array(group.length);
  const sd = new Float64Array(group.length);
  for (let i = 0; i < group.length; i++) {
    const one = signedPrior(sign[i]!, Math.exp(logSd[group[i]!]!));
    mean[i] = one.mean;
    sd[i] = one.sd;
  }
  return { mean, sd };
}
