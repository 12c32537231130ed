import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plantedReward, variedWeights } from '../../../../bench/plantedReward.ts';
import type { Decision } from '../../../../irl/agent/decision.ts';
import { laneEndCost } from '../../../../irl/agent/laneEndCost.ts';
import { createPlanner, SWITCHING_COST } from '../../../../irl/agent/planner.ts';
import {
  distanceShortfall,
  EMERGENCY_RSS,
  requiredResponse,
  type SafeDistanceRule,
} from '../../../../irl/agent/safeDistance.ts';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { FILTER_REASONS, refusal } from '../../../../irl/candidates/refusal.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { MOTION_SAMPLES, type Motion } from '../../../../irl/features/motion.ts';
import { FEATURE_COUNT } from '../../../../irl/features/registry.ts';
import { createRewardScorer, type RewardScorer } from '../../../../irl/features/rewardScorer.ts';
import type { Scene } from '../../../../irl/features/scene.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';
import { crowdedScene } from '../../../fixtures/irl/crowdedScene.ts';

const UNSAFE = FILTER_REASONS.indexOf('unsafe-distance');
/** Relative error that sums in another order may have. */
const ROUNDING = 1e-9;

const generator = createCandidateGenerator({ count: 80, seed: 2 });

/** Weights of any sign, so that limits on both sides are needed. Where they are small, holding on to a plan counts. */
function anyWeights(seed: number, size: number): Record<string, number> {
  const stream = createRandomStream(seed, 'any weights');
  return Object.fromEntries(
    Object.entries(variedWeights(stream)).map(([name, weight]) => [
      name,
      size * (stream.uniform() < 0.3 ? -weight : weight),
    ]),
  );
}

interface Weighed {
  readonly refused: number;
  readonly reward: number;
  /** Reward less what the end of a lane costs. */
  readonly score: number;
}

/** What each motion is worth, every one weighed by itself. */
function weighAll(
  scene: Scene,
  scorer: RewardScorer,
  rule: SafeDistanceRule | null,
  motions: readonly Motion[],
): Weighed[] {
  const prediction = createPrediction(scene);
  const values = new Float64Array(FEATURE_COUNT);
  return motions.map((motion) => {
    scorer.featureSet.evaluate(motion, prediction, values);
    const refused = refusal(motion, prediction);
    if (refused !== 0) return { refused, reward: 0, score: -Infinity };
    const reward = scorer.score(values);
    const unsafe = rule !== null && distanceShortfall(rule, requiredResponse(rule, scene), motion, prediction) > 0;
    if (unsafe) return { refused: UNSAFE, reward, score: -Infinity };
    return { refused, reward, score: reward - laneEndCost(scene, prediction.lanes, motion.d[MOTION_SAMPLES - 1]!) };
  });
}

/** Options that may be under way: the best, the next best, the worst, and one that may not be driven. */
function plansUnderWay({ candidates }: Decision, weighed: readonly Weighed[]): Map<string, Motion> {
  const order = weighed.map((_, i) => i).sort((a, b) => weighed[b]!.score - weighed[a]!.score);
  const allowed = order.filter((i) => weighed[i]!.refused === 0);
  const refused = order.find((i) => weighed[i]!.refused !== 0);
  const plans = new Map<string, Motion>();
  if (allowed.length > 1) {
    plans.set('best', candidates[allowed[0]!]!);
    plans.set('next', candidates[allowed[1]!]!);
    plans.set('worst', candidates[allowed.at(-1)!]!);
  }
  if (refused !== undefined) plans.set('refused', candidates[refused]!);
  return plans;
}

it('chooses what weighing every option by itself chooses, whatever is under way', () => {
  const seen = { none: 0, best: 0, next: 0, worst: 0, refused: 0, heldOn: 0, let: 0, nothingAllowed: 0 };
  fc.assert(
    fc.property(fc.nat(100_000), fc.boolean(), fc.constantFrom(1, 0.01), (seed, safely, size) => {
      const scene = crowdedScene(seed);
      const rule = safely ? EMERGENCY_RSS : null;
      const scorer = createRewardScorer(plantedReward(anyWeights(seed, size)));
      const planner = createPlanner(generator, scorer, rule);
      const judge = (underWay: Motion | null) => {
        const plan = planner.choose(scene, underWay ? [underWay] : [], underWay ? 1 : 0);
        const decision = planner.describe(0);
        const { chosen, candidates, reward, refused } = decision;
        const weighed = weighAll(scene, scorer, rule, candidates);
        expect([...refused]).toEqual(weighed.map((one) => one.refused));
        const wrong = weighed.findIndex(
          (one, i) =>
            one.refused === 0 && !(Math.abs(one.reward - reward[i]!) <= ROUNDING * (1 + Math.abs(one.reward))),
        );
        expect(wrong).toBe(-1);
        const scores = weighed.map(({ score }, i) => score + (underWay && i === generator.count ? SWITCHING_COST : 0));
        const best = Math.max(...scores);
        if (best === -Infinity) {
          seen.nothingAllowed++;
          expect(chosen).toBe(-1);
        } else {
          expect(scores[chosen]).toBeGreaterThan(best - ROUNDING * (1 + Math.abs(best)));
          expect(plan).toEqual(candidates[chosen]);
          // Whether the bonus of the plan under way decides.
          const better = weighed.some(({ score }) => score > weighed[chosen]!.score + ROUNDING);
          if (underWay && chosen === generator.count && better) seen.heldOn++;
          if (underWay && chosen !== generator.count) seen.let++;
        }
        return { decision, weighed };
      };
      const { decision, weighed } = judge(null);
      seen.none++;
      for (const [which, plan] of plansUnderWay(decision, weighed)) {
        judge(plan);
        seen[which as keyof typeof seen]++;
      }
    }),
    { numRuns: 60 },
  );
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(5);
});
