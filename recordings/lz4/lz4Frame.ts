import type { ByteWriter } from '../byteWriter.ts';
import { compressLz4Block, expandLz4Block, lz4BlockBound } from './lz4Block.ts';
import { xxHash32 } from './xxHash32.ts';

const MAGIC = 0x184d2204;
/** Version 1, independent blocks, content size given. */
const FLAGS = 0x68;
const INDEPENDENT_OR_LINKED_V1 = 0xc0;
const VERSION_1 = 0x40;
const HAS_BLOCK_CHECKSUM = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;
/** Code of the largest block size, and that size [bytes]. */
const BLOCK_4_MB = 0x70;
const BLOCK_BYTES = 4 << 20;
/** Set in a block's size when the block is stored as it is. */
const STORED = 0x80000000;
/** No LZ4 block expands to more than this many times its size. */
const HIGHEST_RATIO = 255;

/** Appends bytes as an LZ4 frame (format of Collet, lz4_Frame_format.md), as MCAP wants for its chunks. */
export function writeLz4Frame(input: Uint8Array, out: ByteWriter): void {
  out.uint32(MAGIC);
  const descriptor = out.length;
  out.uint8(FLAGS);
  out.uint8(BLOCK_4_MB);
  out.uint64(input.length);
  out.uint8(headerChecksum(out.bytes.subarray(descriptor, out.length)));
  for (let start = 0; start < input.length; start += BLOCK_BYTES) {
    const block = input.subarray(start, start + BLOCK_BYTES);
    const head = out.length;
    out.uint32(STORED | block.length);
    out.reserve(lz4BlockBound(block.length));
    const size = compressLz4Block(block, out.bytes.subarray(out.length));
    if (size < block.length) {
      out.view.setUint32(head, size, true);
      out.length += size;
    } else {
      out.append(block);
    }
  }
  out.uint32(0);
}

/** What an LZ4 frame holds, as far as it goes. */
export interface ExpandedFrame {
  readonly bytes: Uint8Array;
  /** False when the frame broke off or did not make sense; `bytes` then holds what came before. */
  readonly complete: boolean;
}

/**
 * Expands an LZ4 frame of any writer (linked or independent blocks; checksums are skipped, the chunk has its own).
 * Never throws.
 * @param expectedSize bytes that the frame should expand to; more are not written.
 */
export function expandLz4Frame(frame: Uint8Array, expectedSize: number): ExpandedFrame {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = frame[4] ?? 0;
  const checked = 4 + 2 + (flags & HAS_CONTENT_SIZE ? 8 : 0);
  const nothing = { bytes: new Uint8Array(0), complete: false };
  if (frame.length < checked + 1 || view.getUint32(0, true) !== MAGIC) return nothing;
  if ((flags & INDEPENDENT_OR_LINKED_V1) !== VERSION_1 || flags & HAS_DICTIONARY) return nothing;
  if (frame[checked] !== headerChecksum(frame.subarray(4, checked))) return nothing;
  // A damaged size must not allocate more than the frame can hold.
  const out = new Uint8Array(Math.min(expectedSize, frame.length * HIGHEST_RATIO));
  const checksumBytes = flags & HAS_BLOCK_CHECKSUM ? 4 : 0;
  let written = 0;
  for (let at = checked + 1; at + 4 <= frame.length; ) {
    const head = view.getUint32(at, true);
    const size = (head & ~STORED) >>> 0;
    at += 4;
    if (size === 0) return { bytes: out.subarray(0, written), complete: written === expectedSize };
    const block = frame.subarray(at, Math.min(at + size, frame.length));
    const expanded = head >= STORED ? copyBlock(block, out, written) : expandLz4Block(block, out, written);
    written = expanded.written;
    if (!expanded.complete || block.length < size) break;
    at += size + checksumBytes;
  }
  return { bytes: out.subarray(0, written), complete: false };
}

function copyBlock(block: Uint8Array, out: Uint8Array, written: number): { written: number; complete: boolean } {
  const room = Math.min(block.length, out.length - written);
  out.set(block.subarray(0, room), written);
  return { written: written + room, complete: room === block.length };
}

function headerChecksum(descriptor: Uint8Array): number {
  return (xxHash32(descriptor) >>> 8) & 0xff;
}
