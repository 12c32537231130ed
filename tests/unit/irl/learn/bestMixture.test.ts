import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestMixture, mixedAgents } from '../../../../irl/learn/bestMixture.ts';

const mix = (shares: Float64Array, gaps: readonly Float64Array[]) =>
  gaps[0]!.map((_, i) => gaps.reduce((sum, gap, k) => sum + shares[k]! * gap[i]!, 0));
const square = (vector: Float64Array) => vector.reduce((sum, value) => sum + value * value, 0);

describe('bestMixture', () => {
  it('mixes agents on both sides of the person so that nothing is left', () => {
    const gaps = [Float64Array.of(0.3, 0), Float64Array.of(-0.1, 0.2), Float64Array.of(-0.1, -0.2)];
    const shares = bestMixture(gaps);
    expect([...shares].map((share) => Number(share.toFixed(6)))).toEqual([0.25, 0.375, 0.375]);
    expect(square(mix(shares, gaps))).toBeLessThan(1e-20);
  });

  it('takes the nearest point of the hull where the person is outside', () => {
    const shares = bestMixture([Float64Array.of(1, 1), Float64Array.of(1, -1), Float64Array.of(5, 0)]);
    expect([...shares]).toEqual([0.5, 0.5, 0]);
  });

  it('is nowhere worse than a mixture drawn at random, and its shares are shares', () => {
    const agents = fc.integer({ min: 1, max: 6 }).chain((features) =>
      fc.array(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: features, maxLength: features }), {
        minLength: 1,
        maxLength: 8,
      }),
    );
    fc.assert(
      fc.property(agents, fc.infiniteStream(fc.double({ min: 0.001, max: 1, noNaN: true })), (rows, stream) => {
        const gaps = rows.map((row) => Float64Array.from(row));
        const shares = bestMixture(gaps);
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        const drawn = Float64Array.from(gaps, () => stream.next().value);
        const sum = drawn.reduce((total, share) => total + share, 0);
        const other = drawn.map((share) => share / sum);
        expect(square(mix(shares, gaps))).toBeLessThanOrEqual(square(mix(other, gaps)) + 1e-6);
      }),
    );
  });

  it('encloses a person when agents that do the best of three things follow its weights', () => {
    const doings = [Float64Array.of(-1, -1), Float64Array.of(2, -1), Float64Array.of(-1, 2)];
    const tried = [doings[0]!];
    let left = tried[0]!;
    for (let round = 0; round < 4; round++) {
      const value = (doing: Float64Array) => doing.reduce((sum, x, i) => sum - x * left[i]!, 0);
      tried.push(doings.reduce((best, doing) => (value(doing) > value(best) ? doing : best)));
      left = mix(bestMixture(tried), tried);
    }
    expect(square(left)).toBeLessThan(1e-12);
  });

  it('leaves out agents that have no share', () => {
    expect(mixedAgents([[1], [2], [3]], Float64Array.of(0.5, 0, 0.5))).toEqual([
      { share: 0.5, weights: [1] },
      { share: 0.5, weights: [3] },
    ]);
  });
});
