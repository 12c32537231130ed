import type { CandidateGenerator } from '../candidates/candidateGenerator.ts';
import type { Projection } from '../candidates/projection.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { type FeatureSet, UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import type { Scene } from '../features/scene.ts';
import type { ChoiceData } from './choiceData.ts';
import { writeSceneChoices } from './sceneChoices.ts';

/** A scene and what somebody did in it, in the candidate family. */
export interface Demonstration {
  readonly scene: Scene;
  readonly person: Projection;
}

/** Choices of scenes that come from no recording, such as those of an artificial driver. */
export function choicesOfScenes(
  demonstrations: readonly Demonstration[],
  generator: CandidateGenerator,
  features: FeatureSet = UNDERSTUDY_FEATURES,
): ChoiceData {
  const scenes = demonstrations.length;
  const columns = features.specs.length;
  const values = new Float64Array((scenes * (generator.count + 1) + 1) * columns);
  const logWeight = new Float64Array(scenes * (generator.count + 1) + 1);
  const start = new Int32Array(scenes + 1);
  for (const [i, { scene, person }] of demonstrations.entries()) {
    const row = start[i]!;
    const prediction = createPrediction(scene);
    const written = writeSceneChoices(scene, person, prediction, i, generator, features, values, logWeight, row);
    start[i + 1] = row + written.rows;
  }
  const rows = start[scenes]!;
  return {
    scenes,
    columns,
    start,
    values: values.subarray(0, rows * columns),
    logWeight: logWeight.subarray(0, rows),
  };
}
