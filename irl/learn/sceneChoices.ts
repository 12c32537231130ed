import type { CandidateGenerator } from '../candidates/candidateGenerator.ts';
import type { Projection } from '../candidates/projection.ts';
import { REFUSED, refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import type { FeatureSet } from '../features/featureSet.ts';
import type { Prediction } from '../features/prediction.ts';
import type { Scene } from '../features/scene.ts';

/** What one scene gave. */
export interface SceneChoices {
  /** Rows written, the person's first. */
  readonly rows: number;
  /** Alternatives refused by the hard constraints, by refusal code. */
  readonly refused: readonly number[];
}

/**
 * Writes one scene's choices: row 0 is the person's projected motion, which is never refused, then the candidates that
 * the hard constraints allow.
 * @param sceneNumber number of the scene among all, for its own shift of the draws
 * @param values receives the rows. Shape: [rows x columns] from row `row` on; room for one row more than there are
 * candidates and person is needed, because a refused row is written before it is known.
 * @param logWeight receives the importance weights from `row` on
 */
export function writeSceneChoices(
  scene: Scene,
  person: Projection,
  prediction: Prediction,
  sceneNumber: number,
  generator: CandidateGenerator,
  features: FeatureSet,
  values: Float64Array,
  logWeight: Float64Array,
  row: number,
): SceneChoices {
  const set = generator.generate(scene, { person, scene: sceneNumber });
  const columns = features.specs.length;
  const refused = [0, 0, 0, 0];
  features.evaluate(person.motion, prediction, values, row * columns);
  logWeight[row] = generator.logWeightOf(person);
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
  return { rows: next - row, refused };
}
