import { z } from 'zod';
import { featureIndex } from '../features/registry.ts';
import { FEATURE_SET_VERSION } from '../features/reward.ts';
import { ContentError, checkedContent } from './checkedContent.ts';
import { cholesky } from './cholesky.ts';
import { POPULATION_FILE_VERSION, type Population } from './population.ts';
import { SOURCE_SCHEMA } from './rewardFile.ts';

const count = z.number().int().min(0);

/** Shape of a population file. */
export const POPULATION_SCHEMA = z.strictObject({
  format: z.literal('understudy-population'),
  version: z.literal(POPULATION_FILE_VERSION),
  featureSetVersion: z.literal(FEATURE_SET_VERSION),
  simulatorVersion: z.number().int().min(1),
  name: z.string(),
  options: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  features: z
    .array(
      z.strictObject({
        name: z.string(),
        scale: z.number().positive(),
        mean: z.number(),
        sd: z.number().positive(),
        spread: z.number().positive(),
      }),
    )
    .min(1),
  covariance: z.array(z.array(z.number())),
  sources: z.array(SOURCE_SCHEMA),
  fit: z.strictObject({ drivers: count, scenes: count, rounds: count, settled: z.boolean(), nll: z.number() }),
});

/**
 * Reads a population file.
 * @param json the file's text, or what JSON.parse made of it
 * @throws ContentError with path, value and expectation for the first thing that is wrong
 */
export function parsePopulation(json: unknown): Population {
  const fail = (path: string, value: unknown, expected: string) =>
    new ContentError('population', { path, value, expected });
  const population: Population = checkedContent(POPULATION_SCHEMA, json, ({ path, value, expected }) =>
    fail(path, value, expected),
  );
  const { features, covariance } = population;
  const n = features.length;
  for (const [i, { name }] of features.entries()) {
    const path = `features[${i}].name`;
    if (featureIndex(name) < 0) throw fail(path, name, 'a feature of the registry');
    if (features.findIndex((feature) => feature.name === name) < i) throw fail(path, name, 'each feature once');
  }
  if (covariance.length !== n || covariance.some((row) => row.length !== n)) {
    throw fail(
      'covariance',
      covariance.map((row) => row.length),
      `${n} rows of ${n} numbers, one for each feature`,
    );
  }
  for (const [i, row] of covariance.entries()) {
    const k = row.findIndex((value, at) => value !== covariance[at]![i]!);
    if (k >= 0) throw fail(`covariance[${i}][${k}]`, row[k], `${covariance[k]![i]!}, as in covariance[${k}][${i}]`);
  }
  if (cholesky(Float64Array.from(covariance.flat()), n) === undefined) {
    throw fail('covariance', 'a matrix with no positive square root', 'a positive definite matrix');
  }
  return population;
}

/** Text of a population file: two spaces, full precision, a row of the covariance a line. */
export function formatPopulation(population: Population): string {
  const { covariance, ...rest } = population;
  const rows = covariance.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const text = JSON.stringify({ ...rest, covariance: [] }, null, 2);
  return `${text.replace('"covariance": []', () => `"covariance": [\n${rows}\n  ]`)}\n`;
}
