import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatFigure, kilometresPerHour } from '../../../app/shell/formatQuantity.ts';

test.each([
  [0, false, '0:00'],
  [59.9, false, '0:59'],
  [61, false, '1:01'],
  [9.96, true, '0:10.0'],
  [59.96, true, '1:00.0'],
  [725.5, true, '12:05.5'],
])('%f s reads %s %s', (seconds, tenths, text) => {
  expect(formatDuration(seconds, tenths)).toBe(text);
});

test.each([
  [0, '0'],
  [-3.456, '−3.5'],
  [0.0456, '0.046'],
  [123.4, '123'],
  [12.34, '12.3'],
  [-0.00002, '−2.0e−5'],
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '–'],
])('the figure %f reads %s', (value, text) => {
  expect(formatFigure(value)).toBe(text);
});

test('sizes and speeds read as people say them', () => {
  expect([formatBytes(300), formatBytes(704_851), formatBytes(2_340_000)]).toEqual(['1 kB', '705 kB', '2.3 MB']);
  expect([kilometresPerHour(27.78), kilometresPerHour(-0.1)]).toEqual(['100', '0']);
});
