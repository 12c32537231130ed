import { describe, expect, it } from 'vitest';
import { matchExpectations } from '../../../../irl/learn/matchExpectations.ts';

/** Means of an agent that answer the weights in a bent, coupled way. */
const answer = (theta: Float64Array) =>
  Float64Array.of(Math.tanh(0.3 * theta[0]! + 0.1 * theta[1]!), Math.tanh(0.2 * theta[1]! - 0.05 * theta[0]!));
const free = new Float64Array(2).fill(Number.POSITIVE_INFINITY);
const guess = Float64Array.of(0.1, 0, 0, 0.1);
const search = { sensitivity: guess, tolerance: 0.01, evaluations: 40, patience: 10 };

describe('matchExpectations', () => {
  it('finds the weights that match from a poor guess of the sensitivity', async () => {
    const start = Float64Array.of(-1, 1);
    const wanted = answer(Float64Array.of(2, -3));
    const found = await matchExpectations({
      ...search,
      start,
      highest: free,
      gaps: async (theta) => answer(theta).map((value, i) => value - wanted[i]!),
    });
    expect(found.ended).toBe('matched');
    expect(found.theta[0]).toBeCloseTo(2, 0);
    expect(found.theta[1]).toBeCloseTo(-3, 0);
    expect(Math.max(...found.gaps.map(Math.abs))).toBeLessThanOrEqual(0.01);
    expect(Math.abs(answer(start)[0]! - wanted[0]!)).toBeGreaterThan(0.4);
  });

  it('keeps weights at their limit, matches the others, and says that it ended without a match', async () => {
    const wanted = answer(Float64Array.of(2, 3));
    const found = await matchExpectations({
      ...search,
      start: Float64Array.of(0, -1),
      highest: Float64Array.of(Number.POSITIVE_INFINITY, 0),
      gaps: async (theta) => {
        expect(theta[1]).toBeLessThanOrEqual(0);
        return answer(theta).map((value, i) => value - wanted[i]!);
      },
    });
    expect(found.ended).toBe('no-progress');
    expect(Math.abs(found.gaps[1]!)).toBeGreaterThan(0.3);
    expect(Math.abs(found.gaps[0]!)).toBeLessThan(0.1);
  });

  it('is not led astray by one gap that nothing moves, and stops at its budget', async () => {
    let calls = 0;
    const found = await matchExpectations({
      ...search,
      evaluations: 9,
      start: Float64Array.of(0, 0),
      highest: free,
      gaps: async (theta) => {
        calls++;
        return Float64Array.of(answer(theta)[0]! - 0.5, -50);
      },
    });
    expect(calls).toBe(9);
    expect(found.evaluations).toBe(9);
    expect(found.ended).toBe('budget');
    expect(Math.abs(found.gaps[0]!)).toBeLessThan(0.05);
  });

  it('asks nothing more of an agent that matches already', async () => {
    const start = Float64Array.of(0.5, 0.5);
    const found = await matchExpectations({ ...search, start, highest: free, gaps: async () => new Float64Array(2) });
    expect(found).toMatchObject({ evaluations: 1, ended: 'matched', theta: start });
  });

  it('ends where chance explains what is left', async () => {
    const found = await matchExpectations({
      ...search,
      start: Float64Array.of(0, 0),
      highest: free,
      gaps: async (theta) => answer(theta).map((value) => value - 0.3),
      withinNoise: (gaps) => gaps.every((gap) => Math.abs(gap) < 0.08),
    });
    expect(found.ended).toBe('within-noise');
    const largest = Math.max(...found.gaps.map(Math.abs));
    expect(largest).toBeLessThan(0.08);
    expect(largest).toBeGreaterThan(0.01);
  });
});
