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

/** Error for the reward with one value replaced, or taken away when the new one is undefined. */
function failure(path: readonly (string | number)[], value: unknown): RewardError {
  const copy: unknown = structuredClone(reward);
  let place = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  if (value === undefined) delete place[path.at(-1)!];
  else place[path.at(-1)!] = value;
  try {
    parseReward(copy);
  } catch (error) {
    return error as RewardError;
  }
  throw new Error('the reward was accepted');
}

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
    ['a wrong type', ['features', 1, 'weight'], 'much', 'features[1].weight', /number/],
    ['a scale of 0', ['features', 0, 'scale'], 0, 'features[0].scale', /more than 0/],
    ['another version', ['version'], 9, 'version', /1/],
    ['another feature set', ['featureSetVersion'], 7, 'featureSetVersion', /1/],
    ['a missing part', ['fit'], undefined, 'fit', /object/],
    ['an unknown feature', ['features', 0, 'name'], 'sped', 'features[0].name', /registered feature: speed,/],
    ['a wrong group', ['features', 0, 'group'], 'lane', 'features[0].group', /"speed"/],
    ['a swapped interval', ['features', 0, 'interval'], [3, 1], 'features[0].interval', /lower end first/],
    ['a bad hash', ['sources', 0, 'hash'], 'xyz', 'sources[0].hash', /SHA-256/],
    ['no features', ['features'], [], 'features', /at least 1 entries/],
  ])('names path, value and expectation for %s', (_, path, value, shownPath, expected) => {
    const error = failure(path, value);
    expect(error).toBeInstanceOf(RewardError);
    expect(error.path).toBe(shownPath);
    expect(error.value).toEqual(value);
    expect(error.expected).toMatch(expected);
    expect(error.message).toContain(shownPath);
  });

  it('names an unknown key and a feature that comes twice', () => {
    expect(failure(['fit', 'nlll'], 1)).toMatchObject({ path: 'fit', value: 'nlll', expected: 'no such key' });
    const twice = failure(['features', 1], reward.features[0]);
    expect(twice).toMatchObject({ path: 'features[1].name', value: 'speed', expected: 'each feature once' });
  });

  it('refuses features of two sets, under which nothing could be scored', () => {
    const huang = { name: 'huangEfficiency', group: 'speed', scale: 1, weight: 1, sd: 0, interval: [1, 1] };
    expect(failure(['features', 1], huang)).toMatchObject({
      path: 'features[1].name',
      value: 'huangEfficiency',
      expected: 'a feature of "understudy", as the first',
    });
  });

  it('keeps a mixture of agents, and refuses one whose weights or shares do not fit', () => {
    const mixture = [
      { share: 0.25, weights: [2, -1] },
      { share: 0.75, weights: [1.5, 0] },
    ];
    expect(parseReward(formatReward({ ...reward, mixture }))).toEqual({ ...reward, mixture });
    expect(failure(['mixture'], [{ share: 1, weights: [2] }])).toMatchObject({
      path: 'mixture[0].weights',
      value: 1,
      expected: '2 weights, one for each feature',
    });
    expect(failure(['mixture'], mixture.slice(1))).toMatchObject({ path: 'mixture', value: 0.75 });
    expect(failure(['mixture'], [{ share: -1, weights: [2, 1] }]).path).toBe('mixture[0].share');
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
