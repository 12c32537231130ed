/** Reflected generator polynomial of CRC-32/ISO-HDLC, the checksum of MCAP, zip and PNG. */
const POLYNOMIAL = 0xedb88320;
/** Bytes that are taken in one round. */
const SLICES = 16;

/** Row k holds the CRC of each byte with k zero bytes after it. Shape: [SLICES x 256]. */
const TABLE = new Int32Array(SLICES * 256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  TABLE[byte] = crc;
}
for (let i = 256; i < TABLE.length; i++) TABLE[i] = (TABLE[i - 256]! >>> 8) ^ TABLE[TABLE[i - 256]! & 0xff]!;

/**
 * CRC-32 of `bytes`, an unsigned 32-bit integer; sixteen bytes a round by one table for each place (Kounavis and Berry,
 * A systematic approach to building high performance software-based CRC generators, 2005).
 * @param previous checksum of the bytes before these, to continue from it.
 */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let crc = ~previous;
  let at = 0;
  for (; at + SLICES <= bytes.length; at += SLICES) {
    const a = crc ^ view.getInt32(at, true);
    const b = view.getInt32(at + 4, true);
    const c = view.getInt32(at + 8, true);
    const d = view.getInt32(at + 12, true);
    crc = slice(a, 12) ^ slice(b, 8) ^ slice(c, 4) ^ slice(d, 0);
  }
  for (; at < bytes.length; at++) crc = TABLE[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** CRC of the four bytes of a word that `after` more bytes follow. */
function slice(word: number, after: number): number {
  return (
    TABLE[((after + 3) << 8) | (word & 0xff)]! ^
    TABLE[((after + 2) << 8) | ((word >>> 8) & 0xff)]! ^
    TABLE[((after + 1) << 8) | ((word >>> 16) & 0xff)]! ^
    TABLE[(after << 8) | (word >>> 24)]!
  );
}
