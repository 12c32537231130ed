import { DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { DRAWS, ENOUGH_OPTIONS, TIMES_AT_MOST } from './followModel.ts';

/** Scenes from which each gets fewer options. */
const MANY_SCENES = 200;
/** Share of what few scenes have that each scene has at least [1]. */
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
 * Options of each scene when so many scenes are learned from. The noise of the partition functions averages out over
 * the scenes, so that many scenes need fewer options each; learning then takes seconds for ten minutes of driving.
 * First options are saved first, by the third power: they only show where the ones that follow the model have to be
 * drawn.
 */
export function optionBudget(scenes: number): OptionBudget {
  const share = Math.min(1, Math.max(LEAST_SHARE, MANY_SCENES / scenes));
  const draws = share < 1 ? DRAWS / 2 : DRAWS;
  return {
    candidates: Math.round(Math.max(LEAST_SHARE, share ** 3) * DEFAULT_CANDIDATES),
    enough: Math.round(share * ENOUGH_OPTIONS),
    draws,
    timesAtMost: (TIMES_AT_MOST * DRAWS) / draws,
  };
}
