import type { Projection } from '../candidates/projection.ts';
import type { RewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import { createBoltzmannScene } from './boltzmannScene.ts';

/** Options of `boltzmannMotion`. */
export interface BoltzmannOptions {
  readonly seed?: number;
  /** Steps of the chain. */
  readonly steps?: number;
  /** Motions from which the start is drawn. */
  readonly pool?: number;
}

/**
 * One motion drawn from P(x) ∝ exp(R(x)) over the continuum of the candidate family, within the hard constraints: the
 * driver that maximum-entropy learning assumes (`createBoltzmannScene`). The learner's candidates and weights have no
 * part in it, so that learners can be tested with it.
 * @returns undefined when no motion of the pool is allowed
 */
export function boltzmannMotion(
  scene: Scene,
  scorer: RewardScorer,
  { seed = 0, steps = 1500, pool = 400 }: BoltzmannOptions = {},
): Projection | undefined {
  return createBoltzmannScene(scene, scorer.featureSet, { pool, seed }).draw(scorer, { seed, steps });
}
