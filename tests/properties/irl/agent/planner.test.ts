import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plantedReward, variedWeights } from '../../../../bench/plantedReward.ts';
import { createPlanner } from '../../../../irl/agent/planner.ts';
import { EMERGENCY_RSS } from '../../../../irl/agent/safeDistance.ts';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { laneTableOf } from '../../../../irl/features/createPrediction.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { crowdedScene } from '../../../fixtures/irl/crowdedScene.ts';

const generator = createCandidateGenerator({ count: 80, seed: 2 });

/** Weights of any sign, so that limits on both sides are needed. */
function anyWeights(seed: number): Record<string, number> {
  const stream = createRandomStream(seed, 'any weights');
  return Object.fromEntries(
    Object.entries(variedWeights(stream)).map(([name, weight]) => [name, stream.uniform() < 0.3 ? -weight : weight]),
  );
}

it('chooses what weighing all options chooses', () => {
  let chosen = 0;
  fc.assert(
    fc.property(fc.nat(100_000), fc.boolean(), (seed, safely) => {
      const scene = crowdedScene(seed);
      // Where a lane ends soon, the reward is not all that counts.
      if (!laneTableOf(scene.road).uniform) return;
      const planner = createPlanner(
        generator,
        createRewardScorer(plantedReward(anyWeights(seed))),
        safely ? EMERGENCY_RSS : null,
      );
      const plan = planner.choose(scene, [], 0);
      const decision = planner.describe(0);
      const allowed = [...decision.reward].map((reward, i) => (decision.refused[i] === 0 ? reward : -Infinity));
      const best = Math.max(...allowed);
      expect(decision.chosen).toBe(best === -Infinity ? -1 : allowed.indexOf(best));
      if (decision.chosen < 0) return;
      chosen++;
      expect(plan).toEqual(decision.candidates[decision.chosen]);
    }),
    { numRuns: 80 },
  );
  expect(chosen).toBeGreaterThan(20);
});
