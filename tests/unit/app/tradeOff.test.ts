import { expect, test } from 'vitest';
import { applyTradeOff, copyTradeOff, sliderReach, tradeOffOf } from '../../../app/modes/tune/tradeOff.ts';
import { formatReward, parseReward } from '../../../irl/learn/rewardFile.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

const reward = handmadeReward({ speed: 3, speedSquared: -1 });

test('untouched, a trade-off leaves every weight as it was', () => {
  expect(applyTradeOff(reward, tradeOffOf(reward)).features).toEqual(reward.features);
});

test.each([
  ['safety', ['headway', 'courtesy']],
  ['comfort', ['comfort']],
  ['progress', ['speed']],
] as const)('%s scales the groups %j and no other', (macro, groups) => {
  const tradeOff = tradeOffOf(reward);
  tradeOff.macros[macro] = 2;
  const tuned = applyTradeOff(reward, tradeOff);
  for (const [i, term] of tuned.features.entries()) {
    const factor = (groups as readonly string[]).includes(term.group) ? 2 : 1;
    expect(term.weight).toBe(reward.features[i]!.weight * factor);
  }
});

test('more safety or comfort never means to like a risk or a jolt more, whatever was learned', () => {
  const odd = handmadeReward({ headwayRisk: 0.6, longitudinalJerkSquared: 0.4, closingRisk: -2 });
  const weightAt = (macro: 'safety' | 'comfort', factor: number, name: string) => {
    const tradeOff = tradeOffOf(odd);
    tradeOff.macros[macro] = factor;
    return applyTradeOff(odd, tradeOff).features.find((term) => term.name === name)!.weight;
  };
  const factors = [0, 0.5, 1, 2, 3];
  const along = (macro: 'safety' | 'comfort', name: string) => factors.map((factor) => weightAt(macro, factor, name));
  expect(along('safety', 'closingRisk')).toEqual([-0, -1, -2, -4, -6]);
  for (const [i, weight] of along('safety', 'headwayRisk').entries()) {
    expect(weight).toBeCloseTo([1.2, 0.9, 0.6, 0, -0.6][i]!, 12);
  }
  for (const [i, weight] of along('comfort', 'longitudinalJerkSquared').entries()) {
    expect(weight).toBeCloseTo([0.8, 0.6, 0.4, 0, -0.4][i]!, 12);
  }
});

test('a copy changes on its own', () => {
  const first = tradeOffOf(reward);
  const second = copyTradeOff(first);
  second.weights['speed'] = 9;
  second.macros.safety = 0;
  expect([first.weights['speed'], first.macros.safety]).toEqual([3, 1]);
});

test('a tuned reward is a valid file that says it was tuned', () => {
  const tradeOff = tradeOffOf(reward);
  tradeOff.weights['speed'] = 5;
  const read = parseReward(formatReward(applyTradeOff(reward, tradeOff, 'mine')));
  expect(read).toMatchObject({ name: 'mine', learner: { options: { tuned: true } } });
  expect(read.features.find(({ name }) => name === 'speed')!.weight).toBe(5);
});

test('the weights that were set drive, not those of a mixture', () => {
  const mixture = [{ share: 1, weights: reward.features.map(() => 9) }];
  expect(applyTradeOff({ ...reward, mixture }, tradeOffOf(reward)).mixture).toBeUndefined();
});

test('every learned weight lies well inside the sliders', () => {
  const reach = sliderReach(reward);
  for (const { weight } of reward.features) expect(Math.abs(weight)).toBeLessThanOrEqual(reach / 1.5);
});
