import type { Column } from './typedColumns.ts';

const WORD_VIEWS = new WeakMap<Column, Int32Array>();

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
const WORDS = new Int32Array(DOUBLE.buffer);

/** Mixes in the 64 bits of a double; -0 and 0 count as different. */
export function mixDouble(hash: number, value: number): number {
  DOUBLE[0] = value;
  return mixWord(mixWord(hash, WORDS[0]!), WORDS[1]!);
}

/**
 * Mixes in the bits of the first `rows` numbers of a column, two words a round by four running hashes in turn, because
 * each round of one has to wait for the round before. A change of one word changes the result, changes of several do
 * but for one in 2^32. Which word of a double comes first depends on the machine's byte order; machines of the other
 * one, on which no browser runs, would get other hashes.
 */
export function mixColumn(hash: number, column: Column, rows: number): number {
  const { BYTES_PER_ELEMENT } = column;
  const size = rows * BYTES_PER_ELEMENT;
  const words = wordsOf(column);
  const count = size >> 2;
  let h0 = hash ^ 0x1b47b28c;
  let h1 = 0x3c6ef372;
  let h2 = 0x1f83d9ab;
  let h3 = 0x5be0cd19;
  let i = 0;
  for (const whole = count - 7; i < whole; i += 8) {
    h0 = mixPair(h0, words[i]!, words[i + 1]!);
    h1 = mixPair(h1, words[i + 2]!, words[i + 3]!);
    h2 = mixPair(h2, words[i + 4]!, words[i + 5]!);
    h3 = mixPair(h3, words[i + 6]!, words[i + 7]!);
  }
  for (; i < count; i++) h0 = mixPair(h0, words[i]!, 0);
  // What is left are numbers of one or two bytes.
  for (let at = 4 * count; at < size; at++) {
    const number = column[Math.floor(at / BYTES_PER_ELEMENT)]!;
    h0 = mixPair(h0, (number >> (8 * (at % BYTES_PER_ELEMENT))) & 0xff, 0);
  }
  return mixWord(mixWord(mixWord(h0, h1), h2), h3);
}

/** The whole 32-bit words of a column; made once for each, because a world is hashed every tick. */
export function wordsOf(column: Column): Int32Array {
  let words = WORD_VIEWS.get(column);
  if (words === undefined) {
    words = new Int32Array(column.buffer, column.byteOffset, column.byteLength >> 2);
    WORD_VIEWS.set(column, words);
  }
  return words;
}

function mixPair(hash: number, word: number, next: number): number {
  return (Math.imul(((hash << 13) | (hash >>> 19)) ^ word, 0x85ebca6b) + next) | 0;
}
