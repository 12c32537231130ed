import { describe, expect, it } from 'vitest';
import type { ChoiceData } from '../../../../irl/learn/choiceData.ts';
import { enoughDriving } from '../../../../irl/learn/enoughDriving.ts';
import { posteriorSamples } from '../../../../irl/learn/posteriorSamples.ts';

/** Scenes of four options with the features (1, 0), (0, 1), (0, 0) and (0, 0); the person's own row comes first. */
function scenes(count: number): ChoiceData {
  const one = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0];
  return {
    scenes: count,
    columns: 2,
    start: Int32Array.from({ length: count + 1 }, (_, i) => 5 * i),
    values: Float64Array.from({ length: 10 * count }, (_, at) => one[at % 10]!),
    logWeight: new Float64Array(5 * count),
  };
}

describe('enoughDriving', () => {
  it('loses nothing while every sample chooses as the weights do', () => {
    const bound = enoughDriving(scenes(3), Float64Array.of(2, 1), Float64Array.of(3, 1, 5, 4));
    expect(bound).toEqual({ evdBound95: 0, verdict: 'enough' });
  });

  it('is the share of the way from chance to the best that the choice loses', () => {
    // Under (1, 2) the best option is worth 2, the chosen one 1 and the mean (1 + 2) / 4.
    const { evdBound95, verdict } = enoughDriving(scenes(3), Float64Array.of(2, 1), Float64Array.of(1, 2));
    expect(evdBound95).toBeCloseTo(1 / (2 - 0.75), 12);
    expect(verdict).toBe('not yet');
  });

  it('is the 0.95 quantile over the samples', () => {
    const samples = Float64Array.from({ length: 200 }, (_, at) => {
      const wrong = Math.floor(at / 2) >= 97;
      return at % 2 === 0 ? (wrong ? 1 : 2) : wrong ? 2 : 1;
    });
    expect(enoughDriving(scenes(2), Float64Array.of(2, 1), samples).evdBound95).toBe(0);
    const more = samples.map((value, at) => (at < 10 ? 3 - value : value));
    expect(enoughDriving(scenes(2), Float64Array.of(2, 1), more).evdBound95).toBeCloseTo(0.8, 12);
  });

  it('falls as the posterior narrows', () => {
    const theta = Float64Array.of(2, 1.5);
    const bound = (precision: number) =>
      enoughDriving(
        scenes(2),
        theta,
        posteriorSamples(theta, Float64Array.of(precision, 0, 0, precision), { count: 400 }),
      ).evdBound95;
    expect(bound(100)).toBeLessThan(bound(1));
    expect(bound(1)).toBeLessThan(bound(0.1));
  });

  it('does not call nothing enough', () => {
    const data = { ...scenes(1), start: Int32Array.of(0, 2) };
    expect(enoughDriving(data, Float64Array.of(1, 1), Float64Array.of(1, 1)).verdict).toBe('not yet');
  });
});

describe('posteriorSamples', () => {
  it('has the mean and the covariance of the inverse precision', () => {
    const precision = Float64Array.of(2, 0.6, 0.6, 1);
    const determinant = 2 - 0.36;
    const count = 20_000;
    const samples = posteriorSamples(Float64Array.of(1, -2), precision, { count });
    const mean = [0, 0];
    const second = [0, 0, 0];
    for (let row = 0; row < count; row++) {
      const [x, y] = [samples[2 * row]! - 1, samples[2 * row + 1]! + 2];
      mean[0]! += x / count;
      mean[1]! += y / count;
      second[0]! += (x * x) / count;
      second[1]! += (x * y) / count;
      second[2]! += (y * y) / count;
    }
    expect(mean[0]).toBeCloseTo(0, 1);
    expect(mean[1]).toBeCloseTo(0, 1);
    expect(second[0]! / (1 / determinant)).toBeCloseTo(1, 1);
    expect(second[1]! / (-0.6 / determinant)).toBeCloseTo(1, 1);
    expect(second[2]! / (2 / determinant)).toBeCloseTo(1, 1);
  });

  it('names a precision that is not one', () => {
    expect(() => posteriorSamples(Float64Array.of(1), Float64Array.of(-1), { count: 1 })).toThrow(/positive definite/);
  });
});
