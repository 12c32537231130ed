import type { Recording } from '../../recordings/recording.ts';
import { executedFeatures } from '../features/executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { FEATURE_SET_VERSION } from '../features/reward.ts';
import type { LearningSource } from './learningSource.ts';

/** Version of the preference file's layout. */
export const PREFERENCE_FILE_VERSION = 1;

/** One of the two drives of a preference. */
export interface ComparedDrive {
  /** SHA-256 of the recording's bytes, 64 hex digits. */
  readonly hash: string;
  readonly label: string;
  readonly driver: string;
  /** Means of the features over the windows, as they were executed, in the order of `Preferences.features`. */
  readonly values: readonly number[];
}

/** "I prefer this one": a choice between two drives of one scenario. */
export interface Preference {
  readonly scenarioId: string;
  /** The stretch that was compared: whole windows of 5 s. */
  readonly fromTick: number;
  readonly toTick: number;
  readonly chosen: 'a' | 'b';
  readonly a: ComparedDrive;
  readonly b: ComparedDrive;
}

/** Preferences, in the order they were given. The content of a preference file. */
export interface Preferences {
  readonly format: 'understudy-preferences';
  readonly version: number;
  readonly featureSetVersion: number;
  readonly features: readonly string[];
  readonly preferences: readonly Preference[];
}

/** No preferences yet. */
export const NO_PREFERENCES: Preferences = {
  format: 'understudy-preferences',
  version: PREFERENCE_FILE_VERSION,
  featureSetVersion: FEATURE_SET_VERSION,
  features: UNDERSTUDY_FEATURES.specs.map(({ name }) => name),
  preferences: [],
};

/** What was chosen, and in which stretch; the whole of the shorter drive when absent. */
export interface PreferenceChoice {
  readonly chosen: 'a' | 'b';
  readonly fromTick?: number;
  readonly toTick?: number;
}

/**
 * The preferences with one more.
 * @throws RangeError "preference: what; expected what" when the drives cannot be compared: other scenarios, no whole
 * window of 5 s that both have, a collision in it (a constraint, never weighed), the same file or the same driving, or
 * a judgement that is there already
 */
export function addPreference(
  preferences: Preferences,
  a: LearningSource,
  b: LearningSource,
  { chosen, fromTick = 0, toTick }: PreferenceChoice,
): Preferences {
  const [scenarioId, other] = [a.recording.metadata.scenarioId, b.recording.metadata.scenarioId];
  if (scenarioId !== other) {
    throw new RangeError(
      `preference: the drives are of ${scenarioId} and ${other}; expected two drives of one scenario`,
    );
  }
  const [family, otherFamily] = [a, b].map(({ recording }) => definitionOf(recording));
  if (family !== otherFamily) {
    throw new RangeError(
      `preference: the drives are of two definitions of ${scenarioId}; expected two drives of one scenario`,
    );
  }
  if (a.hash === b.hash) throw new RangeError('preference: both drives are the same file; expected two drives');
  const shorter = Math.min(a.recording.ticks, b.recording.ticks);
  const end = toTick ?? shorter;
  if (!(Number.isInteger(fromTick) && fromTick >= 0 && Number.isInteger(end) && end <= shorter)) {
    throw new RangeError(
      `preference: ${fromTick / 10} s to ${end / 10} s are not in both drives; expected a stretch of 0 to ${shorter / 10} s`,
    );
  }
  const windows = Math.floor((end - fromTick) / HORIZON_TICKS);
  if (windows < 1) {
    throw new RangeError(
      `preference: the stretch from ${fromTick / 10} s to ${end / 10} s; expected at least ${HORIZON_TICKS / 10} s of it`,
    );
  }
  const last = fromTick + windows * HORIZON_TICKS;
  const compared = (name: string, { recording, hash }: LearningSource): ComparedDrive => {
    requireNoCollision(name, recording, last);
    const values = new Float64Array(UNDERSTUDY_FEATURES.specs.length);
    executedFeatures(recording, fromTick, windows, UNDERSTUDY_FEATURES, values);
    const { driverLabel, driverName } = recording.metadata;
    return { hash, label: driverLabel, driver: driverName, values: [...values] };
  };
  const added: Preference = {
    scenarioId,
    fromTick,
    toTick: last,
    chosen,
    a: compared('a', a),
    b: compared('b', b),
  };
  if (added.a.values.every((value, i) => value === added.b.values[i])) {
    throw new RangeError(
      `preference: both drives are the same from ${fromTick / 10} s to ${last / 10} s; expected a stretch in which they differ`,
    );
  }
  const same = preferences.preferences.findIndex((one) => judgement(one) === judgement(added));
  if (same >= 0) {
    throw new RangeError(`preference: this judgement is number ${same + 1} already; expected one that is not there`);
  }
  return { ...preferences, preferences: [...preferences.preferences, added] };
}

/**
 * Features of the chosen drive less those of the other, one row a preference, in registry order.
 * Shape: [preferences][features].
 */
export function preferredDifferences({ preferences }: Preferences): Float64Array[] {
  return preferences.map(({ chosen, a, b }) => {
    const [better, worse] = chosen === 'a' ? [a, b] : [b, a];
    return Float64Array.from(better.values, (value, i) => value - worse.values[i]!);
  });
}

/** What a scenario file that travels in a recording says, but for its description. */
function definitionOf({ metadata }: Recording): string {
  return JSON.stringify({ ...metadata.scenarioFamily, summary: '' });
}

function requireNoCollision(name: string, { events }: Recording, lastTick: number): void {
  const crash = events.find((event) => event.kind === 'collision')?.tick;
  if (crash === undefined || crash > lastTick) return;
  throw new RangeError(
    `preference: drive ${name} collides at tick ${crash}, and collisions are forbidden, not weighed; expected a stretch that ends before`,
  );
}

/** Equal for the same choice between the same stretches, whichever drive is called a. */
function judgement({ chosen, a, b, fromTick, toTick }: Preference): string {
  const [better, worse] = chosen === 'a' ? [a, b] : [b, a];
  return `${better.hash} ${worse.hash} ${fromTick} ${toTick}`;
}
