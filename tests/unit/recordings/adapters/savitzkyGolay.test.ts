import { sampleVariance } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { filterWeights, smoothSeries } from '../../../../recordings/adapters/savitzkyGolay.ts';
import { testRandom } from '../syntheticRecording.ts';

const all = (samples: number) => new Uint8Array(samples).fill(1);

describe('filterWeights', () => {
  test('are the tabulated ones of Savitzky & Golay (1964): 5 points, order 2', () => {
    const weights = filterWeights(5, 2, 2);
    const expected = [
      -3 / 35,
      12 / 35,
      17 / 35,
      12 / 35,
      -3 / 35,
      -0.2,
      -0.1,
      0,
      0.1,
      0.2,
      2 / 7,
      -1 / 7,
      -2 / 7,
      -1 / 7,
      2 / 7,
    ];
    for (const [i, value] of expected.entries()) expect(weights[i]).toBeCloseTo(value, 12);
  });
});

describe('smoothSeries', () => {
  test('leaves a parabola as it is, derivatives and ends included, wherever samples are missing', () => {
    const step = 0.1;
    const values = Float64Array.from({ length: 60 }, (_, k) => 5 + 20 * k * step + 0.7 * (k * step) ** 2);
    const present = all(60);
    for (const gap of [17, 18, 19, 40]) {
      present[gap] = 0;
      values[gap] = Number.NaN;
    }
    const smooth = smoothSeries(values, present, { window: 21, order: 3, step });
    for (let k = 0; k < 60; k++) {
      expect(smooth.value[k]).toBeCloseTo(5 + 20 * k * step + 0.7 * (k * step) ** 2, 9);
      expect(smooth.first[k]).toBeCloseTo(20 + 1.4 * k * step, 8);
      expect(smooth.second[k]).toBeCloseTo(1.4, 6);
    }
  });

  test('keeps a cubic away from the ends', () => {
    const values = Float64Array.from({ length: 61 }, (_, k) => ((k - 30) * 0.1) ** 3);
    const smooth = smoothSeries(values, all(61), { window: 21, order: 3, step: 0.1 });
    expect(smooth.value[40]).toBeCloseTo(1, 10);
    expect(smooth.second[40]).toBeCloseTo(6, 8);
  });

  test('takes noise out of the acceleration: the variance of the theory in the middle, not much more at the ends', () => {
    const random = testRandom(5);
    const samples = 4000;
    const sd = 0.3;
    // Sum of 12 uniform numbers: nearly normal, mean 6, variance 1.
    const normal = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
    const values = Float64Array.from({ length: samples }, (_, k) => k + sd * normal());
    const { second } = smoothSeries(values, all(samples), { window: 21, order: 3, step: 0.1 });
    const weights = filterWeights(21, 3, 10).slice(42);
    const theory = (sd * Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0))) / 0.01;
    const measured = Math.sqrt(sampleVariance([...second.slice(20, -20)]));
    expect(measured / theory).toBeGreaterThan(0.9);
    expect(measured / theory).toBeLessThan(1.1);
    // The ends use a lower order: at the full order they would have eight times this noise.
    const end = filterWeights(21, 2, 0).slice(42);
    expect(Math.sqrt(end.reduce((sum, w) => sum + w * w, 0))).toBeCloseTo(
      Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0)),
      6,
    );
  });

  test('fits a series that is shorter than the window, down to two samples', () => {
    const options = { window: 21, order: 3, step: 0.1 };
    const two = smoothSeries(Float64Array.of(3, 5), all(2), options);
    expect(two.value[0]).toBeCloseTo(3, 12);
    expect(two.value[1]).toBeCloseTo(5, 12);
    expect(two.first[0]).toBeCloseTo(20, 9);
    expect(two.second[0]).toBe(0);
    const seven = smoothSeries(
      Float64Array.from({ length: 7 }, (_, k) => 0.5 * (k * 0.1) ** 2),
      all(7),
      options,
    );
    expect(seven.second[6]).toBeCloseTo(1, 8);
  });
});
