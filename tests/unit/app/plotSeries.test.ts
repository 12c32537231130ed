import { expect, test } from 'vitest';
import { plotColumn, tickTimes } from '../../../app/plots/plotSeries.ts';

test('what is not simulated yet, beyond the column, or not a number is a gap', () => {
  const values = Float64Array.of(1, 2, Number.NaN, 4, 5);
  expect(plotColumn(values, 3.6, 6, 3)).toEqual([3.6, 7.2, null, 14.4, null, null, null]);
  expect(plotColumn(values, 1, 6, 9)).toEqual([1, 2, null, 4, 5, null, null]);
});

test('there is a time for every tick', () => {
  const times = tickTimes(600);
  expect(times).toHaveLength(601);
  expect(times[600]).toBeCloseTo(60, 9);
});
