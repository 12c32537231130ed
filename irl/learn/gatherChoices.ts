import type { Recording } from '../../recordings/recording.ts';
import { type BaseMeasure, createCandidateGenerator, DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { projectMotion } from '../candidates/projection.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { demonstrationScenesOf, type SkippedWindows } from '../features/demonstrationScenes.ts';
import { type FeatureSet, UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { oraclePrediction } from '../features/oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';
import type { ChoiceData } from './choiceData.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import { writeSceneChoices } from './sceneChoices.ts';

/** Whose future the others have: the planner's prediction, or the recorded one, for diagnosis. */
export type FutureOfOthers = 'predicted' | 'oracle';

/** Scenes between two calls of `breathe`. */
const BREATH_SCENES = 8;

/** How scenes become choices. */
export interface ChoiceOptions {
  readonly candidates?: number;
  readonly seed?: number;
  readonly strideTicks?: number;
  readonly measure?: BaseMeasure;
  readonly others?: FutureOfOthers;
}

/** The choices of a number of recordings and how they came about. */
export interface GatheredChoices {
  readonly data: ChoiceData;
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

/**
 * Evaluates every used window of the recordings: projection of the person, candidates, prediction, features, hard
 * constraints.
 */
export async function gatherChoices(
  recordings: readonly Recording[],
  options: ChoiceOptions = {},
  control: LearningControl = {},
): Promise<GatheredChoices> {
  const { candidates = DEFAULT_CANDIDATES, seed = 0, strideTicks = 10, others = 'predicted' } = options;
  const features: FeatureSet = UNDERSTUDY_FEATURES;
  const columns = features.specs.length;
  const windows = demonstrationScenesOf(recordings, { strideTicks });
  const scenes = windows.reduce((sum, window) => sum + window.ticks.length, 0);
  const generator = createCandidateGenerator({ count: candidates, seed, measure: options.measure ?? 'uniform' });
  const values = new Float64Array((scenes * (candidates + 1) + 1) * columns);
  const logWeight = new Float64Array(scenes * (candidates + 1) + 1);
  const start = new Int32Array(scenes + 1);
  const projectionErrors = new Float64Array(scenes);
  const refused = [0, 0, 0, 0];
  let withoutAlternative = 0;
  let scene = 0;
  for (const { recording, ticks } of windows) {
    for (const tick of ticks) {
      throwIfAborted(control);
      if (scene % BREATH_SCENES === 0) {
        control.onProgress?.({ stage: 'scenes', done: scene, total: scenes });
        await control.breathe?.();
      }
      const row = start[scene]!;
      const here = sceneAt(recording, tick);
      const person = projectMotion(here.ego, demonstratedMotion(recording, tick));
      const prediction = others === 'oracle' ? oraclePrediction(here, recording, tick) : createPrediction(here);
      const result = writeSceneChoices(here, person, prediction, scene, generator, features, values, logWeight, row);
      projectionErrors[scene] = person.error;
      if (result.rows === 1) withoutAlternative++;
      for (const [code, count] of result.refused.entries()) refused[code]! += count;
      start[++scene] = row + result.rows;
    }
  }
  control.onProgress?.({ stage: 'scenes', done: scenes, total: scenes });
  const rows = start[scenes]!;
  return {
    data: {
      scenes,
      columns,
      start,
      values: values.subarray(0, rows * columns),
      logWeight: logWeight.subarray(0, rows),
    },
    scenesOf: windows.map((window) => window.ticks.length),
    projectionErrors,
    skipped: totalSkipped(windows.map((window) => window.skipped)),
    withoutAlternative,
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
