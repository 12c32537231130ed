/** Shortest repetition that is worth a reference [bytes]. */
const MIN_MATCH = 4;
/** The block format wants the last 5 bytes as literals, and no match to begin within the last 12. */
const LAST_LITERALS = 5;
const MATCH_LIMIT = 12;
/** Farthest distance of a reference [bytes]. */
const WINDOW = 65_535;
const HASH_BITS = 14;
/** Earlier places with the same hash that are tried for a longer match. */
const TRIES = 16;

/** Most bytes that `size` bytes can take when nothing repeats. */
export function lz4BlockBound(size: number): number {
  return size + Math.ceil(size / 255) + 16;
}

/**
 * Compresses bytes into one LZ4 block (format of Collet, lz4_Block_format.md): sequences of literals and references
 * to earlier bytes, the longest of the last few places with the same four bytes taken for each.
 * @returns bytes written to `out`, which needs `lz4BlockBound(input.length)` of room.
 */
export function compressLz4Block(input: Uint8Array, out: Uint8Array): number {
  const head = new Int32Array(1 << HASH_BITS).fill(-1);
  const previous = new Int32Array(input.length);
  const matchEnd = input.length - LAST_LITERALS;
  let anchor = 0;
  let at = 0;
  let written = 0;

  const insert = (position: number): void => {
    const hash = hashAt(input, position);
    previous[position] = head[hash]!;
    head[hash] = position;
  };

  while (at + MATCH_LIMIT <= input.length) {
    let length = 0;
    let source = 0;
    let candidate = head[hashAt(input, at)]!;
    for (let tries = 0; tries < TRIES && candidate >= 0 && at - candidate <= WINDOW; tries++) {
      const same = matchLength(input, candidate, at, matchEnd);
      if (same > length) {
        length = same;
        source = candidate;
      }
      candidate = previous[candidate]!;
    }
    if (length < MIN_MATCH) {
      insert(at++);
      continue;
    }
    written = writeSequence(input, anchor, at, at - source, length, out, written);
    for (const end = at + length; at < end; at++) if (at + MIN_MATCH <= input.length) insert(at);
    anchor = at;
  }
  return writeSequence(input, anchor, input.length, 0, 0, out, written);
}

function hashAt(input: Uint8Array, at: number): number {
  const word = input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16) | (input[at + 3]! << 24);
  // Knuth's multiplicative hash, as the reference implementation uses it.
  return Math.imul(word, 2_654_435_761) >>> (32 - HASH_BITS);
}

function matchLength(input: Uint8Array, source: number, at: number, end: number): number {
  let length = 0;
  while (at + length < end && input[source + length] === input[at + length]) length += 1;
  return length;
}

/** Writes the literals from `anchor` to `at` and a reference; the last sequence has none (`length` 0). */
function writeSequence(
  input: Uint8Array,
  anchor: number,
  at: number,
  distance: number,
  length: number,
  out: Uint8Array,
  written: number,
): number {
  const literals = at - anchor;
  const token = written++;
  const extra = length - MIN_MATCH;
  out[token] = (Math.min(literals, 15) << 4) | (length > 0 ? Math.min(extra, 15) : 0);
  if (literals >= 15) written = writeLength(literals - 15, out, written);
  out.set(input.subarray(anchor, at), written);
  written += literals;
  if (length === 0) return written;
  out[written++] = distance & 0xff;
  out[written++] = distance >>> 8;
  return extra >= 15 ? writeLength(extra - 15, out, written) : written;
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
