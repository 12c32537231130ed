import { expect, it } from 'vitest';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { boltzmannMotion } from '../../../../irl/evaluate/boltzmannMotion.ts';
import { directionScores } from '../../../../irl/evaluate/directionScores.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import { FEATURES } from '../../../../irl/features/registry.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { effectiveOptions } from '../../../../irl/learn/effectiveOptions.ts';
import { quantile } from '../../../../irl/learn/quantile.ts';
import { refinedFit } from '../../../../irl/learn/refinedFit.ts';
import { chosenBy, drawOptions } from '../../../../irl/learn/sceneOptions.ts';
import { randomScene } from '../../../fixtures/irl/trafficScene.ts';

/** Planted weights of features divided by these scales. */
const PLANTED = {
  speed: [12, 0.067],
  speedSquared: [-9, 0.051],
  laneOffsetSquared: [-2, 0.27],
  lateralSpeedSquared: [-8, 0.27],
  headwayRisk: [-3, 0.11],
  longitudinalAccelerationSquared: [-3, 1.5],
  longitudinalJerkSquared: [-2, 3.4],
  lateralJerkSquared: [-4, 6.7],
} as const;
const names = Object.keys(PLANTED) as (keyof typeof PLANTED)[];

it('recovers planted weights from 60 demonstrations of a Boltzmann driver over the continuum', async () => {
  const scorer = createRewardScorer({
    format: 'understudy-reward',
    version: 1,
    featureSetVersion: 1,
    simulatorVersion: 1,
    name: 'planted',
    learner: { name: 'planted', options: {} },
    features: names.map((name) => ({
      name,
      group: FEATURES.find((feature) => feature.name === name)!.group,
      weight: PLANTED[name][0],
      scale: PLANTED[name][1],
      sd: 0,
      interval: [0, 0],
    })),
    sources: [],
    fit: { scenes: 0, candidatesPerScene: 0, nll: 0, gradientNorm: 0, projectionErrorP95: 0 },
  });
  const demonstrations = Array.from({ length: 60 }, (_, i) => {
    const scene = randomScene(i + 1);
    return { scene, person: boltzmannMotion(scene, scorer, { seed: i + 1, steps: 150 }) };
  }).flatMap(({ scene, person }) => (person === undefined ? [] : [{ scene, person }]));
  expect(demonstrations.length).toBeGreaterThan(55);

  const generator = createCandidateGenerator({ count: 300, seed: 99 });
  const scenes = demonstrations.map(({ scene, person }, i) =>
    chosenBy(
      drawOptions(scene, () => createPrediction(scene), i, generator, UNDERSTUDY_FEATURES),
      person,
    ),
  );
  const columns = names.map((name) => FEATURES.findIndex((feature) => feature.name === name));
  const { fit, first, standard, learned, standardisation } = await refinedFit(scenes, {
    sceneWeight: 1,
    seed: 99,
    columns,
  });
  expect(fit.gradientNorm).toBeLessThanOrEqual(1e-8);
  const truth = Float64Array.from(learned, (column) => {
    const [weight, scale] = PLANTED[FEATURES[column]!.name as keyof typeof PLANTED];
    return (weight * standardisation.scale[column]!) / scale;
  });
  const dot = truth.reduce((sum, weight, i) => sum + weight * fit.theta[i]!, 0);
  expect(dot / Math.hypot(...truth) / Math.hypot(...fit.theta)).toBeGreaterThan(0.95);
  // Every weight with a sign that 60 scenes can show has it, and the intervals of the direction hold the truth.
  for (const [i, weight] of truth.entries()) {
    if (Math.abs(weight) > 3 * fit.sd[i]!) expect(Math.sign(fit.theta[i]!), names[i]).toBe(Math.sign(weight));
  }
  const scores = directionScores(fit.theta, fit.precision, truth);
  expect(scores.filter((score) => Math.abs(score) < 1.96).length).toBeGreaterThanOrEqual(6);
  expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4);
  // Following the model makes several times as many of the options count.
  const effective = (data: typeof standard) => quantile(effectiveOptions(data, fit.theta), 0.5);
  expect(effective(standard)).toBeGreaterThan(4 * effective(first));
});
