import { z } from 'zod';
import { FEATURE_SET_VERSION } from '../features/reward.ts';
import { ContentError, checkedContent } from './checkedContent.ts';
import { NO_PREFERENCES, PREFERENCE_FILE_VERSION, type Preferences } from './preferences.ts';

const tick = z.number().int().min(0);
const DRIVE = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 hex digits'),
  label: z.string(),
  driver: z.string(),
  values: z.array(z.number()),
});

/** Shape of a preference file. */
export const PREFERENCE_SCHEMA = z.strictObject({
  format: z.literal('understudy-preferences'),
  version: z.literal(PREFERENCE_FILE_VERSION),
  featureSetVersion: z.literal(FEATURE_SET_VERSION),
  features: z.array(z.string()),
  preferences: z.array(
    z.strictObject({
      scenarioId: z.string(),
      fromTick: tick,
      toTick: tick,
      chosen: z.enum(['a', 'b']),
      a: DRIVE,
      b: DRIVE,
    }),
  ),
});

/**
 * Reads a preference file.
 * @param json the file's text, or what JSON.parse made of it
 * @throws ContentError with path, value and expectation for the first thing that is wrong
 */
export function parsePreferences(json: unknown): Preferences {
  const fail = (path: string, value: unknown, expected: string) =>
    new ContentError('preferences', { path, value, expected });
  const file: Preferences = checkedContent(PREFERENCE_SCHEMA, json, ({ path, value, expected }) =>
    fail(path, value, expected),
  );
  const { features } = NO_PREFERENCES;
  const stray = features.findIndex((name, i) => file.features[i] !== name);
  if (stray >= 0) throw fail(`features[${stray}]`, file.features[stray], `"${features[stray]}", as in the registry`);
  if (file.features.length > features.length) {
    throw fail('features', file.features.length, `the ${features.length} features of the registry`);
  }
  for (const [i, preference] of file.preferences.entries()) {
    for (const side of ['a', 'b'] as const) {
      const { length } = preference[side].values;
      if (length !== features.length) {
        throw fail(`preferences[${i}].${side}.values`, length, `${features.length} values, one for each feature`);
      }
    }
  }
  return file;
}

/** Text of a preference file: two spaces, full precision. */
export function formatPreferences(preferences: Preferences): string {
  return `${JSON.stringify(preferences, null, 2)}\n`;
}
