import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shareByBytes } from '../../../app/workers/shareByBytes.ts';

test('one long recording is cut, and short ones are kept together', () => {
  expect(shareByBytes([900], 3)).toEqual([
    { first: 0, last: 0, until: expect.closeTo(1 / 3, 12) },
    { first: 0, last: 0, until: expect.closeTo(2 / 3, 12) },
    { first: 0, last: 0, until: 1 },
  ]);
  expect(shareByBytes([10, 10, 10, 10], 2)).toEqual([
    { first: 0, last: 1, until: 1 },
    { first: 2, last: 3, until: 1 },
  ]);
});

test('shares cover all recordings in order and are of equal size', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1e7 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 5 }),
      (bytes, n) => {
        const shares = shareByBytes(bytes, n);
        const total = bytes.reduce((sum, size) => sum + size, 0);
        const before = (number: number) => bytes.slice(0, number).reduce((sum, size) => sum + size, 0);
        for (const [k, { first, last, until }] of shares.entries()) {
          expect(before(last) + until * bytes[last]!).toBeCloseTo((total * (k + 1)) / n, 4);
          expect(first).toBeLessThanOrEqual(last);
          // A helper opens what its share begins in.
          expect(before(first)).toBeLessThanOrEqual((total * k) / n + 1e-4);
        }
        expect(shares.at(-1)).toMatchObject({ last: bytes.length - 1, until: 1 });
      },
    ),
  );
});
