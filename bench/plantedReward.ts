import { FEATURES } from '../irl/features/registry.ts';
import type { Reward } from '../irl/features/reward.ts';
import type { RandomStream } from '../sim/core/randomStream.ts';

/**
 * Weights of the size that US-101 gives, and the scales they refer to: what a Boltzmann driver is given to be found
 * again.
 */
export const PLANTED: Readonly<Record<string, readonly [weight: number, scale: number]>> = {
  speed: [12, 0.067],
  speedSquared: [-9, 0.051],
  laneOffsetSquared: [-1, 0.27],
  lateralSpeedSquared: [-8, 0.27],
  leftmostLane: [0.5, 0.09],
  rightmostLane: [-0.5, 0.07],
  headwayRisk: [-1.5, 0.11],
  closingRisk: [-1.5, 0.086],
  sideGapRisk: [-1, 0.075],
  rearGapRisk: [-1, 0.045],
  longitudinalAccelerationSquared: [-3, 1.5],
  lateralAccelerationSquared: [-2, 0.58],
  longitudinalJerkSquared: [-2, 3.4],
  lateralJerkSquared: [-3, 6.7],
  imposedBraking: [-1, 0.61],
};

/** Spread of the factor by which a varied weight differs from the planted one (deviation of its logarithm). */
const VARIATION = 0.5;

/** A reward with the planted weights. */
export function plantedReward(weights: Readonly<Record<string, number>> = {}): Reward {
  return {
    format: 'understudy-reward',
    version: 1,
    featureSetVersion: 1,
    simulatorVersion: 1,
    name: 'planted',
    learner: { name: 'planted', options: {} },
    features: Object.entries(PLANTED).map(([name, [usual, scale]]) => {
      const weight = weights[name] ?? usual;
      const { group } = FEATURES.find((feature) => feature.name === name)!;
      return { name, group, weight, scale, sd: 0, interval: [weight, weight] as const };
    }),
    sources: [],
    fit: { scenes: 0, candidatesPerScene: 0, nll: 0, gradientNorm: 0, projectionErrorP95: 0 },
  };
}

/** Another driver: every planted weight times a log-normal factor, tastes for lanes with a random sign. */
export function variedWeights(stream: RandomStream): Record<string, number> {
  return Object.fromEntries(
    Object.entries(PLANTED).map(([name, [weight]]) => {
      const factor = Math.exp(VARIATION * stream.normal());
      const sign = name.endsWith('Lane') && stream.uniform() < 0.5 ? -1 : 1;
      return [name, sign * factor * weight];
    }),
  );
}
