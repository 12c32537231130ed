import { describe, expect, it } from 'vitest';
import { effectiveNumber, effectiveOptions } from '../../../../irl/learn/effectiveOptions.ts';

describe('effectiveNumber', () => {
  it('counts equal shares one each, whatever their size', () => {
    expect(effectiveNumber(Float64Array.of(-2000, -2000, -2000))).toBeCloseTo(3, 12);
    expect(effectiveNumber(Float64Array.of(2000, 2000))).toBeCloseTo(2, 12);
  });

  it('is that of Kish: shares 2/3 and 1/3 count for 9 / 5', () => {
    expect(effectiveNumber(Float64Array.of(Math.log(2), 0))).toBeCloseTo(9 / 5, 12);
  });

  it('is 1 where one has all the weight and 0 where there is none', () => {
    expect(effectiveNumber(Float64Array.of(0, 800, 3))).toBeCloseTo(1, 12);
    expect(effectiveNumber(new Float64Array(0))).toBe(0);
  });
});

describe('effectiveOptions', () => {
  it('leaves the person out and counts importance weight x exp(reward), scene by scene', () => {
    const data = {
      scenes: 2,
      columns: 1,
      start: Int32Array.of(0, 3, 4),
      values: Float64Array.of(9, 1, 0, 9),
      logWeight: Float64Array.of(0, -1, Math.log(2), 0),
    };
    expect(effectiveOptions(data, Float64Array.of(1))[0]).toBeCloseTo(9 / 5, 12);
    expect(effectiveOptions(data, Float64Array.of(1))[1]).toBe(0);
  });
});
