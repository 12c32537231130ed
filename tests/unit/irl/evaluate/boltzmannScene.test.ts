import { describe, expect, it } from 'vitest';
import { plantedReward } from '../../../../bench/plantedReward.ts';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { REFUSED, refusal } from '../../../../irl/candidates/refusal.ts';
import { createBoltzmannScene } from '../../../../irl/evaluate/boltzmannScene.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import { createRewardScorer, type RewardScorer } from '../../../../irl/features/rewardScorer.ts';
import type { Scene } from '../../../../irl/features/scene.ts';
import { followModel } from '../../../../irl/learn/followModel.ts';
import { drawOptions, type SceneOptions } from '../../../../irl/learn/sceneOptions.ts';
import { randomScene, trafficScene } from '../../../fixtures/irl/trafficScene.ts';

const scorer = createRewardScorer(plantedReward());
const columns = scorer.names.length;
const scene = randomScene(7);

const rawWeights = ({ weight, scale }: RewardScorer) => weight.map((value, i) => value / scale[i]!);

/** Mean and variance of the features under P(x) ∝ exp(R(x)), in units of the scales, by importance sampling. */
function underModel({ rows, values, logMass }: SceneOptions, { score, scale }: RewardScorer) {
  const level = Array.from({ length: rows - 1 }, (_, i) => score(values, (i + 1) * columns) - logMass[i + 1]!);
  const highest = Math.max(...level);
  const share = level.map((value) => Math.exp(value - highest));
  const total = share.reduce((sum, value) => sum + value, 0);
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (const [i, part] of share.entries()) {
    for (let k = 0; k < columns; k++) {
      const value = values[(i + 1) * columns + k]! / scale[k]!;
      mean[k]! += (part * value) / total;
      square[k]! += (part * value * value) / total;
    }
  }
  const effective = (total * total) / share.reduce((sum, value) => sum + value * value, 0);
  return { mean, variance: square.map((value, k) => value - mean[k]! * mean[k]!), effective };
}

describe('createBoltzmannScene', () => {
  const fast = trafficScene([], { sDot: 28 });
  const plain = (at: Scene, count: number) =>
    drawOptions(at, () => createPrediction(at), 0, createCandidateGenerator({ count, seed: 3 }), UNDERSTUDY_FEATURES);
  const halting = createRewardScorer(plantedReward({ speed: 3, speedSquared: -16 }));

  it.each([
    ['a usual driver', scene, scorer, () => plain(scene, 12_000)],
    [
      'a driver who brakes as no first draw does',
      fast,
      halting,
      () =>
        [1, 2, 3].reduce(
          (options, seed) => followModel(options, rawWeights(halting), { seed, draws: 400 }),
          plain(fast, 300),
        ),
    ],
  ])('draws from P(x) ∝ exp(R(x)), %s: feature means are those of importance sampling', (_, at, driver, options) => {
    const { mean, variance, effective } = underModel(options(), driver);
    expect(effective).toBeGreaterThan(60);
    const boltzmann = createBoltzmannScene(at, UNDERSTUDY_FEATURES, { pool: 400, seed: 4 });
    const draws = 90;
    const drawn = new Float64Array(columns);
    const features = new Float64Array(columns);
    const prediction = createPrediction(at);
    for (let n = 0; n < draws; n++) {
      const { motion } = boltzmann.draw(driver, { seed: n, steps: 80 })!;
      UNDERSTUDY_FEATURES.evaluate(motion, prediction, features);
      expect(refusal(motion, prediction)).toBe(REFUSED.no);
      for (let k = 0; k < columns; k++) drawn[k]! += features[k]! / driver.scale[k]! / draws;
    }
    for (let k = 0; k < columns; k++) {
      const error = Math.sqrt(variance[k]! * (1 / draws + 1 / effective)) + 1e-9;
      expect(Math.abs(drawn[k]! - mean[k]!) / error, driver.names[k]).toBeLessThan(4);
    }
  });

  it('draws the same for the same seed', () => {
    const draw = () =>
      createBoltzmannScene(scene, UNDERSTUDY_FEATURES, { pool: 200, seed: 4 }).draw(scorer, { seed: 1, steps: 40 })!;
    expect([...draw().parameters]).toEqual([...draw().parameters]);
  });
});
