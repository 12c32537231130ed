import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../../irl/features/registry.ts';
import type { Reward } from '../../../../irl/features/reward.ts';
import { createRewardScorer } from '../../../../irl/features/rewardScorer.ts';
import { RewardError } from '../../../../irl/learn/rewardError.ts';
import { formatReward, parseReward } from '../../../../irl/learn/rewardFile.ts';

const reward: Reward = {
  format: 'understudy-reward',
  version: 1,
  featureSetVersion: 1,
  simulatorVersion: 1,
  name: 'test',
  learner: { name: 'maxent', options: { seed: 1, candidates: 300, others: 'predicted' } },
  features: [
    { name: 'speed', group: 'speed', scale: 0.05, weight: 2, sd: 0.3, interval: [1.4, 2.6] },
    { name: 'closingRisk', group: 'headway', scale: 0.1, weight: -1, sd: 0.2, interval: [-1.4, -0.6] },
  ],
  sources: [{ hash: 'ab'.repeat(32), driver: 'Ada', label: 'human', scenarioId: 'dense@1#1', scenes: 12 }],
  fit: { scenes: 12, candidatesPerScene: 300, nll: 1.5, gradientNorm: 1e-12, projectionErrorP95: 0.2 },
};

const failure = (change: (copy: any) => void): RewardError => {
  const copy = structuredClone(reward);
  change(copy);
  try {
    parseReward(copy);
  } catch (error) {
    return error as RewardError;
  }
  throw new Error('the reward was accepted');
};

describe('reward file', () => {
  it('comes back as it was written, text or data', () => {
    expect(parseReward(formatReward(reward))).toEqual(reward);
    expect(parseReward(JSON.parse(formatReward(reward)))).toEqual(reward);
  });

  it('is the same text however the object was put together', () => {
    const shuffled = {
      ...reward,
      learner: { options: { others: 'predicted', seed: 1, candidates: 300 }, name: 'maxent' },
    };
    const reordered = Object.fromEntries(Object.entries(shuffled).reverse()) as unknown as Reward;
    expect(formatReward(reordered)).toBe(formatReward(reward));
    expect(formatReward(reward).split('\n').length).toBeGreaterThan(40);
  });

  it.each([
    ['a wrong type', (r: any) => (r.features[1].weight = 'much'), 'features[1].weight', 'much', /number/],
    ['a scale of 0', (r: any) => (r.features[0].scale = 0), 'features[0].scale', 0, /more than 0/],
    ['another version', (r: any) => (r.version = 9), 'version', 9, /1/],
    ['another feature set', (r: any) => (r.featureSetVersion = 7), 'featureSetVersion', 7, /1/],
    ['a missing part', (r: any) => delete r.fit, 'fit', undefined, /object/],
    ['an unknown key', (r: any) => (r.fit.nlll = 1), 'fit', 'nlll', /no such key/],
    [
      'an unknown feature',
      (r: any) => (r.features[0].name = 'sped'),
      'features[0].name',
      'sped',
      /registered feature: speed,/,
    ],
    ['a feature twice', (r: any) => (r.features[1] = r.features[0]), 'features[1].name', 'speed', /once/],
    ['a wrong group', (r: any) => (r.features[0].group = 'lane'), 'features[0].group', 'lane', /"speed"/],
    [
      'a swapped interval',
      (r: any) => (r.features[0].interval = [3, 1]),
      'features[0].interval',
      [3, 1],
      /lower end first/,
    ],
    ['a bad hash', (r: any) => (r.sources[0].hash = 'xyz'), 'sources[0].hash', 'xyz', /SHA-256/],
    ['no features', (r: any) => (r.features = []), 'features', [], /at least 1 entries/],
  ])('names path, value and expectation for %s', (_, change, path, value, expected) => {
    const error = failure(change);
    expect(error).toBeInstanceOf(RewardError);
    expect(error.path).toBe(path);
    expect(error.value).toEqual(value);
    expect(error.expected).toMatch(expected);
    expect(error.message).toContain(path);
  });

  it('says that a text is no JSON', () => {
    expect(() => parseReward('{"format":')).toThrow(/found "\{.*expected JSON/);
  });
});

describe('createRewardScorer', () => {
  it('sums weight * value / scale in registry order', () => {
    const scorer = createRewardScorer(reward);
    const values = new Float64Array(FEATURES.length + 1);
    values[1 + scorer.names.indexOf('speed')] = 0.8;
    values[1 + scorer.names.indexOf('closingRisk')] = 0.3;
    expect(scorer.score(values, 1)).toBeCloseTo((2 * 0.8) / 0.05 - 0.3 / 0.1, 12);
  });

  it('refuses unknown and mixed features', () => {
    const term = reward.features[0]!;
    expect(() => createRewardScorer({ ...reward, features: [{ ...term, name: 'x' }] })).toThrow(
      /feature "x" is unknown/,
    );
    expect(() => createRewardScorer({ ...reward, features: [term, { ...term, name: 'huangSocial' }] })).toThrow(
      /different sets/,
    );
  });
});
