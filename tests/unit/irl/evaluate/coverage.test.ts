import { describe, expect, it } from 'vitest';
import { coverageOf, factorForCoverage, rankUniformity } from '../../../../irl/evaluate/coverage.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

const stream = createRandomStream(8, 'scores');
const normal = Array.from({ length: 4000 }, () => stream.normal());

describe('coverageOf', () => {
  it('is 95 % for scores of a right posterior and less for those of one that is too sure', () => {
    const { coverage, n, binomialError } = coverageOf(normal);
    expect(n).toBe(4000);
    expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * binomialError);
    expect(coverageOf(normal.map((score) => 2 * score)).coverage).toBeLessThan(0.75);
  });

  it('refuses to judge nothing', () => expect(() => coverageOf([])).toThrow(/expected at least one/));
});

describe('factorForCoverage', () => {
  it('makes the coverage 95 % where the deviations are wrong by a factor', () => {
    const wrong = normal.map((score) => 1.7 * score);
    const factor = factorForCoverage(wrong);
    expect(factor).toBeCloseTo(1.7, 0);
    expect(coverageOf(wrong.map((score) => score / factor)).coverage).toBeCloseTo(0.95, 3);
  });
});

describe('rankUniformity', () => {
  it('finds ranks of a right posterior uniform, and those of a biased or too sure one not', () => {
    // The 0.1 % point of χ² with 9 degrees of freedom.
    const critical = 27.9;
    const right = rankUniformity(normal);
    expect(right.counts.reduce((sum, count) => sum + count, 0)).toBe(4000);
    expect(right.degrees).toBe(9);
    expect(right.chiSquare).toBeLessThan(critical);
    expect(rankUniformity(normal.map((score) => score + 0.5)).chiSquare).toBeGreaterThan(critical);
    expect(rankUniformity(normal.map((score) => score / 0.6)).chiSquare).toBeGreaterThan(critical);
  });
});
