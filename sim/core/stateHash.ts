const SCRATCH = new DataView(new ArrayBuffer(8));

/**
 * Hash of a world's state: 32 bits over the exact bits of every number fed to it, in order. It tells states apart,
 * not attackers: the mixing is the 32-bit finaliser family of MurmurHash3 (Appleby 2011).
 */
export class StateHash {
  #hash = 0x9747b28c;

  /** Feeds the 64 bits of a double; -0 and 0 count as different. */
  double(value: number): void {
    SCRATCH.setFloat64(0, value);
    this.#mix(SCRATCH.getUint32(0));
    this.#mix(SCRATCH.getUint32(4));
  }

  /** Feeds an integer's low 32 bits. */
  integer(value: number): void {
    this.#mix(value | 0);
  }

  /** Feeds the first `count` entries of a typed array. */
  column(values: ArrayLike<number>, count: number): void {
    for (let i = 0; i < count; i++) this.double(values[i]!);
  }

  /** The hash so far as 8 lower-case hex digits. */
  digest(): string {
    let h = this.#hash;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
  }

  #mix(word: number): void {
    let k = Math.imul(word, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    const h = this.#hash ^ Math.imul(k, 0x1b873593);
    this.#hash = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
}
