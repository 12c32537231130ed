/** Shortest repetition that is worth a reference [bytes]. */
const MIN_MATCH = 4;
/** The block format wants the last 5 bytes as literals, and no match to begin within the last 12. */
const LAST_LITERALS = 5;
const MATCH_LIMIT = 12;
/** Farthest distance of a reference [bytes]. */
const WINDOW = 65_535;
const HASH_BITS = 12;
/**
 * Every second place is tried, after 2^SKIP_AFTER tries without a match every third, after twice as many every fourth,
 * and so on.
 */
const SKIP_AFTER = 6;

/**
 * Last place with each hash, 0 (a place like any other: what stands there is compared) for none; kept between blocks to
 * be used again, not for what it holds.
 */
const lastPlace = new Int32Array(1 << HASH_BITS);

/** Most bytes that `size` bytes can take when nothing repeats. */
export function lz4BlockBound(size: number): number {
  return size + Math.ceil(size / 255) + 16;
}

/**
 * Compresses bytes into one LZ4 block (format of Collet, lz4_Block_format.md): sequences of literals and references
 * to earlier bytes. Only the last place with the same hash is tried, and noise is skipped ever faster: speed counts for
 * more than size here, because a drive is compressed while it runs.
 * @returns bytes written to `out`, which needs `lz4BlockBound(input.length)` of room.
 */
export function compressLz4Block(input: Uint8Array, out: Uint8Array): number {
  const words = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const target = new DataView(out.buffer, out.byteOffset, out.byteLength);
  const matchEnd = input.length - LAST_LITERALS;
  const lastStart = input.length - MATCH_LIMIT;
  let anchor = 0;
  // Place 0 is in the table already and has nothing before it to refer to.
  let at = 2;
  let written = 0;
  let misses = (2 << SKIP_AFTER) + 1;
  lastPlace.fill(0);
  while (at <= lastStart) {
    const word = words.getInt32(at, true);
    const hash = hashOf(word);
    let source = lastPlace[hash]!;
    lastPlace[hash] = at;
    if (at - source > WINDOW || words.getInt32(source, true) !== word) {
      at += misses++ >>> SKIP_AFTER;
      continue;
    }
    let end = at + MIN_MATCH;
    end += sameBytes(words, source + MIN_MATCH, end, matchEnd);
    while (at > anchor && source > 0 && words.getUint8(at - 1) === words.getUint8(source - 1)) {
      at -= 1;
      source -= 1;
    }

    // Literals, in words and two at least, because few are more: what follows writes over what is too many.
    const literals = at - anchor;
    const token = written++;
    if (literals >= 15) written = writeLength(literals - 15, out, written);
    target.setInt32(written, words.getInt32(anchor, true), true);
    target.setInt32(written + 4, words.getInt32(anchor + 4, true), true);
    for (let i = 8; i < literals; i += 4) target.setInt32(written + i, words.getInt32(anchor + i, true), true);
    written += literals;
    // The reference.
    target.setUint16(written, at - source, true);
    written += 2;
    const extra = end - at - MIN_MATCH;
    out[token] = ((literals < 15 ? literals : 15) << 4) | (extra < 15 ? extra : 15);
    if (extra >= 15) written = writeLength(extra - 15, out, written);

    anchor = at = end;
    misses = 2 << SKIP_AFTER;
  }
  const literals = input.length - anchor;
  out[written++] = (literals < 15 ? literals : 15) << 4;
  if (literals >= 15) written = writeLength(literals - 15, out, written);
  out.set(input.subarray(anchor), written);
  return written + literals;
}

function hashOf(word: number): number {
  // Knuth's multiplicative hash, as the reference implementation uses it.
  return Math.imul(word, 2_654_435_761) >>> (32 - HASH_BITS);
}

/** Number of bytes from `a` on that are the same from `b` on, up to `end` in `b`. */
function sameBytes(words: DataView, a: number, b: number, end: number): number {
  const start = b;
  for (; b + 4 <= end; a += 4, b += 4) {
    const difference = words.getInt32(a, true) ^ words.getInt32(b, true);
    // The lowest set bit is in the first byte that differs.
    if (difference !== 0) return b - start + ((31 - Math.clz32(difference & -difference)) >>> 3);
  }
  while (b < end && words.getUint8(a) === words.getUint8(b)) {
    a += 1;
    b += 1;
  }
  return b - start;
}

function writeLength(length: number, out: Uint8Array, written: number): number {
  for (; length >= 255; length -= 255) out[written++] = 255;
  out[written++] = length;
  return written;
}

/**
 * Expands one LZ4 block into `out` from `written` on. A damaged block never reads or writes outside the arrays.
 * @returns bytes in `out` after the block; `complete` is false when the block broke off or did not make sense, and
 * what came before it is there.
 */
export function expandLz4Block(
  block: Uint8Array,
  out: Uint8Array,
  written: number,
): { readonly written: number; readonly complete: boolean } {
  let at = 0;
  const readLength = (first: number): number => {
    let length = first;
    if (first < 15) return length;
    for (;;) {
      if (at >= block.length) return Number.POSITIVE_INFINITY;
      const byte = block[at++]!;
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = readLength(token >>> 4);
    const room = Math.min(literals, block.length - at, out.length - written);
    out.set(block.subarray(at, at + room), written);
    written += room;
    at += room;
    if (room < literals) return { written, complete: false };
    if (at === block.length) return { written, complete: true };
    if (at + 2 > block.length) return { written, complete: false };
    const distance = block[at]! | (block[at + 1]! << 8);
    at += 2;
    const length = readLength(token & 15) + MIN_MATCH;
    if (distance === 0 || distance > written || written + length > out.length) return { written, complete: false };
    // Byte by byte, because a reference may overlap what it produces.
    for (const end = written + length; written < end; written++) out[written] = out[written - distance]!;
  }
  return { written, complete: false };
}
