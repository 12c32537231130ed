import { expect, test } from 'vitest';
import { crc32 } from '../../../recordings/crc32.ts';

const bytes = new TextEncoder().encode('123456789');

test('the check value of CRC-32/ISO-HDLC', () => {
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test('goes on from an earlier part', () => {
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
});

test('many bytes at a time give what bit by bit gives, wherever the bytes begin', () => {
  const noise = Uint8Array.from({ length: 100 }, (_, i) => (i * i * 7 + 13 * i) & 0xff);
  const bitwise = (part: Uint8Array): number => {
    let crc = 0xffffffff;
    for (const byte of part) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return ~crc >>> 0;
  };
  for (let start = 0; start < 20; start++) {
    for (let end = start; end <= noise.length; end++) {
      expect(crc32(noise.subarray(start, end))).toBe(bitwise(noise.subarray(start, end)));
    }
  }
});
