import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../../../recordings/byteWriter.ts';
import {
  decimalsOf,
  roundedTo,
  writeExact,
  writeInteger,
  writeRounded,
} from '../../../../recordings/messages/numberText.ts';

const textOf = (write: (out: ByteWriter) => void): string => {
  // A room too small for one number: it has to grow as well.
  const out = new ByteWriter(2);
  write(out);
  return new TextDecoder().decode(out.take());
};

/**
 * Numbers whose text has a corner: around halves of a step, powers of ten, the limits of 32 bits and of digit-wise
 * writing.
 */
const corner = fc
  .tuple(
    fc.constantFrom(0, 1, 9, 10, 99, 100, 999, 1000, 1001, 999_999, 1e6, 1e9, 2 ** 31, 2 ** 32, 2 ** 53, 1e15, 1e21),
    fc.constantFrom(-1, -0.5, 0, 0.5, 1),
    fc.constantFrom(1, -1),
    fc.constantFrom(1, 10, 1e3, 1e4, 1e5, 1e6),
  )
  .map(([base, shift, sign, perUnit]) => (sign * (base + shift)) / perUnit);
const value = fc.oneof(
  corner,
  fc.constantFrom(0, -0, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, -Number.MIN_VALUE, 1e300, -1e300),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e302, max: 1e302 }),
  fc.integer({ min: -1_100_000_000, max: 1_100_000_000 }).map((steps) => steps / 1000),
);

test.each([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6])(
  'rounded to 1/%d: the text JavaScript has for the rounded number',
  (perUnit) => {
    fc.assert(
      fc.property(value, (v) => {
        const text = textOf((out) => writeRounded(out, v, decimalsOf(perUnit)));
        expect(text).toBe(String(roundedTo(v, perUnit)));
        expect(Object.is(Number(text), roundedTo(v, perUnit))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  },
);

test('every number of thousandths up to ten', () => {
  const out = new ByteWriter();
  const expected: string[] = [];
  for (let steps = -10_000; steps <= 10_000; steps++) {
    writeRounded(out, steps / 1000, 3);
    out.text(' ');
    expected.push(String(steps / 1000 + 0), ' ');
  }
  expect(new TextDecoder().decode(out.take())).toBe(expected.join(''));
});

test('what is too large for its steps stays as it is', () => {
  expect(Number(textOf((out) => writeRounded(out, Number.MAX_VALUE, 4)))).toBe(Number.MAX_VALUE);
});

test('exact numbers read back to the same bits', () => {
  fc.assert(
    fc.property(fc.oneof(value, fc.double({ noNaN: true, noDefaultInfinity: true })), (v) => {
      const text = textOf((out) => writeExact(out, v));
      return Object.is(JSON.parse(text), v) && text === (Object.is(v, -0) ? '-0' : String(v));
    }),
    { numRuns: 1000 },
  );
});

test('whole numbers', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (large, small) => {
      expect(textOf((out) => writeInteger(out, large))).toBe(String(large));
      expect(textOf((out) => writeInteger(out, small))).toBe(String(small));
    }),
    { numRuns: 1000 },
  );
});
