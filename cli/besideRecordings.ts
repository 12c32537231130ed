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

/**
 * Reads what is learned from beside the recordings.
 * @throws BadInput when a file cannot be read or does not go with the other options
 */
export function loadBeside(options: BesideOptions): Beside {
  return { ...choosePopulation(options), ...choosePreferences(options) };
}

function choosePopulation({ population, method, priorSd }: BesideOptions): Pick<Beside, 'population'> {
  if (population === undefined) return {};
  if ((method ?? 'maxent') !== 'maxent')
    throw new BadInput('--population', `given with --method ${method}`, '--method maxent');
  if (priorSd !== undefined)
    throw new BadInput('--prior-sd', 'given with --population', 'one of them: each is a prior');
  const { content } = loadContent(population, 'a population file (made by understudy population)', parsePopulation);
  return { population: content };
}

function choosePreferences({ preferences, method }: BesideOptions): Pick<Beside, 'preferences'> {
  if (preferences === undefined) return {};
  if ((method ?? 'maxent') !== 'maxent')
    throw new BadInput('--preferences', `given with --method ${method}`, '--method maxent');
  const { content } = loadContent(preferences, 'a preference file (made by understudy prefer)', parsePreferences);
  return { preferences: content };
}
