import { describe, expect, it } from 'vitest';
import { plantedReward } from '../../../../bench/plantedReward.ts';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { REFUSED, refusal } from '../../../../irl/candidates/refusal.ts';
import { createBoltzmannScene } from '../../../../irl/evaluate/boltzmannScene.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { drawOptions } from '../../../../irl/learn/sceneOptions.ts';
import { randomScene } from '../../../fixtures/irl/trafficScene.ts';

const scorer = createRewardScorer(plantedReward());
const columns = scorer.names.length;
const scene = randomScene(7);
const prediction = createPrediction(scene);

describe('createBoltzmannScene', () => {
  it('draws from P(x) ∝ exp(R(x)): feature means are those of importance sampling from the proposal of driving', () => {
    const generator = createCandidateGenerator({ count: 12_000, seed: 3 });
    const { rows, values, logMass } = drawOptions(scene, () => prediction, 0, generator, UNDERSTUDY_FEATURES);
    const level = Array.from({ length: rows - 1 }, (_, i) => scorer.score(values, (i + 1) * columns) - logMass[i + 1]!);
    const highest = Math.max(...level);
    const share = level.map((value) => Math.exp(value - highest));
    const total = share.reduce((sum, value) => sum + value, 0);
    const mean = new Float64Array(columns);
    const square = new Float64Array(columns);
    for (const [i, part] of share.entries()) {
      for (let k = 0; k < columns; k++) {
        const value = values[(i + 1) * columns + k]! / scorer.scale[k]!;
        mean[k]! += (part * value) / total;
        square[k]! += (part * value * value) / total;
      }
    }
    const effective = (total * total) / share.reduce((sum, value) => sum + value * value, 0);

    const boltzmann = createBoltzmannScene(scene, UNDERSTUDY_FEATURES, { pool: 800, seed: 4 });
    const draws = 250;
    const drawn = new Float64Array(columns);
    const features = new Float64Array(columns);
    for (let n = 0; n < draws; n++) {
      const { motion } = boltzmann.draw(scorer, { seed: n, steps: 80 })!;
      UNDERSTUDY_FEATURES.evaluate(motion, prediction, features);
      expect(refusal(motion, prediction)).toBe(REFUSED.no);
      for (let k = 0; k < columns; k++) drawn[k]! += features[k]! / scorer.scale[k]! / draws;
    }
    for (let k = 0; k < columns; k++) {
      const variance = square[k]! - mean[k]! * mean[k]!;
      const error = Math.sqrt(variance * (1 / draws + 1 / effective)) + 1e-9;
      expect(Math.abs(drawn[k]! - mean[k]!) / error, scorer.names[k]).toBeLessThan(4);
    }
  });

  it('draws the same for the same seed', () => {
    const draw = () =>
      createBoltzmannScene(scene, UNDERSTUDY_FEATURES, { pool: 200, seed: 4 }).draw(scorer, { seed: 1, steps: 40 })!;
    expect([...draw().parameters]).toEqual([...draw().parameters]);
  });
});
