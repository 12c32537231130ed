import { type ChoiceData, countedScenes } from './choiceData.ts';

/** Share below which an option no longer adds to the curvature; below a double's resolution of 1. */
const NEGLIGIBLE = 1e-17;

/** Options whose moments are summed at a time: one pass over the sums for four is half the work. */
const FOUR = 4;

/** Value and derivatives of the mean negative log-likelihood; means are weighted where the scenes are. */
export interface ChoiceLikelihood {
  /** Mean negative log-likelihood a scene [nat]. */
  value: number;
  /** Shape: [columns]. */
  readonly gradient: Float64Array;
  /** Shape: [columns x columns], symmetric, positive semidefinite. */
  readonly hessian: Float64Array;
  /** Mean over scenes of the expected feature values under the model. Shape: [columns]. */
  readonly expected: Float64Array;
  /** Mean over scenes of the person's feature values. Shape: [columns]. */
  readonly demonstrated: Float64Array;
}

/** Room for the derivatives in `columns` weights. */
export function emptyLikelihood(columns: number): ChoiceLikelihood {
  return {
    value: 0,
    gradient: new Float64Array(columns),
    hessian: new Float64Array(columns * columns),
    expected: new Float64Array(columns),
    demonstrated: new Float64Array(columns),
  };
}

/**
 * Weighted conditional logit. In scene s with options j (person h included) the model gives
 *
 *   P(h) = w̄ exp(θ·f_h) / Σ_j w_j exp(θ·f_j),   w̄ the mean of the scene's w,
 *
 * the importance-sampled form of maximum-entropy IRL (Ziebart et al. 2008, eq. 1; Finn et al. 2016, eq. 3): with
 * w = 1/q the sum estimates the partition function over the continuum of motions, and P(h) is the chance of the
 * person's motion among n options of equal measure, 1/n for a reward of zero. Mean negative log-likelihood, gradient
 * E[f] - f_h and Hessian Cov[f], all exact for the given options.
 * @param theta weights of the columns. Shape: [columns].
 * @param wantHessian whether `out.hessian` is filled
 */
export function choiceLikelihood(
  data: ChoiceData,
  theta: Float64Array,
  out: ChoiceLikelihood,
  wantHessian: boolean,
): void {
  const { columns, scenes, start, values, logWeight } = data;
  const { gradient, hessian, expected, demonstrated } = out;
  gradient.fill(0);
  hessian.fill(0);
  expected.fill(0);
  demonstrated.fill(0);
  const mean = new Float64Array(columns);
  const second = new Float64Array(columns * columns);
  let longest = 0;
  for (let scene = 0; scene < scenes; scene++) longest = Math.max(longest, start[scene + 1]! - start[scene]!);
  const utility = new Float64Array(longest);
  const shares = new Float64Array(longest + FOUR);
  const places = new Int32Array(longest + FOUR);
  let total = 0;
  for (let scene = 0; scene < scenes; scene++) {
    const counts = data.sceneWeights?.[scene] ?? 1;
    if (counts === 0) continue;
    const from = start[scene]!;
    const options = start[scene + 1]! - from;
    let highest = Number.NEGATIVE_INFINITY;
    let heaviest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < options; j++) {
      let sum = logWeight[from + j]!;
      if (sum > heaviest) heaviest = sum;
      const at = (from + j) * columns;
      for (let i = 0; i < columns; i++) sum += theta[i]! * values[at + i]!;
      utility[j] = sum;
      if (sum > highest) highest = sum;
    }
    let partition = 0;
    let weights = 0;
    const personal = utility[0]! - logWeight[from]! + heaviest;
    for (let j = 0; j < options; j++) {
      const share = Math.exp(utility[j]! - highest);
      utility[j] = share;
      partition += share;
      weights += Math.exp(logWeight[from + j]! - heaviest);
    }
    total += counts * (Math.log(partition) + highest - personal - Math.log(weights / options));
    mean.fill(0);
    if (wantHessian) second.fill(0);
    let counting = 0;
    for (let j = 0; j < options; j++) {
      const share = utility[j]! / partition;
      if (share < NEGLIGIBLE) continue;
      shares[counting] = share;
      places[counting++] = (from + j) * columns;
    }
    // Options that count for nothing fill up the last four.
    shares.fill(0, counting, counting + FOUR);
    places.fill(from * columns, counting, counting + FOUR);
    for (let n = 0; n < counting; n += FOUR) {
      addFour(values, places, shares, n, columns, mean, wantHessian ? second : undefined);
    }
    for (let i = 0; i < columns; i++) {
      const person = values[from * columns + i]!;
      expected[i]! += counts * mean[i]!;
      demonstrated[i]! += counts * person;
      if (wantHessian) {
        for (let k = 0; k <= i; k++) {
          hessian[i * columns + k]! += counts * (second[i * columns + k]! - mean[i]! * mean[k]!);
        }
      }
    }
  }
  const counted = countedScenes(data);
  out.value = total / counted;
  for (let i = 0; i < columns; i++) {
    expected[i]! /= counted;
    demonstrated[i]! /= counted;
    gradient[i] = expected[i]! - demonstrated[i]!;
    for (let k = 0; k <= i; k++) {
      hessian[i * columns + k]! /= counted;
      hessian[k * columns + i] = hessian[i * columns + k]!;
    }
  }
}

/** Adds the first moments of four options to `mean`, and the lower triangle of their second moments to `second`. */
function addFour(
  values: Float64Array,
  places: Int32Array,
  shares: Float64Array,
  n: number,
  columns: number,
  mean: Float64Array,
  second: Float64Array | undefined,
): void {
  const a = places[n]!;
  const b = places[n + 1]!;
  const c = places[n + 2]!;
  const d = places[n + 3]!;
  for (let i = 0; i < columns; i++) {
    const partA = shares[n]! * values[a + i]!;
    const partB = shares[n + 1]! * values[b + i]!;
    const partC = shares[n + 2]! * values[c + i]!;
    const partD = shares[n + 3]! * values[d + i]!;
    mean[i]! += partA + partB + partC + partD;
    if (second === undefined) continue;
    const row = i * columns;
    for (let k = 0; k <= i; k++) {
      second[row + k]! +=
        partA * values[a + k]! + partB * values[b + k]! + partC * values[c + k]! + partD * values[d + k]!;
    }
  }
}
