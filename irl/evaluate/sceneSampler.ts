import { createCandidateGenerator } from '../candidates/candidateGenerator.ts';
import { HUANG_CANDIDATES, huangCandidates, huangProjection } from '../candidates/huang2021Candidates.ts';
import { projectMotion } from '../candidates/projection.ts';
import type { Motion } from '../features/motion.ts';
import type { Scene, SceneEgo } from '../features/scene.ts';

/** Where the options of a test scene come from. They never depend on what the person did. */
export interface SceneSampler {
  readonly name: 'family' | 'huang2021';
  readonly count: number;
  /** Motions and the logarithms of their importance weights; valid until the next call. */
  draw(
    scene: Scene,
    sceneNumber: number,
  ): { readonly motions: readonly Motion[]; readonly logWeight: ArrayLike<number> };
  /** The person's motion as the sampler writes it. */
  project(ego: SceneEgo, recorded: Motion): Motion;
}

/** The candidates of driving, weighted by 1/q. */
export function familySampler(count: number, seed: number): SceneSampler {
  const generator = createCandidateGenerator({ count, seed });
  return {
    name: 'family',
    count,
    draw(scene, sceneNumber) {
      const set = generator.generate(scene, { weights: true, scene: sceneNumber });
      return { motions: set.motions.slice(0, set.count), logWeight: set.logWeight };
    },
    project: (ego, recorded) => projectMotion(ego, recorded).motion,
  };
}

/** The 30 candidates of the published method, all of equal weight. */
export function huangSampler(seed: number): SceneSampler {
  const equal = new Float64Array(HUANG_CANDIDATES);
  return {
    name: 'huang2021',
    count: HUANG_CANDIDATES,
    draw: (scene, sceneNumber) => ({ motions: huangCandidates(scene, seed + sceneNumber * 7919), logWeight: equal }),
    project: huangProjection,
  };
}
