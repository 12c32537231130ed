import type { Recording } from '../../recordings/recording.ts';
import { createCandidateGenerator } from '../candidates/candidateGenerator.ts';
import { projectMotion } from '../candidates/projection.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { demonstrationScenesOf, type SkippedWindows } from '../features/demonstrationScenes.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { oraclePrediction } from '../features/oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import { optionBudget } from './optionBudget.ts';
import { chosenBy, drawOptions, type SceneOptions } from './sceneOptions.ts';

/** Whose future the others have: the planner's prediction, or the recorded one, for diagnosis. */
export type FutureOfOthers = 'predicted' | 'oracle';

/** Scenes between two calls of `breathe`. */
export const BREATH_SCENES = 8;

/** How windows become scenes with options. */
export interface GatherOptions {
  /** Candidates a scene; by `optionBudget` unless given. */
  readonly candidates?: number;
  readonly seed?: number;
  readonly strideTicks?: number;
  readonly others?: FutureOfOthers;
}

/** The scenes of a number of recordings, with the person's motion and the first options, and how they came about. */
export interface GatheredScenes {
  readonly scenes: readonly SceneOptions[];
  /** Candidates of each scene. */
  readonly candidates: number;
  /** Scenes of each recording, in order. */
  readonly scenesOf: readonly number[];
  /** Largest distance between the person's motion and its projection in each scene [m]. */
  readonly projectionErrors: Float64Array;
  readonly skipped: SkippedWindows;
  /** Scenes in which the hard constraints left no alternative; they stay in and say nothing. */
  readonly withoutAlternative: number;
  /** Candidates refused by the hard constraints, by refusal code. */
  readonly refused: readonly number[];
  /** Share of a window that is new in the next one, at most 1. */
  readonly sceneWeight: number;
}

/** Every used window of the recordings: projection of the person, candidates of driving, features, hard constraints. */
export async function gatherScenes(
  recordings: readonly Recording[],
  options: GatherOptions = {},
  control: LearningControl = {},
): Promise<GatheredScenes> {
  const { seed = 0, strideTicks = 10, others = 'predicted' } = options;
  const windows = demonstrationScenesOf(recordings, { strideTicks });
  const total = windows.reduce((sum, window) => sum + window.ticks.length, 0);
  const candidates = options.candidates ?? optionBudget(total).candidates;
  const generator = createCandidateGenerator({ count: candidates, seed });
  const projectionErrors = new Float64Array(total);
  const scenes: SceneOptions[] = [];
  for (const { recording, ticks } of windows) {
    for (const tick of ticks) {
      throwIfAborted(control);
      const number = scenes.length;
      if (number % BREATH_SCENES === 0) {
        control.onProgress?.({ stage: 'scenes', done: number, total });
        await control.breathe?.();
      }
      const here = sceneAt(recording, tick);
      const person = projectMotion(here.ego, demonstratedMotion(recording, tick));
      const predict = () => (others === 'oracle' ? oraclePrediction(here, recording, tick) : createPrediction(here));
      scenes.push(chosenBy(drawOptions(here, predict, number, generator, UNDERSTUDY_FEATURES), person));
      projectionErrors[number] = person.error;
    }
  }
  control.onProgress?.({ stage: 'scenes', done: total, total });
  const refused = [0, 0, 0, 0];
  for (const scene of scenes) for (const [code, count] of scene.refused.entries()) refused[code]! += count;
  return {
    scenes,
    candidates,
    scenesOf: windows.map((window) => window.ticks.length),
    projectionErrors,
    skipped: totalSkipped(windows.map((window) => window.skipped)),
    withoutAlternative: scenes.filter((scene) => scene.rows === 1).length,
    refused,
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
