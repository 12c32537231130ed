import type { ChoiceData } from './choiceData.ts';
import { cholesky, inverseDiagonal } from './cholesky.ts';
import type { ConvexTerm } from './convexTerm.ts';
import { precisionOverDeviations } from './deviationUncertainty.ts';
import { type DeviationPrior, maximiseEvidence, type QuadraticLikelihood } from './evidence.ts';
import { fitMaxent, type MaxentFit } from './maxent.ts';
import { weightPriors } from './signedPrior.ts';

/** Rounds of fit and evidence at most, and change of a deviation's logarithm at which they end. */
const ROUNDS_AT_MOST = 30;
const SETTLED = 1e-3;
const ROUGHLY_SETTLED = 0.05;
/** Deviations from zero at which a weight contradicts the expected sign. */
const CONTRADICTED = 2;
/** Norm of the gradient up to which a fit on the way is solved. */
const ON_THE_WAY = 1e-5;
const ROUGHLY_ON_THE_WAY = 1e-3;

/** Options of `fitByEvidence`. */
export interface EvidenceOptions {
  /** Group of each column, 0..groups-1; the weights of a group share σ. Shape: [columns]. */
  readonly group: ArrayLike<number>;
  readonly groups: number;
  /** Sign that each column's weight is expected to have, 0 where either will do. Shape: [columns]. */
  readonly sign: ArrayLike<number>;
  readonly prior: DeviationPrior;
  readonly sceneWeight: number;
  /** Further negative log-factors of the posterior; to the evidence they are data like the scenes. */
  readonly terms?: readonly ConvexTerm[];
  /** Where the search starts. */
  readonly start?: EvidenceFit;
  /** Ends as soon as weights are good enough to draw options by. */
  readonly rough?: boolean;
  /** Called after each iteration of each fit; throwing ends the search. */
  readonly onIteration?: (iteration: number, gradientNorm: number) => void;
}

/** A fit and the prior deviations that the data chose; `sd` counts that these are not known for certain. */
export interface EvidenceFit extends MaxentFit {
  /** Inverse covariance of the weights' posterior, of which `sd` is the diagonal's root. Shape: [columns x columns]. */
  readonly precision: Float64Array;
  /** Deviation of each weight's posterior if σ were known. Shape: [columns]. */
  readonly sdOfKnownPrior: Float64Array;
  /** σ of each group (`signedPrior`). Shape: [groups]. */
  readonly groupSd: Float64Array;
  /** Signs that were expected of the weights, 0 where the driving contradicts. Shape: [columns]. */
  readonly sign: Int8Array;
}

/**
 * `fitMaxent` with the prior's σ chosen by the data: by turns the weights are fitted for given σ, and σ gets the values
 * of greatest evidence for the likelihood's quadratic at the weights (MacKay 1992; empirical Bayes), until they stay
 * where they are; then the weights are solved to the last digit. Weights that the driving does not decide are drawn to
 * the prior's mean: to zero, or to the size of the others of their group where a sign is expected. A sign that the
 * driving contradicts by two deviations is expected no more: one such weight would make its whole group look large. The
 * posterior is wider than for known σ (`precisionOverDeviations`).
 */
export function fitByEvidence(data: ChoiceData, options: EvidenceOptions): EvidenceFit {
  const { group, groups, prior, sceneWeight, terms = [], rough = false, onIteration } = options;
  const n = data.columns;
  let iterations = 0;
  const count = (_: number, norm: number) => {
    iterations++;
    onIteration?.(iterations, norm);
  };
  let logSd = options.start?.groupSd.map(Math.log) ?? new Float64Array(groups).fill(Math.log(prior.median));
  let start = options.start?.theta ?? new Float64Array(n);
  const sign = Int8Array.from(options.sign);
  const solve = (tolerance?: number) => {
    const { mean, sd } = weightPriors(logSd, group, sign);
    return fitMaxent(data, {
      priorMean: mean,
      priorSd: sd,
      sceneWeight,
      terms,
      start,
      onIteration: count,
      ...(tolerance === undefined ? {} : { tolerance }),
    });
  };
  /** The likelihood's quadratic at weights that were fitted with the present deviations. */
  const likelihoodAt = ({ theta, gradient, hessian }: MaxentFit): QuadraticLikelihood => {
    const { mean, sd } = weightPriors(logSd, group, sign);
    const counted = data.scenes * sceneWeight;
    const curvature = hessian.map((value) => counted * value);
    // The slope that balances the prior's, and what the fit lacks of that: much where it is rough. Where the likelihood
    // is flat, a slope that it does not have would ask for weights without end.
    const slope = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const alpha = 1 / (sd[i]! * sd[i]!);
      curvature[i * n + i]! -= alpha;
      slope[i] = alpha * (theta[i]! - mean[i]!) - counted * gradient[i]!;
    }
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) slope[i]! += curvature[i * n + k]! * theta[k]!;
    return { curvature, slope, group, sign };
  };
  const settle = () => {
    for (let round = 0; round < ROUNDS_AT_MOST; round++) {
      const fit = solve(rough ? ROUGHLY_ON_THE_WAY : ON_THE_WAY);
      start = fit.theta;
      const next = maximiseEvidence(likelihoodAt(fit), prior, logSd);
      const change = next.reduce((most, log, g) => Math.max(most, Math.abs(log - logSd[g]!)), 0);
      logSd = Float64Array.from(next);
      if (change < (rough ? ROUGHLY_SETTLED : SETTLED)) break;
    }
  };
  for (;;) {
    settle();
    const last = solve(rough ? ROUGHLY_ON_THE_WAY : undefined);
    const precision = precisionOverDeviations(likelihoodAt(last), prior, logSd);
    const sd = inverseDiagonal(cholesky(precision, n)!, n).map(Math.sqrt);
    const contradicted = [...sign.keys()].filter((i) => sign[i]! * last.theta[i]! < -CONTRADICTED * sd[i]!);
    if (contradicted.length === 0) {
      return { ...last, sd, sdOfKnownPrior: last.sd, precision, iterations, groupSd: logSd.map(Math.exp), sign };
    }
    for (const i of contradicted) sign[i] = 0;
  }
}
