import type { LearnerOptions } from '../irl/learn/learner.ts';
import { parsePopulation } from '../irl/learn/populationFile.ts';
import { parsePreferences } from '../irl/learn/preferenceFile.ts';
import { BadInput } from './badInput.ts';
import { loadContent } from './loadReward.ts';

/** Names of files to learn from beside recordings, and the options they have to fit. */
export interface BesideOptions {
  /** Absent where the learner is chosen by what there is to learn from. */
  readonly method?: string;
  readonly population?: string;
  readonly preferences?: string;
  readonly priorSd?: number;
}

/** What is learned from beside the recordings. */
export type Beside = Pick<LearnerOptions, 'population' | 'preferences'>;

/** What is learned from beside the recordings, and the files it is from. */
export interface LoadedBeside {
  readonly beside: Beside;
  /** SHA-256 of each file's bytes, 64 hex digits, for the reward. */
  readonly hashes: { readonly populationHash?: string; readonly preferencesHash?: string };
}

/**
 * Reads what is learned from beside the recordings.
 * @throws BadInput when a file cannot be read or does not go with the other options
 */
export function loadBeside(options: BesideOptions): LoadedBeside {
  const population = choosePopulation(options);
  const preferences = choosePreferences(options);
  return {
    beside: {
      ...(population && { population: population.content }),
      ...(preferences && { preferences: preferences.content }),
    },
    hashes: {
      ...(population && { populationHash: population.hash }),
      ...(preferences && { preferencesHash: preferences.hash }),
    },
  };
}

function choosePopulation({ population, method, priorSd }: BesideOptions) {
  if (population === undefined) return undefined;
  if ((method ?? 'maxent') !== 'maxent')
    throw new BadInput('--population', `given with --method ${method}`, '--method maxent');
  if (priorSd !== undefined)
    throw new BadInput('--prior-sd', 'given with --population', 'one of them: each is a prior');
  return loadContent(population, 'a population file (made by understudy population)', parsePopulation);
}

function choosePreferences({ preferences, method }: BesideOptions) {
  if (preferences === undefined) return undefined;
  if ((method ?? 'maxent') !== 'maxent')
    throw new BadInput('--preferences', `given with --method ${method}`, '--method maxent');
  return loadContent(preferences, 'a preference file (made by understudy prefer)', parsePreferences);
}
