import { expect, it } from 'vitest';
import { decay } from '../../../../irl/features/decay.ts';

it('decay is e^-x to 2e-12, 1 below 0, 0 far out and for NaN', () => {
  for (let x = 0; x < 39.99; x += 0.0137) expect(Math.abs(decay(x) / Math.exp(-x) - 1)).toBeLessThan(2e-12);
  expect(decay(-3)).toBe(1);
  expect(decay(40)).toBe(0);
  expect(decay(Number.POSITIVE_INFINITY)).toBe(0);
  expect(decay(Number.NaN)).toBe(0);
});
