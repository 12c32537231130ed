/** A stretch of recordings in a row: what comes after the share before it, up to a part of the last one. */
export interface ByteShare {
  /** Number of its first recording and of its last one. */
  readonly first: number;
  readonly last: number;
  /** Share of the last recording up to which it goes, in (0, 1]. */
  readonly until: number;
}

/**
 * Cuts recordings in a row into shares of equal size. Bytes stand for work: both grow with the length of a drive and
 * with the traffic in it.
 */
export function shareByBytes(bytes: readonly number[], shares: number): ByteShare[] {
  const ends: number[] = [];
  for (const size of bytes) ends.push((ends.at(-1) ?? 0) + size);
  const total = ends.at(-1) ?? 0;
  const holding = (byte: number) => ends.findIndex((end) => byte <= end);
  return Array.from({ length: shares }, (_, k) => {
    const from = (total * k) / shares;
    const to = k === shares - 1 ? total : (total * (k + 1)) / shares;
    const last = holding(to);
    const first = k === 0 ? 0 : Math.min(last, from < ends[holding(from)]! ? holding(from) : holding(from) + 1);
    return { first, last, until: 1 - (ends[last]! - to) / bytes[last]! };
  });
}
