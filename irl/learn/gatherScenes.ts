import type { Recording } from '../../recordings/recording.ts';
import { createCandidateGenerator } from '../candidates/candidateGenerator.ts';
import { projectMotion } from '../candidates/projection.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { oraclePrediction } from '../features/oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import { chosenBy, drawOptions, type SceneOptions } from './sceneOptions.ts';
import { type GatherOptions, type OptionPlan, type PickedScene, planScenes, type ScenePlan } from './scenePlan.ts';

/** Scenes between two calls of `breathe`. */
export const BREATH_SCENES = 8;

/** What came of the options of scenes, beside the options. */
export interface OptionCounts {
  /** Largest distance between the person's motion and its projection in each scene [m]. */
  readonly projectionErrors: Float64Array;
  /** Scenes in which the hard constraints left no alternative; they stay in and say nothing. */
  readonly withoutAlternative: number;
  /** Candidates refused by the hard constraints, by refusal code. */
  readonly refused: readonly number[];
}

/** The scenes of a number of recordings, with the person's motion and the first options, and how they came about. */
export interface GatheredScenes extends OptionCounts, Omit<ScenePlan, 'picked'> {
  readonly scenes: readonly SceneOptions[];
}

/** Every used window of the recordings: projection of the person, candidates of driving, features, hard constraints. */
export async function gatherScenes(
  recordings: readonly Recording[],
  options: GatherOptions = {},
  control: LearningControl = {},
): Promise<GatheredScenes> {
  const { picked, ...plan } = planScenes(recordings, options);
  return { ...plan, ...(await gatherPicked(picked, plan, control)) };
}

/** The same for picked scenes: all, or a share of them. */
export async function gatherPicked(
  picked: readonly PickedScene[],
  { candidates, seed, others }: OptionPlan,
  control: LearningControl = {},
): Promise<OptionCounts & { readonly scenes: readonly SceneOptions[] }> {
  const total = picked.length;
  const generator = createCandidateGenerator({ count: candidates, seed });
  const projectionErrors = new Float64Array(total);
  const scenes: SceneOptions[] = [];
  for (const [done, { recording, tick, number }] of picked.entries()) {
    throwIfAborted(control);
    if (done % BREATH_SCENES === 0) {
      control.onProgress?.({ stage: 'scenes', done, total });
      await control.breathe?.();
    }
    const here = sceneAt(recording, tick);
    const person = projectMotion(here.ego, demonstratedMotion(recording, tick));
    const predict = () => (others === 'oracle' ? oraclePrediction(here, recording, tick) : createPrediction(here));
    const prediction = predict();
    const options = drawOptions(here, predict, number, generator, UNDERSTUDY_FEATURES, prediction);
    scenes.push(chosenBy(options, person, prediction));
    projectionErrors[done] = person.error;
  }
  control.onProgress?.({ stage: 'scenes', done: total, total });
  const refused = [0, 0, 0, 0];
  for (const scene of scenes) for (const [code, count] of scene.refused.entries()) refused[code]! += count;
  return { scenes, projectionErrors, withoutAlternative: scenes.filter((scene) => scene.rows === 1).length, refused };
}
