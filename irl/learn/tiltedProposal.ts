import { LONGEST_MOVE_S, SHORTEST_MOVE_S } from '../candidates/lateralFamily.ts';
import { logSumExp } from '../candidates/logSumExp.ts';
import { LONGITUDINAL_PARAMETERS } from '../candidates/longitudinalFamily.ts';
import { FAMILY_PARAMETERS } from '../candidates/projection.ts';
import { cholesky, inverseFactor } from './cholesky.ts';

const N = FAMILY_PARAMETERS;
const DURATION_AT = LONGITUDINAL_PARAMETERS + 1;
const RANGE_S = LONGEST_MOVE_S - SHORTEST_MOVE_S;
const LOG_NORMAL = (-N * Math.log(2 * Math.PI)) / 2;
/** Effective number of motions from which the weights are flattened no more: fewer do not give a covariance. */
const ENOUGH = 16;
/** Share of all weight from which a lane gets a normal of its own. */
const NOTABLE = 0.02;
/** How many motions the expected spread counts for beside those that were seen. */
const PRIOR_COUNT = 8;
/** Factor on the covariance: a proposal has to be somewhat wider than what it is for. */
const INFLATION = 1.5;
/**
 * Spread that is expected of a person who knows what it wants: deviations of speed [m/s] and acceleration [m/s²] at the
 * knot and at the end, of the lateral target [m], of the duration on its logit scale, and of the sway [m].
 */
const EXPECTED_SPREAD = [0.4, 0.4, 1, 0.4, 0.25, 1.2, 0.15];
/**
 * Factors on the deviations of lateral target, duration and sway of a normal's wide twin. Rewards that mind lateral
 * speed or the lane's centre little leave wide sways in long moves and targets off the centre likely, of which motions
 * drawn for people hold next to none: without the twin they are never reached, and the weights of lateral speed and
 * lane offset come out too small (`docs/learning.md`, options that follow the model).
 */
const WIDER = [
  [DURATION_AT - 1, 2],
  [DURATION_AT, 1.5],
  [DURATION_AT + 1, 3],
] as const;

/** A proposal that follows the model's own distribution in one scene: a mixture of normals. */
export interface TiltedProposal {
  /**
   * Writes one draw to `out` from `at` on.
   * @param z standard normals. Shape: [FAMILY_PARAMETERS].
   * @param choice in [0, 1), picks the normal
   */
  draw(z: Float64Array, choice: number, out: Float64Array, at: number): void;
  /** Natural logarithm of the density at the parameters from `at` on. */
  logDensity(parameters: Float64Array, at: number): number;
}

interface Normal {
  readonly share: number;
  readonly mean: Float64Array;
  /** Lower Cholesky factor of the covariance. Shape: [N x N]. */
  readonly factor: Float64Array;
  /** Its inverse, which makes standard normals of what is away from the mean. Shape: [N x N]. */
  readonly whiten: Float64Array;
  /** Natural logarithm of share x density at the mean. */
  readonly logTop: number;
}

/**
 * Fits the proposal to weighted motions: one normal for each of their groups, the lateral targets' lanes, with the
 * group's mean and covariance (adaptive importance sampling by moments; Cappé et al. 2008, Cornuet et al. 2012), and
 * for each a twin of equal share with wider targets, durations and sways (a defensive mixture, Hesterberg 1995).
 * Durations go by the logit of their place in the allowed range. Weights that rest on few motions are flattened until
 * they rest on 16, and covariances are shrunk towards an expected spread and widened.
 * @param parameters Shape: [rows x FAMILY_PARAMETERS], row-major
 * @param logWeight natural logarithm of the weights, up to a constant. Shape: [rows].
 * @param group of each row, any integers >= 0. Shape: [rows].
 * @throws RangeError without rows
 */
export function fitTiltedProposal(
  parameters: Float64Array,
  logWeight: Float64Array,
  group: ArrayLike<number>,
  rows: number,
): TiltedProposal {
  if (rows === 0) throw new RangeError('tilted proposal: there are no motions to follow; expected at least one');
  const share = flattened(logWeight, rows);
  const points = new Float64Array(rows * N);
  for (let row = 0; row < rows; row++) toLine(parameters, row * N, points, row * N);
  const totals = new Map<number, number>();
  for (let row = 0; row < rows; row++) totals.set(group[row]!, (totals.get(group[row]!) ?? 0) + share[row]!);
  const kept = [...totals].filter(([, total]) => total >= NOTABLE);
  const sum = kept.reduce((all, [, total]) => all + total, 0);
  const normals = kept.flatMap(([label, total]) => {
    const normal = momentNormal(points, share, group, label, rows, total / sum / 2);
    return [normal, widerTwin(normal)];
  });
  const line = new Float64Array(N);
  const away = new Float64Array(N);
  const logPart = new Float64Array(normals.length);
  return {
    draw(z, choice, out, at) {
      let index = 0;
      let rest = choice;
      while (index < normals.length - 1 && rest >= normals[index]!.share) rest -= normals[index++]!.share;
      const { mean, factor } = normals[index]!;
      for (let i = 0; i < N; i++) {
        let value = mean[i]!;
        for (let k = 0; k <= i; k++) value += factor[i * N + k]! * z[k]!;
        out[at + i] = value;
      }
      out[at + DURATION_AT] = SHORTEST_MOVE_S + RANGE_S / (1 + Math.exp(-out[at + DURATION_AT]!));
    },
    logDensity(values, at) {
      toLine(values, at, line, 0);
      for (let n = 0; n < normals.length; n++) {
        const { logTop, mean, whiten } = normals[n]!;
        for (let i = 0; i < N; i++) away[i] = line[i]! - mean[i]!;
        let square = 0;
        for (let i = 0; i < N; i++) {
          let white = 0;
          for (let k = 0; k <= i; k++) white += whiten[i * N + k]! * away[k]!;
          square += white * white;
        }
        logPart[n] = logTop - square / 2;
      }
      const place = placeInRange(values[at + DURATION_AT]!);
      // d logit(u) / d duration, u the place in the range.
      return logSumExp(logPart) - Math.log(RANGE_S * place * (1 - place));
    },
  };
}

/** Place of a duration in the allowed range, away from its ends, where the logit is infinite. */
function placeInRange(duration: number): number {
  return Math.min(Math.max((duration - SHORTEST_MOVE_S) / RANGE_S, 1e-6), 1 - 1e-6);
}

/** Copies parameters with the duration on its logit scale, on which it may take any value. */
function toLine(parameters: Float64Array, from: number, out: Float64Array, at: number): void {
  for (let i = 0; i < N; i++) out[at + i] = parameters[from + i]!;
  const place = placeInRange(parameters[from + DURATION_AT]!);
  out[at + DURATION_AT] = Math.log(place / (1 - place));
}

/** Shares exp(β logWeight), of sum 1, with the largest β <= 1 of 1, 1/2, 1/4 ... that leaves them on enough motions. */
function flattened(logWeight: Float64Array, rows: number): Float64Array {
  const share = new Float64Array(rows);
  const enough = Math.min(ENOUGH, rows / 2);
  for (let beta = 1; ; beta /= 2) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < rows; row++) highest = Math.max(highest, beta * logWeight[row]!);
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const value = Math.exp(beta * logWeight[row]! - highest);
      share[row] = value;
      sum += value;
      squares += value * value;
    }
    if ((sum * sum) / squares >= enough || beta < 1e-3) return share.map((value) => value / sum);
  }
}

function momentNormal(
  points: Float64Array,
  share: Float64Array,
  group: ArrayLike<number>,
  label: number,
  rows: number,
  part: number,
): Normal {
  const mean = new Float64Array(N);
  const covariance = new Float64Array(N * N);
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    if (group[row] !== label) continue;
    const weight = share[row]!;
    sum += weight;
    squares += weight * weight;
    for (let i = 0; i < N; i++) mean[i]! += weight * points[row * N + i]!;
  }
  for (let i = 0; i < N; i++) mean[i]! /= sum;
  for (let row = 0; row < rows; row++) {
    if (group[row] !== label) continue;
    const weight = share[row]! / sum;
    for (let i = 0; i < N; i++) {
      const away = weight * (points[row * N + i]! - mean[i]!);
      for (let k = 0; k <= i; k++) covariance[i * N + k]! += away * (points[row * N + k]! - mean[k]!);
    }
  }
  const seen = (sum * sum) / squares;
  for (let i = 0; i < N; i++) {
    for (let k = 0; k <= i; k++) {
      const expected = i === k ? EXPECTED_SPREAD[i]! * EXPECTED_SPREAD[i]! : 0;
      const value = (INFLATION * (seen * covariance[i * N + k]! + PRIOR_COUNT * expected)) / (seen + PRIOR_COUNT);
      covariance[i * N + k] = value;
      covariance[k * N + i] = value;
    }
  }
  return normalOf(part, mean, cholesky(covariance, N)!);
}

function normalOf(share: number, mean: Float64Array, factor: Float64Array): Normal {
  let logTop = Math.log(share) + LOG_NORMAL;
  for (let i = 0; i < N; i++) logTop -= Math.log(factor[i * N + i]!);
  return { share, mean, factor, whiten: inverseFactor(factor, N), logTop };
}

function widerTwin({ share, mean, factor }: Normal): Normal {
  const wider = factor.slice();
  for (const [parameter, times] of WIDER) {
    for (let k = 0; k <= parameter; k++) wider[parameter * N + k]! *= times;
  }
  return normalOf(share, mean, wider);
}
