import { type ChoiceData, countedScenes } from './choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from './choiceLikelihood.ts';
import { cholesky, inverseDiagonal, solveCholesky } from './cholesky.ts';
import type { ConvexTerm } from './convexTerm.ts';

/** Norm of the gradient of the mean objective at which Newton's method has converged. */
export const GRADIENT_TOLERANCE = 1e-8;
const ITERATIONS_AT_MOST = 100;
const HALVINGS_AT_MOST = 60;
/** Armijo's constant. */
const SUFFICIENT = 1e-4;
/** Share of the objective's size below which a decrease drowns in rounding. */
const RESOLUTION = 1e-9;

/** Options of `fitMaxent`. */
export interface MaxentOptions {
  /** Standard deviation of the normal prior on the standardised weights: one for all, or one each. Shape: [columns]. */
  readonly priorSd?: number | Float64Array;
  /** Mean of that prior; 0 unless given. Shape: [columns]. */
  readonly priorMean?: Float64Array;
  /**
   * Share of its information that a scene really adds, in (0, 1]: stride / window for overlapping windows, whose
   * likelihood is then a composite one.
   */
  readonly sceneWeight?: number;
  /**
   * Further negative log-factors of the posterior, such as a prior under which weights are correlated, or preferences.
   */
  readonly terms?: readonly ConvexTerm[];
  /** Where the search starts; 0 unless given. Shape: [columns]. */
  readonly start?: Float64Array;
  /** Norm of the gradient at which the search ends. */
  readonly tolerance?: number;
  /** Called after each iteration; throwing ends the fit. */
  readonly onIteration?: (iteration: number, gradientNorm: number) => void;
}

/** Result of `fitMaxent`. */
export interface MaxentFit {
  /** Shape: [columns]. */
  readonly theta: Float64Array;
  /** Standard deviation of the Laplace approximation of the posterior. Shape: [columns]. */
  readonly sd: Float64Array;
  /** Mean negative log-likelihood a scene, without the prior [nat]. */
  readonly nll: number;
  readonly gradientNorm: number;
  /** Gradient of J at θ, zero to the tolerance. Shape: [columns]. */
  readonly gradient: Float64Array;
  readonly iterations: number;
  /** Mean features under the model and of the person, in the data's units. Shapes: [columns]. */
  readonly expected: Float64Array;
  readonly demonstrated: Float64Array;
  /**
   * Second derivatives of J at θ: the mean covariance of the features within a scene, plus the prior. Shape: [columns x
   * columns].
   */
  readonly hessian: Float64Array;
}

/**
 * Maximum-entropy IRL as a convex problem: minimises
 *
 *   J(θ) = mean over scenes of -log P(person) + (Σ (θ_i - μ_i)² / (2 σ_i²) + terms) / (N κ)
 *
 * (`choiceLikelihood`; N scenes, κ scene weight, μ_i and σ_i the prior's means and deviations) by Newton's method with
 * the exact Hessian and backtracking until the gradient's norm is at most 1e-8. The posterior is N(θ, (κ N H)⁻¹), H the
 * Hessian of J (Laplace); it knows sampling noise only, not that the model is wrong.
 * @param data standardised choices of excited features
 * @throws RangeError without scenes, or when the iteration does not converge
 */
export function fitMaxent(data: ChoiceData, options: MaxentOptions = {}): MaxentFit {
  const { priorSd = 10, sceneWeight = 1, terms = [], tolerance = GRADIENT_TOLERANCE, onIteration } = options;
  const { columns: n } = data;
  const centre = options.priorMean ?? new Float64Array(n);
  const scenes = countedScenes(data);
  const deviations = typeof priorSd === 'number' ? new Float64Array(n).fill(priorSd) : priorSd;
  if (scenes === 0) throw new RangeError('maxent: there are no scenes to learn from; expected at least one');
  if (!deviations.every((sd) => sd > 0)) throw new RangeError(`maxent: priorSd is ${priorSd}; expected > 0`);
  if (!(sceneWeight > 0 && sceneWeight <= 1)) {
    throw new RangeError(`maxent: sceneWeight is ${sceneWeight}; expected in (0, 1]`);
  }
  const precision = deviations.map((sd) => 1 / (scenes * sceneWeight * sd * sd));
  let theta = options.start?.slice() ?? new Float64Array(n);
  let here = emptyLikelihood(n);
  let there = emptyLikelihood(n);
  const evaluate = (at: Float64Array, out: typeof here): number => {
    choiceLikelihood(data, at, out, true);
    let square = 0;
    for (let i = 0; i < n; i++) {
      const away = at[i]! - centre[i]!;
      square += precision[i]! * away * away;
      out.gradient[i]! += precision[i]! * away;
      out.hessian[i * n + i]! += precision[i]!;
    }
    let objective = out.value + square / 2;
    for (const term of terms) objective += term(at, out.gradient, out.hessian, 1 / (scenes * sceneWeight));
    return objective;
  };
  let objective = evaluate(theta, here);
  let norm = length(here.gradient);
  let iterations = 0;
  // Where the scenes count for next to nothing the prior alone is large beside them, and so is its rounding.
  const enough = tolerance * Math.max(1, ...precision);
  while (norm > enough) {
    if (iterations++ >= ITERATIONS_AT_MOST) {
      throw new RangeError(
        `maxent: gradient norm ${norm} after ${ITERATIONS_AT_MOST} iterations; expected <= ${enough}`,
      );
    }
    const factor = cholesky(here.hessian, n);
    if (factor === undefined)
      throw new RangeError('maxent: the Hessian is not positive definite; features are not finite');
    const step = solveCholesky(factor, here.gradient, n);
    let slope = 0;
    for (let i = 0; i < n; i++) slope -= step[i]! * here.gradient[i]!;
    let size = 1;
    let halvings = 0;
    for (;;) {
      const next = theta.map((value, i) => value - size * step[i]!);
      const value = evaluate(next, there);
      const nextNorm = length(there.gradient);
      // Near the optimum the objective no longer resolves the decrease; then, and only then, the gradient decides.
      const resolved = -size * slope > RESOLUTION * Math.max(1, Math.abs(objective));
      if (value <= objective + SUFFICIENT * size * slope || (!resolved && nextNorm < norm * (1 - SUFFICIENT))) {
        theta = next;
        objective = value;
        norm = nextNorm;
        [here, there] = [there, here];
        break;
      }
      size /= 2;
      if (++halvings > HALVINGS_AT_MOST) throw new RangeError(`maxent: no descent at gradient norm ${norm}`);
    }
    onIteration?.(iterations, norm);
  }
  const information = here.hessian.map((value) => value * scenes * sceneWeight);
  const factor = cholesky(information, n);
  if (factor === undefined) throw new RangeError('maxent: the posterior precision is not positive definite');
  return {
    theta,
    sd: inverseDiagonal(factor, n).map(Math.sqrt),
    nll: here.value,
    gradientNorm: norm,
    gradient: here.gradient,
    iterations,
    expected: here.expected,
    demonstrated: here.demonstrated,
    hessian: here.hessian,
  };
}

function length(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
