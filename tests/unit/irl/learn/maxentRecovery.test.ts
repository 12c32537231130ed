import { expect, it } from 'vitest';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { boltzmannMotion } from '../../../../irl/evaluate/boltzmannMotion.ts';
import { FEATURES } from '../../../../irl/features/registry.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { scaledChoices, selectedColumns } from '../../../../irl/learn/choiceData.ts';
import { choicesOfScenes } from '../../../../irl/learn/choicesOfScenes.ts';
import { fitMaxent } from '../../../../irl/learn/maxent.ts';
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

it('recovers planted weights from 60 demonstrations of a Boltzmann driver over the continuum', () => {
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
    return { scene, person: boltzmannMotion(scene, scorer, { seed: i + 1, steps: 1000 }) };
  }).flatMap(({ scene, person }) => (person === undefined ? [] : [{ scene, person }]));
  expect(demonstrations.length).toBeGreaterThan(55);

  const data = choicesOfScenes(demonstrations, createCandidateGenerator({ count: 300, seed: 99 }));
  const columns = names.map((name) => FEATURES.findIndex((feature) => feature.name === name));
  const scale = Float64Array.from(names, (name) => PLANTED[name][1]);
  const fit = fitMaxent(scaledChoices(selectedColumns(data, columns), scale));
  const truth = names.map((name) => PLANTED[name][0]);
  const dot = truth.reduce((sum, weight, i) => sum + weight * fit.theta[i]!, 0);
  expect(dot / Math.hypot(...truth) / Math.hypot(...fit.theta)).toBeGreaterThan(0.9);
  // Every weight with a sign that 60 scenes can show has it.
  for (const [i, weight] of truth.entries()) {
    if (Math.abs(weight) > 3 * fit.sd[i]!) expect(Math.sign(fit.theta[i]!), names[i]).toBe(Math.sign(weight));
  }
});
