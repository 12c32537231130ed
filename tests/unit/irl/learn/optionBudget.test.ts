import { expect, it } from 'vitest';
import { DEFAULT_CANDIDATES } from '../../../../irl/candidates/candidateGenerator.ts';
import { optionBudget } from '../../../../irl/learn/optionBudget.ts';

it('few scenes get all options', () => {
  expect(optionBudget(1)).toEqual({ candidates: DEFAULT_CANDIDATES, enough: 60, draws: 50, timesAtMost: 6 });
  expect(optionBudget(200)).toEqual({ candidates: DEFAULT_CANDIDATES, enough: 60, draws: 50, timesAtMost: 6 });
});

it('more scenes share them, down to a third each, first options sooner', () => {
  expect(optionBudget(250)).toEqual({ candidates: 154, enough: 48, draws: 25, timesAtMost: 12 });
  expect(optionBudget(400)).toEqual({ candidates: DEFAULT_CANDIDATES / 3, enough: 30, draws: 25, timesAtMost: 12 });
  expect(optionBudget(10_000)).toEqual({ candidates: DEFAULT_CANDIDATES / 3, enough: 20, draws: 25, timesAtMost: 12 });
});
