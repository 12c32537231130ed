import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atan2, cos, exp, log, sin, tan } from '../../../sim/core/deterministicMath.ts';

const angle = fc.double({ min: -1e4, max: 1e4, noNaN: true });
const coordinate = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('sine and cosine agree with the engine to a few units in the last place', () => {
  fc.assert(
    fc.property(angle, (x) => {
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(5e-16);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(5e-16);
    }),
  );
});

test('tangent agrees away from its poles', () => {
  fc.assert(
    fc.property(fc.double({ min: -1.5, max: 1.5, noNaN: true }), (x) => {
      expect(Math.abs(tan(x) - Math.tan(x))).toBeLessThanOrEqual(1e-14 * (1 + Math.abs(Math.tan(x))) ** 2);
    }),
  );
});

test('atan2 agrees in all quadrants and on the axes', () => {
  fc.assert(
    fc.property(coordinate, coordinate, (y, x) => {
      fc.pre(x !== 0 || y !== 0);
      // The engine tells -0 from 0 on the negative x axis; here both are π.
      const expected = y === 0 && x < 0 ? Math.PI : Math.atan2(y, x);
      expect(Math.abs(atan2(y, x) - expected)).toBeLessThan(1e-15);
    }),
  );
  expect(atan2(0, 0)).toBe(0);
});

test('exp and log agree in relative terms and undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
      expect(Math.abs(log(exp(x)) - x)).toBeLessThan(1e-12 * Math.max(1, Math.abs(x)));
    }),
  );
  expect(exp(-800)).toBe(0);
  expect(exp(800)).toBe(Number.POSITIVE_INFINITY);
  expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(log(-1)).toBeNaN();
});
