import { DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { DRAWS, ENOUGH_OPTIONS, TIMES_AT_MOST } from './followModel.ts';

/** Options of all scenes together from which each scene gets fewer. */
const OPTIONS_IN_ALL = 60_000;
/** Share of them that each scene has at least [1]. */
const LEAST_SHARE = 1 / 3;

/** How many options a scene needs. */
export interface OptionBudget {
  /** First options, drawn without the model. */
  readonly candidates: number;
  /** Effective number (Kish) of options that follow the model which is enough. */
  readonly enough: number;
  /** Options that follow the model drawn at a time, and times at most: small steps where little is enough. */
  readonly draws: number;
  readonly timesAtMost: number;
}

/**
 * Options of each scene when so many scenes are learned from. The noise of the partition functions averages out over the
 * scenes, so that many scenes need fewer options each; learning then takes seconds for ten minutes of driving.
 */
export function optionBudget(scenes: number): OptionBudget {
  const share = Math.min(1, Math.max(LEAST_SHARE, OPTIONS_IN_ALL / (scenes * DEFAULT_CANDIDATES)));
  const draws = share < 1 ? DRAWS / 2 : DRAWS;
  return {
    candidates: Math.round(share * DEFAULT_CANDIDATES),
    enough: Math.round(share * ENOUGH_OPTIONS),
    draws,
    timesAtMost: (TIMES_AT_MOST * DRAWS) / draws,
  };
}
