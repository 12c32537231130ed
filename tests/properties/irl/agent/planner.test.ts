import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plantedReward, variedWeights } from '../../../../bench/plantedReward.ts';
import { createPlanner, SWITCHING_COST } from '../../../../irl/agent/planner.ts';
import { EMERGENCY_RSS } from '../../../../irl/agent/safeDistance.ts';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { laneTableOf } from '../../../../irl/features/createPrediction.ts';
import type { Motion } from '../../../../irl/features/motion.ts';
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

/** Index of the worst of those that may be driven. */
function worstOf(scores: readonly number[]): number {
  return scores.indexOf(Math.min(...scores.filter((score) => score > -Infinity)));
}

it('chooses what weighing all options chooses', () => {
  const chosen = [0, 0];
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
      let underWay: Motion | null = null;
      // First with no plan under way, then with what was chosen, which has a bonus.
      for (const kept of [0, 1]) {
        const plan = planner.choose(scene, underWay ? [underWay] : [], kept);
        const decision = planner.describe(0);
        const allowed = [...decision.reward].map((reward, i) => {
          if (decision.refused[i] !== 0) return -Infinity;
          return reward + (kept === 1 && i === generator.count ? SWITCHING_COST : 0);
        });
        const best = Math.max(...allowed);
        expect(decision.chosen).toBe(best === -Infinity ? -1 : allowed.indexOf(best));
        if (decision.chosen < 0) return;
        chosen[kept]!++;
        expect(plan).toEqual(decision.candidates[decision.chosen]);
        // Something worse than the best is under way: a choice that holds on to it would be noticed.
        underWay = decision.candidates[worstOf(allowed)]!;
      }
    }),
    { numRuns: 80 },
  );
  expect(Math.min(...chosen)).toBeGreaterThan(20);
});
