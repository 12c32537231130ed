import { expect, it } from 'vitest';
import { lowDiscrepancySteps, writeLowDiscrepancyPoint } from '../../../../irl/candidates/lowDiscrepancy.ts';

it('steps are fractional parts of square roots of primes', () => {
  expect([...lowDiscrepancySteps(3)]).toEqual([Math.SQRT2 - 1, Math.sqrt(3) - 1, Math.sqrt(5) - 2]);
  expect(() => lowDiscrepancySteps(11)).toThrow(/11 dimensions; expected at most 10/);
});

it('fills every axis more evenly than random numbers would', () => {
  const steps = lowDiscrepancySteps(9);
  const shift = new Float64Array(9).fill(0.3);
  const point = new Float64Array(9);
  const axes = Array.from({ length: 9 }, () => [] as number[]);
  for (let i = 0; i < 300; i++) {
    writeLowDiscrepancyPoint(steps, shift, i, point);
    for (const [n, axis] of axes.entries()) axis.push(point[n]!);
  }
  for (const axis of axes) {
    axis.sort((a, b) => a - b);
    // Kolmogorov's distance from the uniform distribution; 300 random numbers have 0.05 on average.
    const distance = Math.max(...axis.map((x, i) => Math.abs(x - (i + 0.5) / 300)));
    expect(distance).toBeLessThan(0.02);
  }
});
