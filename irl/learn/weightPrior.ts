import { featureIndex } from '../features/registry.ts';
import type { ChoiceData } from './choiceData.ts';
import { cholesky, inverseMatrix } from './cholesky.ts';
import type { ConvexTerm } from './convexTerm.ts';
import { gaussianPrior } from './gaussianPrior.ts';
import type { Population } from './population.ts';
import { type Preferences, preferredDifferences } from './preferences.ts';
import { preferenceTerm } from './preferenceTerm.ts';
import { SCALE_FLOOR, type Standardisation, standardise } from './standardisation.ts';

/** Deviation of the weight of a feature that no driver of a population has shown. */
const NOTHING_KNOWN_SD = 10;

/** What is known of the weights beside the demonstrations, and in which units. */
export interface WeightPrior {
  /** Scales, and the columns whose weights are learned. */
  readonly standardisation: Standardisation;
  /**
   * Prior and preferences as `fitMaxent` takes them; the data choose the prior's deviations where `priorSd` is absent.
   */
  readonly fit: { readonly priorSd?: number; readonly terms?: readonly ConvexTerm[] };
  /** Deviation of each column's weight beforehand, where the data do not choose it. Shape: [columns]. */
  readonly sd: Float64Array | undefined;
  /** Options that reproduce it, for the reward file. */
  readonly options: Readonly<Record<string, number | string>>;
}

/**
 * The population's prior in the population's units, or, without a population, one in units of the spread within the
 * data's own scenes, around 0 and as wide as `priorSd` says or, without it, left to the data (`fitByEvidence`); and the
 * preferences. A population's features are all that is learned with it.
 */
export function weightPrior(
  data: ChoiceData,
  priorSd: number | undefined,
  population?: Population,
  preferences?: Preferences,
): WeightPrior {
  const prior = population
    ? populationPrior(data, priorSd ?? NOTHING_KNOWN_SD, population)
    : ownPrior(data, priorSd, preferences);
  if (preferences === undefined || preferences.preferences.length === 0) return prior;
  const { scale, excited } = prior.standardisation;
  const differences = preferredDifferences(preferences).map((x) =>
    Float64Array.from(excited, (column) => x[column]! / scale[column]!),
  );
  return {
    ...prior,
    fit: { ...prior.fit, terms: [...(prior.fit.terms ?? []), preferenceTerm(differences)] },
    options: { ...prior.options, preferences: differences.length },
  };
}

/** Features in which only preferred drives differ take their scale from those differences. */
function ownPrior(data: ChoiceData, priorSd: number | undefined, preferences: Preferences | undefined): WeightPrior {
  const own = standardise(data);
  const scale = own.scale.slice();
  const differences = preferences === undefined ? [] : preferredDifferences(preferences);
  const added = own.unexcited.filter((column) => {
    const square = differences.reduce((sum, x) => sum + x[column]! * x[column]!, 0);
    const size = differences.length > 0 ? Math.sqrt(square / differences.length) : 0;
    if (size < SCALE_FLOOR) return false;
    scale[column] = size;
    return true;
  });
  return {
    standardisation: {
      scale,
      excited: [...own.excited, ...added].sort((a, b) => a - b),
      unexcited: own.unexcited.filter((column) => !added.includes(column)),
    },
    fit: priorSd === undefined ? {} : { priorSd },
    sd: priorSd === undefined ? undefined : new Float64Array(data.columns).fill(priorSd),
    options: priorSd === undefined ? { prior: 'evidence, expected signs' } : { priorSd },
  };
}

function populationPrior(data: ChoiceData, priorSd: number, population: Population): WeightPrior {
  const sd = new Float64Array(data.columns).fill(priorSd);
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
