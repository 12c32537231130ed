/** Deterministic noise for scenery: the same place always looks the same. */

/** Hash of two integers to 0..1. */
export function hash2(i: number, j: number): number {
  let h = Math.imul(i | 0, 0x27d4eb2d) ^ Math.imul(j | 0, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth value noise, 0..1, with features of about one unit. */
export function noise2(x: number, y: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = smooth(x - i);
  const v = smooth(y - j);
  const low = hash2(i, j) + u * (hash2(i + 1, j) - hash2(i, j));
  const high = hash2(i, j + 1) + u * (hash2(i + 1, j + 1) - hash2(i, j + 1));
  return low + v * (high - low);
}

/** Three octaves of value noise, 0..1. */
export function fractalNoise2(x: number, y: number): number {
  return (4 * noise2(x, y) + 2 * noise2(2.03 * x + 17.1, 2.03 * y - 9.7) + noise2(4.1 * x - 5.3, 4.1 * y + 31.9)) / 7;
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, x: number): number {
  const t = x <= from ? 0 : x >= to ? 1 : (x - from) / (to - from);
  return smooth(t);
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
