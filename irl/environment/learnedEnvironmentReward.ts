import { TICK_S } from '../../sim/core/time.ts';
import type { World } from '../../sim/core/world.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { emptyMotion, HORIZON_TICKS, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Reward } from '../features/reward.ts';
import { createRewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import { sceneFromWorld } from '../features/sceneFromWorld.ts';
import type { EnvironmentReward } from './environmentReward.ts';

/**
 * A learned reward as the reward of an environment. Its features are means over windows of 5 s, so each tick is paid
 * for the window that ends with it: R(window) / 50, by the same feature code and the same prediction of the others from
 * the window's start as in learning. The first window ends after 5 s; until then there is 0. Summed over an episode of
 * n ticks this is the mean reward of its n - 49 windows times (n - 49) / 50. Collisions and leaving the road are no
 * features; episodes terminate by them.
 * @throws RangeError when the reward names a feature that does not exist
 */
export function learnedEnvironmentReward(reward: Reward): EnvironmentReward {
  const scorer = createRewardScorer(reward);
  const values = new Float64Array(scorer.names.length);
  const scenes: Scene[] = [];
  const track = emptyMotion();
  const window = emptyMotion();
  let samples = 0;
  let sDotBefore = 0;
  let dDotBefore = 0;

  /** Keeps the present as the newest of the last MOTION_SAMPLES samples. */
  const remember = (world: World) => {
    const { ego } = world;
    const at = samples % MOTION_SAMPLES;
    const sDdot = samples === 0 ? 0 : (ego.sDot - sDotBefore) / TICK_S;
    const dDdot = samples === 0 ? 0 : (ego.dDot - dDotBefore) / TICK_S;
    scenes[at] = sceneFromWorld(world, sDdot, dDdot);
    track.s[at] = ego.s;
    track.d[at] = ego.d;
    track.sDot[at] = ego.sDot;
    track.dDot[at] = ego.dDot;
    sDotBefore = ego.sDot;
    dDotBefore = ego.dDot;
    samples++;
  };

  return {
    name: `learned:${reward.name}`,
    start(world) {
      samples = 0;
      remember(world);
    },
    tick(world) {
      remember(world);
      if (samples < MOTION_SAMPLES) return 0;
      unroll(track, samples % MOTION_SAMPLES, window);
      scorer.featureSet.evaluate(window, createPrediction(scenes[samples % MOTION_SAMPLES]!), values);
      return scorer.score(values) / HORIZON_TICKS;
    },
  };
}

/** Writes a ring of samples, oldest at `oldest`, in the order of time. */
function unroll(ring: Motion, oldest: number, out: Motion): void {
  for (const column of ['s', 'd', 'sDot', 'dDot'] as const) {
    out[column].set(ring[column].subarray(oldest), 0);
    out[column].set(ring[column].subarray(0, oldest), MOTION_SAMPLES - oldest);
  }
}
