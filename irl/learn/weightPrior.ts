import { featureIndex } from '../features/registry.ts';
import type { ChoiceData } from './choiceData.ts';
import { cholesky, inverseMatrix } from './cholesky.ts';
import { gaussianPrior } from './gaussianPrior.ts';
import type { MaxentOptions } from './maxent.ts';
import type { Population } from './population.ts';
import { type Standardisation, standardise } from './standardisation.ts';

/** What is believed of the weights before the demonstrations, and in which units. */
export interface WeightPrior {
  /** Scales, and the columns whose weights are learned. */
  readonly standardisation: Standardisation;
  /** The prior as `fitMaxent` takes it. */
  readonly fit: Pick<MaxentOptions, 'priorSd' | 'terms'>;
  /** Deviation of each column's weight beforehand. Shape: [columns]. */
  readonly sd: Float64Array;
  /** Options that reproduce it, for the reward file. */
  readonly options: Readonly<Record<string, number | string>>;
}

/**
 * The population's prior in the population's units, or, without a population, an isotropic one in units of the spread
 * within the data's own scenes.
 */
export function weightPrior(data: ChoiceData, priorSd: number, population?: Population): WeightPrior {
  const sd = new Float64Array(data.columns).fill(priorSd);
  if (population === undefined) {
    return { standardisation: standardise(data), fit: { priorSd }, sd, options: { priorSd } };
  }
  const { features, covariance } = population;
  const scale = new Float64Array(data.columns).fill(1);
  const order = features
    .map(({ name }, at) => ({ column: featureIndex(name), at }))
    .sort((a, b) => a.column - b.column);
  for (const { column, at } of order) {
    scale[column] = features[at]!.scale;
    sd[column] = features[at]!.sd;
  }
  const n = order.length;
  const ordered = Float64Array.from(
    { length: n * n },
    (_, k) => covariance[order[Math.floor(k / n)]!.at]![order[k % n]!.at]!,
  );
  const precision = inverseMatrix(cholesky(ordered, n)!, n);
  const mean = Float64Array.from(order, ({ at }) => features[at]!.mean);
  const excited = order.map(({ column }) => column);
  const unexcited = Array.from(sd, (_, column) => column).filter((column) => !excited.includes(column));
  return {
    standardisation: { scale, excited, unexcited },
    fit: { priorSd: Number.POSITIVE_INFINITY, terms: [gaussianPrior(mean, precision)] },
    sd,
    options: { population: population.name, populationDrivers: population.fit.drivers },
  };
}
