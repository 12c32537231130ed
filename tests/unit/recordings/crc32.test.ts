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
