import { expect, it } from 'vitest';
import { rolloutBudget } from '../../../../irl/learn/rolloutBudget.ts';

it('asks for rollouts in proportion to the driving, from one up to a limit', () => {
  expect([1, 250, 500, 1000, 1200, 60_000].map(rolloutBudget)).toEqual([1, 10, 20, 40, 40, 40]);
});
