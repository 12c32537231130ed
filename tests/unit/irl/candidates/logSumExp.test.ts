import { describe, expect, it } from 'vitest';
import { logSumExp } from '../../../../irl/candidates/logSumExp.ts';

describe('logSumExp', () => {
  it('is the logarithm of the sum', () => {
    expect(logSumExp(Float64Array.of(Math.log(0.2), Math.log(0.5), Math.log(0.1)))).toBeCloseTo(Math.log(0.8), 12);
  });

  it('is finite where every part is too small, or too large, for a number', () => {
    expect(logSumExp(Float64Array.of(-2000, -2000))).toBeCloseTo(-2000 + Math.LN2, 12);
    expect(logSumExp(Float64Array.of(2000, Number.NEGATIVE_INFINITY))).toBe(2000);
  });

  it('is -Infinity for nothing', () => {
    expect(logSumExp(new Float64Array(0))).toBe(Number.NEGATIVE_INFINITY);
    expect(logSumExp(Float64Array.of(Number.NEGATIVE_INFINITY))).toBe(Number.NEGATIVE_INFINITY);
  });
});
