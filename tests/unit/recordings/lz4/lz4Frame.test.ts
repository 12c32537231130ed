import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../../../recordings/byteWriter.ts';
import { expandLz4Frame, writeLz4Frame } from '../../../../recordings/lz4/lz4Frame.ts';

const text = new TextEncoder().encode(`${'speed '.repeat(50)}${'and headway '.repeat(9)}`);

function compressLz4Frame(bytes: Uint8Array): Uint8Array {
  const out = new ByteWriter();
  writeLz4Frame(bytes, out);
  return out.take();
}

/** The text above as the reference program `lz4` 1.9 writes it. */
const REFERENCE = {
  'linked blocks, content checksum':
    '04224d186440a7200000006f7370656564200600ff14bf616e6420686561647761790c0049506477617920000000007b63d863',
  'block checksums, content size':
    '04224d187c4098010000000000003e200000006f7370656564200600ff14bf616e6420686561647761790c0049506477617920457f76e0000000007b63d863',
  'independent blocks, no checksum':
    '04224d18604082200000006f7370656564200600ff14bf616e6420686561647761790c004950647761792000000000',
};

test.each(Object.entries(REFERENCE))('expands a frame of the reference program: %s', (_, hex) => {
  const expanded = expandLz4Frame(Buffer.from(hex, 'hex'), text.length);
  expect(expanded.complete).toBe(true);
  expect(Buffer.compare(expanded.bytes, text)).toBe(0);
});

test('whatever is compressed expands to the same bytes', () => {
  // A small alphabet and repeated pieces give matches of all lengths, overlapping ones included.
  const piece = fc.uint8Array({ maxLength: 40, max: 3 });
  const input = fc.array(fc.tuple(piece, fc.integer({ min: 1, max: 30 })), { maxLength: 12 });
  fc.assert(
    fc.property(input, (pieces) => {
      const bytes = Uint8Array.from(
        pieces.flatMap(([part, times]) => Array.from({ length: times }, () => [...part]).flat()),
      );
      const expanded = expandLz4Frame(compressLz4Frame(bytes), bytes.length);
      return expanded.complete && Buffer.compare(expanded.bytes, bytes) === 0;
    }),
  );
});

test('noise grows by the frame only, and several blocks join', () => {
  const noise = new Uint8Array((4 << 20) + 1000);
  for (let i = 0, x = 1; i < noise.length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    noise[i] = x >>> 24;
  }
  const frame = compressLz4Frame(noise);
  expect(frame.length).toBeLessThanOrEqual(noise.length + 32);
  expect(Buffer.compare(expandLz4Frame(frame, noise.length).bytes, noise)).toBe(0);
});

test('repetitions shrink', () => {
  expect(compressLz4Frame(text).length).toBeLessThan(text.length / 6);
});

test('a frame that is cut off gives what came before, and a damaged one never throws', () => {
  const frame = compressLz4Frame(text);
  for (let length = 0; length < frame.length; length++) {
    const expanded = expandLz4Frame(frame.subarray(0, length), text.length);
    expect(expanded.complete).toBe(false);
    expect(Buffer.compare(expanded.bytes, text.subarray(0, expanded.bytes.length))).toBe(0);
  }
  fc.assert(
    fc.property(fc.nat(frame.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const damaged = frame.slice();
      damaged[at] = damaged[at]! ^ flip;
      return expandLz4Frame(damaged, text.length).bytes.length <= text.length;
    }),
  );
});
