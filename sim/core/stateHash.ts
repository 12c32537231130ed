import type { Column } from './typedColumns.ts';

/** Multiplies and rotates one word into a running hash: the round of MurmurHash3 x86-32 (Appleby 2011). */
function mix(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/**
 * Hash of a world's state: 32 bits over the exact bits of every number fed to it, in order. It tells states apart, not
 * attackers. Four running hashes take turns, because each round of one has to wait for the round before. Columns are
 * read in words of 32 bits, so machines of the other byte order, on which no browser runs, would get other hashes.
 */
export class StateHash {
  #a = 0x9747b28c;
  #b = 0x3c6ef372;
  #c = 0x1f83d9ab;
  #d = 0x5be0cd19;

  /** Feeds the 64 bits of each double; -0 and 0 count as different. */
  doubles(values: readonly number[]): void {
    this.column(Float64Array.from(values), values.length);
  }

  /** Feeds an integer's low 32 bits. */
  integer(value: number): void {
    this.#a = mix(this.#a, value | 0);
  }

  /** Feeds the bits of the first `count` entries of a column. */
  column(values: Column, count: number): void {
    const perWord = 4 / values.BYTES_PER_ELEMENT;
    const wordCount = Math.floor(count / perWord);
    const words = new Int32Array(values.buffer, values.byteOffset, wordCount);
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    let i = 0;
    for (; i + 3 < wordCount; i += 4) {
      a = mix(a, words[i]!);
      b = mix(b, words[i + 1]!);
      c = mix(c, words[i + 2]!);
      d = mix(d, words[i + 3]!);
    }
    for (; i < wordCount; i++) a = mix(a, words[i]!);
    // What does not fill a word is fed entry by entry.
    for (let k = wordCount * perWord; k < count; k++) b = mix(b, values[k]!);
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** The hash so far as a signed 32-bit integer. */
  value(): number {
    let h = mix(mix(mix(this.#a, this.#b), this.#c), this.#d);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return h ^ (h >>> 16);
  }

  /** The hash so far as 8 lower-case hex digits. */
  digest(): string {
    return (this.value() >>> 0).toString(16).padStart(8, '0');
  }
}
