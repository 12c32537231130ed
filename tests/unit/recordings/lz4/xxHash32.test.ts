import { expect, test } from 'vitest';
import { xxHash32 } from '../../../../recordings/lz4/xxHash32.ts';

test.each([
  ['', 0x02cc5d05],
  ['abc', 0x32d153ff],
  ['Nobody inspects the spammish repetition', 0xe2293b2f],
])('xxHash32 of %j is the published value', (text, expected) => {
  expect(xxHash32(new TextEncoder().encode(text))).toBe(expected);
});
