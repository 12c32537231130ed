import { NORMAL_95 } from '../learn/maxentLearner.ts';
import { quantile } from '../learn/quantile.ts';

const RANK_BINS = 10;

/** How often nominal 95 % intervals held the truth. */
export interface Coverage {
  readonly coverage: number;
  /** Intervals that were looked at. */
  readonly n: number;
  /** Deviation of the coverage if it were the nominal one: sqrt(0.95 * 0.05 / n). */
  readonly binomialError: number;
}

/**
 * Share of scores within the nominal 95 % interval.
 * @param scores (estimate - truth) / posterior deviation
 * @throws RangeError without scores
 */
export function coverageOf(scores: readonly number[]): Coverage {
  const n = scores.length;
  if (n === 0) throw new RangeError('coverage: there are no scores; expected at least one');
  const held = scores.filter((score) => Math.abs(score) <= NORMAL_95).length;
  return { coverage: held / n, n, binomialError: Math.sqrt((0.95 * 0.05) / n) };
}

/** The factor on the deviations with which 95 % of these scores would be within their interval. */
export function factorForCoverage(scores: readonly number[]): number {
  return quantile(scores.map(Math.abs), 0.95) / NORMAL_95;
}

/**
 * Whether the truth's ranks in the posterior are uniform (simulation-based calibration, Talts et al. 2018): Pearson's
 * χ² over ten bins of the normal distribution function of the scores.
 */
export function rankUniformity(scores: readonly number[]): {
  readonly counts: readonly number[];
  readonly chiSquare: number;
  readonly degrees: number;
} {
  const counts = new Array<number>(RANK_BINS).fill(0);
  for (const score of scores) {
    const rank = normalDistribution(-score);
    counts[Math.min(Math.floor(rank * RANK_BINS), RANK_BINS - 1)]!++;
  }
  const expected = scores.length / RANK_BINS;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return { counts, chiSquare, degrees: RANK_BINS - 1 };
}

/** Standard normal distribution function, absolute error below 1.5e-7 (Abramowitz & Stegun 1964, 7.1.26). */
function normalDistribution(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = (series * Math.exp(-(x * x) / 2)) / 2;
  return x >= 0 ? 1 - upper : upper;
}
