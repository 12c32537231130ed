/** What the person did, as an agent's mean over the starts of its rollouts is held against it; of one feature. */
export interface PersonTarget {
  readonly mean: number;
  /**
   * Standard error of an agent's mean less `mean`: what other starts and other driving of the same kind would change.
   * Moments that overlap make it too small; 0 where there is a single start. Shape of the agent's values: [starts].
   */
  standardError(agent: Float64Array): number;
}

/**
 * Makes the most of driving that no rollout starts from. An agent drives on from a few moments of the recordings. There
 * it is compared with the person who was in the same place, which says much where the place decides what follows, as
 * over 5 s. Over minutes it says nothing, and the mean over all moments is the surer one. The regression estimator
 * (Cochran 1977, sections 7.1 to 7.5) takes of each what it is worth: β is the slope of the agent's values on the
 * person's, and the target
 *
 *   mean = β mean over the starts + (1 - β) mean over all moments
 *
 * With β = 1 that is the paired difference, with β = 0 the difference to all of the person's driving. β stays within
 * [0, 1] and belongs to one agent, whichever: so long as it is the same for all, the target is, and none is biased by
 * it. It makes no difference where rollouts start from all moments.
 *
 * @param agent values of any agent from the starts on. Shape: [starts].
 * @param atStarts the person's from the same moments on. Shape: [starts].
 * @param everywhere the person's from all moments on, those of the starts among them. Shape: [moments].
 */
export function personTarget(agent: Float64Array, atStarts: Float64Array, everywhere: Float64Array): PersonTarget {
  const spread = covariance(atStarts, atStarts);
  const beta = spread > 0 ? Math.min(Math.max(covariance(agent, atStarts) / spread, 0), 1) : 0;
  const rest = 1 - beta;
  return {
    mean: beta * mean(atStarts) + rest * mean(everywhere),
    standardError(values) {
      if (values.length < 2) return 0;
      const left = values.map((value, row) => value - beta * atStarts[row]!);
      const shared = rest * rest * covariance(everywhere, everywhere) - 2 * rest * covariance(left, atStarts);
      return Math.sqrt(Math.max(0, covariance(left, left) / values.length + shared / everywhere.length));
    },
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample covariance; 0 of fewer than two values. */
function covariance(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  if (n < 2) return 0;
  const meanA = mean(a);
  const meanB = mean(b);
  return a.reduce((sum, value, row) => sum + (value - meanA) * (b[row]! - meanB), 0) / (n - 1);
}
