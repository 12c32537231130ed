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
  /** Share of a window that is new in the next one, at most 1. */
  readonly sceneWeight: number;
}

/** Picks every window of the recordings that can be used. */
export function planScenes(recordings: readonly Recording[], options: GatherOptions = {}): ScenePlan {
  const { seed = 0, strideTicks = 10, others = 'predicted' } = options;
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
    sceneWeight: Math.min(strideTicks / HORIZON_TICKS, 1),
  };
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
