import { cholesky, solveCholesky } from './cholesky.ts';

/** Damping at the start, and how it changes after a step that did and did not help. */
const DAMPING = 0.02;
const CALMER = 0.5;
const STRICTER = 3;
/** Ratio of squared gaps below which a step counts as progress. */
const NOTABLE = 0.95;
/** Weights below this count as this large when a step is judged by how much it changes them. */
const SMALL_WEIGHT = 1;
/** Largest change of a weight in a step, relative to its size. */
const LONGEST_STEP = 0.5;
/** Gaps beyond this count by their logarithm: a rare violent moment of one side must not outweigh everything else. */
const LARGE_GAP = 0.25;

/** A search for weights under which an agent does on average what somebody else does. */
export interface MatchingProblem {
  /** Weights to start from. Shape: [n]. */
  readonly start: Float64Array;
  /** Gaps at these weights, where they are known already. Shape: [n]. */
  readonly gapsAtStart?: Float64Array;
  /** First guess of how the agent's means change with the weights: symmetric, positive definite. Shape: [n x n]. */
  readonly sensitivity: Float64Array;
  /** Largest weight allowed; Infinity where any is. Shape: [n]. */
  readonly highest: Float64Array;
  /**
   * Means of the agent under the weights minus those to be matched, in units in which `tolerance` is meant. Shape: [n].
   */
  gaps(theta: Float64Array): Promise<Float64Array>;
  /** Largest gap at which the search is done. */
  readonly tolerance: number;
  /**
   * Whether gaps that were just measured are all so small that chance explains them; the search is then done as well.
   */
  withinNoise?(gaps: Float64Array): boolean;
  /** Calls of `gaps` at most. */
  readonly evaluations: number;
  /** Calls without progress after which the search ends. */
  readonly patience: number;
}

/** Where a search ended. */
export interface Matching {
  /**
   * The weights with the smallest sum of squared gaps that were tried, large gaps counted by their logarithm. Shape:
   * [n].
   */
  readonly theta: Float64Array;
  /** Gaps at these weights. Shape: [n]. */
  readonly gaps: Float64Array;
  readonly evaluations: number;
  readonly ended: 'matched' | 'within-noise' | 'no-progress' | 'budget';
}

/**
 * Finds weights θ at which g(θ) = E_agent[f] - E_person[f] vanishes, as far as it does. The agent's means have no
 * derivatives, because it takes the best of its options: a step solves the damped least-squares problem
 *
 *   min over δ of |g + B δ|² + μ Σ (δ_i / max(|θ_i|, 1))²     (Levenberg 1944; Marquardt 1963)
 *
 * B, at first the derivative of the Boltzmann model's means, is corrected after every evaluation by what was seen
 * (Broyden 1965, eq. 4.5). Steps that do not help are not taken but teach B. Weights at their limit stay there while
 * their gap asks for more.
 */
export async function matchExpectations(problem: MatchingProblem): Promise<Matching> {
  const { start, sensitivity, highest, tolerance, patience, withinNoise = () => false } = problem;
  const B = sensitivity.slice();
  let theta = start.map((value, i) => Math.min(value, highest[i]!));
  let gaps = problem.gapsAtStart ?? (await problem.gaps(theta));
  let damping = DAMPING;
  let idle = 0;
  let evaluations = problem.gapsAtStart ? 0 : 1;
  while (largestGap(gaps) > tolerance && !withinNoise(gaps) && idle < patience && evaluations < problem.evaluations) {
    const weightSize = theta.map((value) => Math.max(Math.abs(value), SMALL_WEIGHT));
    const step = dampedStep(B, counted(gaps), damping, weightSize, freeWeights(theta, highest, gaps));
    const next = theta.map((value, i) => {
      const reach = LONGEST_STEP * weightSize[i]!;
      return Math.min(value + Math.min(Math.max(step[i]!, -reach), reach), highest[i]!);
    });
    const seen = await problem.gaps(next);
    evaluations++;
    correct(
      B,
      next.map((value, i) => value - theta[i]!),
      counted(seen).map((value, i) => value - counted(gaps)[i]!),
    );
    const better = sumOfGaps(seen) / sumOfGaps(gaps);
    if (better < 1) {
      idle = better < NOTABLE ? 0 : idle + 1;
      theta = next;
      gaps = seen;
      damping *= CALMER;
    } else {
      idle++;
      damping *= STRICTER;
    }
  }
  const ended =
    largestGap(gaps) <= tolerance
      ? 'matched'
      : withinNoise(gaps)
        ? 'within-noise'
        : idle >= patience
          ? 'no-progress'
          : 'budget';
  return { theta, gaps, evaluations, ended };
}

/** What a search makes small: the sum of squared gaps, large ones counted by their logarithm. */
export function sumOfGaps(gaps: Float64Array): number {
  return squares(counted(gaps));
}

/** Weights that may move: all but those at their limit whose gap asks for more. */
function freeWeights(theta: Float64Array, highest: Float64Array, gaps: Float64Array): number[] {
  return [...theta.keys()].filter((i) => theta[i]! < highest[i]! || gaps[i]! > 0);
}

/**
 * Solves (BᵀB + μ D) δ = -Bᵀ g in the free weights, D = diag(1 / size²); the others stay. Shapes: B [n x n], else [n].
 */
function dampedStep(
  B: Float64Array,
  gaps: Float64Array,
  damping: number,
  size: Float64Array,
  free: readonly number[],
): Float64Array {
  const n = gaps.length;
  const m = free.length;
  const normal = new Float64Array(m * m);
  const right = new Float64Array(m);
  for (const [a, i] of free.entries()) {
    for (let k = 0; k < n; k++) right[a]! -= B[k * n + i]! * gaps[k]!;
    for (const [b, j] of free.entries()) {
      let sum = a === b ? damping / (size[i]! * size[i]!) : 0;
      for (let k = 0; k < n; k++) sum += B[k * n + i]! * B[k * n + j]!;
      normal[a * m + b] = sum;
    }
  }
  const factor = cholesky(normal, m);
  if (factor === undefined) throw new RangeError('matching: gaps or sensitivity are not finite');
  const solved = solveCholesky(factor, right, m);
  const step = new Float64Array(n);
  for (const [a, i] of free.entries()) step[i] = solved[a]!;
  return step;
}

/** Broyden's rank-one correction, so that B δ is what was seen. */
function correct(B: Float64Array, delta: Float64Array, change: Float64Array): void {
  const n = delta.length;
  const square = squares(delta);
  if (square === 0) return;
  for (let i = 0; i < n; i++) {
    let expected = 0;
    for (let j = 0; j < n; j++) expected += B[i * n + j]! * delta[j]!;
    for (let j = 0; j < n; j++) B[i * n + j]! += ((change[i]! - expected) * delta[j]!) / square;
  }
}

/** asinh of the gaps: a small gap counts as it is. */
function counted(gaps: Float64Array): Float64Array {
  return gaps.map((gap) => LARGE_GAP * Math.asinh(gap / LARGE_GAP));
}

function squares(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

/** Largest gap in size. */
export function largestGap(vector: Float64Array): number {
  return vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
