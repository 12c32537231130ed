import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compressLz4Block, lz4BlockBound } from '../../../../recordings/lz4/lz4Block.ts';

/**
 * A decoder written from lz4_Block_format.md alone, byte by byte; it refuses whatever the format forbids, also what the
 * recordings' own reader would let pass.
 */
function decode(block: Uint8Array): Uint8Array {
  const out: number[] = [];
  let at = 0;
  const byte = (): number => {
    if (at >= block.length) throw new Error(`the block ends at ${at}`);
    return block[at++]!;
  };
  const length = (nibble: number): number => {
    let total = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; ) {
      more = byte();
      total += more;
    }
    return total;
  };
  let lastMatch = 0;
  for (;;) {
    const token = byte();
    const literals = length(token >> 4);
    for (let k = 0; k < literals; k++) out.push(byte());
    if (at === block.length) {
      if ((token & 15) !== 0) throw new Error('the last sequence has a match length');
      if (lastMatch > 0 && literals < 5) throw new Error(`${literals} literals at the end`);
      if (lastMatch > 0 && out.length - lastMatch < 12) throw new Error('a match begins in the last 12 bytes');
      return Uint8Array.from(out);
    }
    const distance = byte() + 256 * byte();
    if (distance === 0 || distance > out.length) throw new Error(`distance ${distance} at ${out.length}`);
    lastMatch = out.length;
    for (let k = length(token & 15) + 4; k > 0; k--) out.push(out[out.length - distance]!);
  }
}

/** What stands behind the block's room must stay as it is. */
function roundTrip(input: Uint8Array): Uint8Array {
  const bound = lz4BlockBound(input.length);
  const room = new Uint8Array(bound + 8).fill(0xaa);
  const written = compressLz4Block(input, room.subarray(0, bound));
  expect(written).toBeLessThanOrEqual(bound);
  expect(room.subarray(bound).every((byte) => byte === 0xaa)).toBe(true);
  return decode(room.subarray(0, written));
}

const same = (input: Uint8Array): void => {
  expect(Buffer.compare(roundTrip(input), input)).toBe(0);
};

test('arbitrary bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), same), { numRuns: 500 });
});

test('repetitive bytes: pieces of a small alphabet, repeated, with noise between', () => {
  const piece = fc.tuple(fc.uint8Array({ maxLength: 40, max: 3 }), fc.integer({ min: 1, max: 400 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(piece, fc.uint8Array({ maxLength: 30 })), { maxLength: 8 }), (pieces) => {
      same(
        Uint8Array.from(
          pieces.flatMap(([[part, times], noise]) => [
            ...Array(times)
              .fill([...part])
              .flat(),
            ...noise,
          ]),
        ),
      );
    }),
    { numRuns: 200 },
  );
});

test('every short length, all the same and all different', () => {
  for (let length = 0; length < 300; length++) {
    same(new Uint8Array(length));
    same(Uint8Array.from({ length }, (_, i) => i));
  }
});

test('texts of numbers, as recordings hold', () => {
  const row = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      const text = rows.map(([s, d, v, a, h]) => JSON.stringify({ s, d, sDot: v, a, headingOffset: h })).join('');
      same(new TextEncoder().encode(text));
    }),
    { numRuns: 100 },
  );
});

test('repetitions farther apart than a reference reaches', () => {
  const bytes = new Uint8Array(200_000);
  for (let i = 0, x = 1; i < bytes.length; i++) {
    if (i % 70_000 === 0) x = 1;
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    bytes[i] = x >>> 24;
  }
  same(bytes);
  const text = new Uint8Array(300_000);
  for (let i = 0; i < text.length; i++) text[i] = i % 65_535 < 40 ? i % 65_535 : (i * 7919) >>> 9;
  same(text);
});
