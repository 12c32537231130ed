import { exp } from '../../sim/core/deterministicMath.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { MOTION_SAMPLES } from '../features/motion.ts';
import { KNOT_S, LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';

/** Correlation time of people's acceleration [s], from US-101 (`docs/learning.md`). */
const CORRELATION_S = 1;
const END_S = (MOTION_SAMPLES - 1) * TICK_S;
const N = LONGITUDINAL_PARAMETERS;

/**
 * How speed and acceleration at the knot and at the end follow from the present when the acceleration is a process of
 * Ornstein & Uhlenbeck that relaxes to a mean: the linear map for present acceleration and for the mean, and the
 * Cholesky factor of the covariance for a standard deviation of 1 m/s².
 * Parameter order: speed and acceleration at the knot, speed and acceleration at the end.
 */
export const ACCELERATION_PROCESS = describeProcess();

function describeProcess() {
  const times = [KNOT_S, END_S];
  const fromPresent = new Float64Array(N);
  const fromMean = new Float64Array(N);
  for (const [i, t] of times.entries()) {
    const left = exp(-t / CORRELATION_S);
    const gained = CORRELATION_S * (1 - left);
    fromPresent[2 * i] = gained;
    fromPresent[2 * i + 1] = left;
    fromMean[2 * i] = t - gained;
    fromMean[2 * i + 1] = 1 - left;
  }
  const factor = choleskyFactor(covariance(times));
  let logDeterminant = 0;
  for (let i = 0; i < N; i++) logDeterminant += Math.log(factor[i * N + i]!);
  return { fromPresent, fromMean, factor, logDeterminant };
}

/** Covariance of (v(t1), a(t1), v(t2), a(t2)) given the present, by the midpoint rule on a grid of 20 ms. */
function covariance(times: readonly number[]): Float64Array {
  const step = 0.02;
  const acceleration = (t: number, u: number) => exp(-Math.abs(t - u) / CORRELATION_S) - exp(-(t + u) / CORRELATION_S);
  const overSpeed = (t: number, u: number) => {
    let sum = 0;
    for (let x = step / 2; x < t; x += step) sum += acceleration(x, u) * step;
    return sum;
  };
  const overBoth = (t: number, u: number) => {
    let sum = 0;
    for (let x = step / 2; x < u; x += step) sum += overSpeed(t, x) * step;
    return sum;
  };
  const matrix = new Float64Array(N * N);
  for (const [i, t] of times.entries()) {
    for (const [j, u] of times.entries()) {
      matrix[2 * i * N + 2 * j] = overBoth(t, u);
      matrix[2 * i * N + 2 * j + 1] = overSpeed(t, u);
      matrix[(2 * i + 1) * N + 2 * j] = overSpeed(u, t);
      matrix[(2 * i + 1) * N + 2 * j + 1] = acceleration(t, u);
    }
  }
  return matrix;
}

/** Lower Cholesky factor of a positive definite matrix. Shape: [N x N]. */
function choleskyFactor(matrix: Float64Array): Float64Array {
  const factor = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * N + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * N + k]! * factor[j * N + k]!;
      factor[i * N + j] = i === j ? Math.sqrt(sum) : sum / factor[j * N + j]!;
    }
  }
  return factor;
}
