import { describe, expect, it } from 'vitest';
import { signedPrior } from '../../../../irl/learn/signedPrior.ts';
import { createRandomStream } from '../../../../sim/core/randomStream.ts';

describe('signedPrior', () => {
  it('has the mean square σ² and, with a sign expected, the mean and variance of a half-normal', () => {
    const stream = createRandomStream(8, 'half-normal');
    const draws = Array.from({ length: 50_000 }, () => 2 * Math.abs(stream.normal()));
    const drawn = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const spread = Math.sqrt(draws.reduce((sum, draw) => sum + (draw - drawn) ** 2, 0) / draws.length);
    for (const sign of [-1, 1]) {
      const { mean, sd } = signedPrior(sign, 2);
      expect(mean * mean + sd * sd).toBeCloseTo(4, 12);
      expect(Math.abs(sign * mean - drawn)).toBeLessThan(0.02);
      expect(Math.abs(sd - spread)).toBeLessThan(0.02);
    }
    expect(signedPrior(0, 2)).toEqual({ mean: 0, sd: 2 });
  });
});
