/** Multiplies and rotates one word into a running hash: the round of MurmurHash3 x86-32 (Appleby 2011). */
export function mixWord(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Ends a hash: every bit of the input comes to bear on every bit of the result, a signed 32-bit integer. */
export function finishHash(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const DOUBLE = new Float64Array(1);
const WORDS = wordsOf(DOUBLE);

/** Mixes in the 64 bits of a double; -0 and 0 count as different. */
export function mixDouble(hash: number, value: number): number {
  DOUBLE[0] = value;
  return mixWord(mixWord(hash, WORDS[0]!), WORDS[1]!);
}

/**
 * The 32-bit words of a column of doubles, two an entry. Which comes first depends on the machine's byte order; machines
 * of the other one, on which no browser runs, would get other hashes.
 */
export function wordsOf(column: Float64Array): Int32Array {
  return new Int32Array(column.buffer, column.byteOffset, column.length * 2);
}
