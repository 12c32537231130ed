import { createRandomStream } from '../../sim/core/randomStream.ts';
import { cholesky } from './cholesky.ts';

/**
 * Draws from the normal distribution N(mean, precision⁻¹).
 * @param precision symmetric, positive definite. Shape: [n x n].
 * @returns Shape: [count x n], row-major
 * @throws RangeError when the precision is not positive definite
 */
export function posteriorSamples(
  mean: Float64Array,
  precision: Float64Array,
  { count, seed = 0 }: { readonly count: number; readonly seed?: number },
): Float64Array {
  const n = mean.length;
  const factor = cholesky(precision, n);
  if (factor === undefined) throw new RangeError('posterior: the precision is not positive definite');
  const stream = createRandomStream(seed, 'posterior');
  const samples = new Float64Array(count * n);
  const x = new Float64Array(n);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < n; i++) x[i] = stream.normal();
    // Lᵀ x = z gives x the covariance (L Lᵀ)⁻¹.
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i]! -= factor[k * n + i]! * x[k]!;
      x[i]! /= factor[i * n + i]!;
    }
    for (let i = 0; i < n; i++) samples[row * n + i] = mean[i]! + x[i]!;
  }
  return samples;
}
