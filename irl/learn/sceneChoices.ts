import type { Recording } from '../../recordings/recording.ts';
import type { CandidateGenerator } from '../candidates/candidateGenerator.ts';
import { type Projection, projectMotion } from '../candidates/projection.ts';
import { REFUSED, refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import type { FeatureSet } from '../features/featureSet.ts';
import { oraclePrediction } from '../features/oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';

/** Whose future the others have: the planner's prediction, or the recorded one, for diagnosis. */
export type FutureOfOthers = 'predicted' | 'oracle';

/** What one scene gave. */
export interface SceneChoices {
  readonly projection: Projection;
  /** Rows written, the person's first. */
  readonly rows: number;
  /** Alternatives refused by the hard constraints, by refusal code. */
  readonly refused: readonly number[];
}

/**
 * Writes one scene's choices: row 0 is the person's projected motion, which is never refused, then the candidates that
 * the hard constraints allow.
 * @param sceneNumber number of the scene among all, for its own shift of the draws
 * @param values receives the rows. Shape: [rows x columns] from row `row` on.
 * @param logWeight receives the importance weights from `row` on
 */
export function writeSceneChoices(
  recording: Recording,
  tick: number,
  sceneNumber: number,
  generator: CandidateGenerator,
  features: FeatureSet,
  future: FutureOfOthers,
  values: Float64Array,
  logWeight: Float64Array,
  row: number,
): SceneChoices {
  const scene = sceneAt(recording, tick);
  const projection = projectMotion(scene.ego, demonstratedMotion(recording, tick));
  const prediction = future === 'oracle' ? oraclePrediction(scene, recording, tick) : createPrediction(scene);
  const set = generator.generate(scene, { person: projection, scene: sceneNumber });
  const columns = features.specs.length;
  const refused = [0, 0, 0, 0];
  features.evaluate(projection.motion, prediction, values, row * columns);
  logWeight[row] = generator.logWeightOf(projection);
  let next = row + 1;
  for (let i = 0; i < set.count; i++) {
    const motion = set.motions[i]!;
    let code = refusalAlone(motion, prediction);
    if (code === REFUSED.no) {
      features.evaluate(motion, prediction, values, next * columns);
      code = refusalAmongOthers(motion, prediction);
    }
    if (code !== REFUSED.no) {
      refused[code]!++;
      continue;
    }
    logWeight[next] = set.logWeight[i]!;
    next++;
  }
  return { projection, rows: next - row, refused };
}
