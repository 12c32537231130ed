import type { Recording } from '../../recordings/recording.ts';
import { demonstrationScenesOf, type SkippedWindows } from '../features/demonstrationScenes.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { optionBudget } from './optionBudget.ts';

/** Whose future the others have: the planner's prediction, or the recorded one, for diagnosis. */
export type FutureOfOthers = 'predicted' | 'oracle';

/** How windows become scenes with options. */
export interface GatherOptions {
  /** Candidates a scene; by `optionBudget` unless given. */
  readonly candidates?: number;
  readonly seed?: number;
  /** Ticks between the starts of two windows; by the number of windows unless given. */
  readonly strideTicks?: number;
  readonly others?: FutureOfOthers;
}

/** A window that becomes a scene. */
export interface PickedScene {
  readonly recording: Recording;
  readonly tick: number;
  /** Of the scene among all, for its own random numbers. */
  readonly number: number;
}

/** How the options of picked scenes are drawn. */
export interface OptionPlan {
  /** Candidates of each scene. */
  readonly candidates: number;
  readonly seed: number;
  readonly others: FutureOfOthers;
}

/** Which windows of a number of recordings become scenes, and how. */
export interface ScenePlan extends OptionPlan {
  readonly picked: readonly PickedScene[];
  /** Scenes of each recording, in order. */
  readonly scenesOf: readonly number[];
  readonly skipped: SkippedWindows;
  /** Ticks between the starts of two windows. */
  readonly strideTicks: number;
  /** Share of a window that is new in the next one, at most 1. */
  readonly sceneWeight: number;
}

/** Beyond so many windows a wider stride is taken, if there is one. */
const MANY_WINDOWS = 300;
/** Strides to choose from: from a window each second to windows that share nothing. */
const STRIDES = [10, 20, 30, 40, HORIZON_TICKS] as const;

/**
 * Picks every window of the recordings that can be used. Unless told otherwise windows begin every second, in long
 * driving every few seconds: windows that overlap repeat each other, and what they cost is better spent on options.
 */
export function planScenes(recordings: readonly Recording[], options: GatherOptions = {}): ScenePlan {
  const { seed = 0, others = 'predicted' } = options;
  const { strideTicks = strideFor(recordings) } = options;
  const windows = demonstrationScenesOf(recordings, { strideTicks });
  const picked = windows
    .flatMap(({ recording, ticks }) => ticks.map((tick) => ({ recording, tick })))
    .map((one, number) => ({ ...one, number }));
  return {
    picked,
    candidates: options.candidates ?? optionBudget(picked.length).candidates,
    seed,
    others,
    scenesOf: windows.map((window) => window.ticks.length),
    skipped: totalSkipped(windows.map((window) => window.skipped)),
    strideTicks,
    sceneWeight: Math.min(strideTicks / HORIZON_TICKS, 1),
  };
}

/** The first of the strides that leaves few enough windows, or the last. */
function strideFor(recordings: readonly Recording[]): number {
  const count = (strideTicks: number) =>
    demonstrationScenesOf(recordings, { strideTicks }).reduce((sum, { ticks }) => sum + ticks.length, 0);
  return STRIDES.find((stride) => count(stride) <= MANY_WINDOWS) ?? HORIZON_TICKS;
}

function totalSkipped(each: readonly SkippedWindows[]): SkippedWindows {
  const sum = (key: keyof SkippedWindows) => each.reduce((total, one) => total + one[key], 0);
  return {
    standing: sum('standing'),
    afterCollision: sum('afterCollision'),
    handedOver: sum('handedOver'),
    offRoad: sum('offRoad'),
    shared: sum('shared'),
    tooShort: sum('tooShort'),
  };
}
