import { expect, test } from 'vitest';
import { createWeightChart } from '../../../app/modes/learn/weightChart.ts';
import type { LearnedTerm } from '../../../irl/learn/learner.ts';

const term = (
  name: string,
  group: LearnedTerm['group'],
  weight: number,
  half: number,
  fixedBecause = '',
): LearnedTerm => ({
  name,
  group,
  scale: 1,
  weight,
  sd: half / 1.96,
  interval: [weight - half, weight + half],
  personMean: 0,
  modelMean: 0,
  fixedBecause,
});

const chart = createWeightChart([
  term('speed', 'speed', 4, 1),
  term('headwayRisk', 'headway', -2, 0.5),
  term('closingRisk', 'headway', 1, 40),
  term('auxiliaryLane', 'lane', 0, 19.6, 'unexcited'),
]);
const row = (name: string) => chart.querySelector(`[data-feature=${name}]`)!;
const number = (node: Element, name: string) => Number(node.getAttribute(name));

test('bars grow from zero to the side of their sign, in proportion to the weight', () => {
  const zero = number(chart.querySelector('.weight-chart__zero')!, 'x1');
  const likes = row('speed').querySelector('rect')!;
  const dislikes = row('headwayRisk').querySelector('rect')!;
  expect(number(likes, 'x')).toBeCloseTo(zero, 6);
  expect(number(dislikes, 'x') + number(dislikes, 'width')).toBeCloseTo(zero, 6);
  expect(number(likes, 'width') / number(dislikes, 'width')).toBeCloseTo(2, 6);
});

test('every bar has its figures as text, and its formula as a title', () => {
  expect(row('speed').textContent).toContain('4.0 ± 1.0');
  expect(row('headwayRisk').querySelector('title')!.textContent).toContain('95 % between −2.5 and −1.5');
});

test('an interval that would dwarf the bars is cut off with arrows', () => {
  expect(row('closingRisk').querySelectorAll('path')).toHaveLength(2);
  expect(row('speed').querySelectorAll('path')).toHaveLength(0);
});

test('a weight that was not learned has no bar and says why', () => {
  expect(row('auxiliaryLane').querySelector('rect')).toBeNull();
  expect(row('auxiliaryLane').textContent).toContain('not excited');
});
