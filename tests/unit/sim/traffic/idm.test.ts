import { expect, test } from 'vitest';
import { approachFactor, idmAcceleration } from '../../../../sim/traffic/idm.ts';

const idm = (v: number, gap: number, leaderSpeed: number) =>
  idmAcceleration(v, gap, leaderSpeed, 1 / 30, 1.5, 2, 1.5, 2, approachFactor(1.5, 2));

test('on a free road it accelerates up to the desired speed and no further', () => {
  expect(idm(0, Number.POSITIVE_INFINITY, 0)).toBeCloseTo(1.5);
  expect(idm(30, Number.POSITIVE_INFINITY, 0)).toBeCloseTo(0);
  expect(idm(36, Number.POSITIVE_INFINITY, 0)).toBeCloseTo(1.5 * (1 - 1.2 ** 4));
});

test('in equilibrium the gap is (s0 + vT) / √(1 - (v/v0)⁴)', () => {
  const v = 20;
  const gap = (2 + v * 1.5) / Math.sqrt(1 - (v / 30) ** 4);
  expect(idm(v, gap, v)).toBeCloseTo(0, 10);
});

test('a faster leader does not attract: the desired gap never shrinks under s0', () => {
  // Unclamped, the dynamic part would be 10·1.5 - 10·20 / (2√3) < 0 and its square would brake.
  expect(idm(10, 3, 30)).toBeCloseTo(1.5 * (1 - (1 / 3) ** 4 - (2 / 3) ** 2), 10);
});

test('braking is limited, even when the boxes overlap', () => {
  expect(idm(30, -2, 0)).toBe(-8);
  expect(idm(30, 0, 0)).toBe(-8);
});
