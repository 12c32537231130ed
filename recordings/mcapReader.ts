import { MCAP_MAGIC, McapStreamReader, type McapTypes, Opcode } from '@mcap/core';
import { crc32 } from './crc32.ts';
import { type ExpandedFrame, expandLz4Frame } from './lz4/lz4Frame.ts';

/** Bytes before a record's content: opcode and 64-bit length. */
const RECORD_HEAD = 9;
/** Content of a message before its data: channel id, sequence, log time, publish time. */
const MESSAGE_HEAD = 22;

/** A larger chunk is a damaged size, not a second of driving [bytes]. */
const MOST_CHUNK_BYTES = 1n << 30n;

/** One record as it lies in the file; nothing is copied. */
export interface McapRecordBytes {
  readonly opcode: number;
  /** Offset of the record in the bytes that were scanned. */
  readonly offset: number;
  /** Opcode, length and content; shorter than the record says when `complete` is false. */
  readonly bytes: Uint8Array;
  readonly complete: boolean;
}

/** One message; `data` is a view, not a copy. */
export interface McapMessage {
  readonly channelId: number;
  readonly sequence: number;
  readonly logTime: bigint;
  readonly data: Uint8Array;
}

/** Whether the bytes begin as an MCAP file. */
export function startsAsMcap(bytes: Uint8Array): boolean {
  return bytes.length >= MCAP_MAGIC.length && MCAP_MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Records from `offset` on, in order, without looking into them. Never throws: it ends at the end of the bytes, after
 * an incomplete record, after the footer, or at an opcode no record has.
 */
export function* scanRecords(bytes: Uint8Array, offset: number): Generator<McapRecordBytes> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (offset + RECORD_HEAD <= bytes.length) {
    const opcode = bytes[offset]!;
    if (opcode === 0) return;
    const length = view.getBigUint64(offset + 1, true);
    const end = length > BigInt(bytes.length) ? Number.POSITIVE_INFINITY : offset + RECORD_HEAD + Number(length);
    const complete = end <= bytes.length;
    yield { opcode, offset, bytes: bytes.subarray(offset, complete ? end : bytes.length), complete };
    if (!complete || opcode === Opcode.FOOTER) return;
    offset = end;
  }
}

/** Parses one complete record, or gives undefined when its content does not fit its opcode. */
export function parseRecordBytes(record: McapRecordBytes): McapTypes.TypedMcapRecord | undefined {
  const reader = new McapStreamReader({ noMagicPrefix: true, includeChunks: true, validateCrcs: false });
  try {
    reader.append(record.bytes);
    return reader.nextRecord();
  } catch {
    return undefined;
  }
}

/** Records of a chunk as far as they could be read. */
export interface ChunkContent {
  readonly records: Uint8Array;
  /** False when the file ends inside the chunk, so that its checksum cannot be compared. */
  readonly verified: boolean;
}

/** Start and end time, size, checksum; the name of the compression and the length of the records follow. */
const CHUNK_NAME_AT = RECORD_HEAD + 8 + 8 + 8 + 4;

/**
 * Content of a chunk record: checked against its checksum when complete, as far as it goes when the file ends in it.
 * @returns undefined when the content is damaged; only `compression` when that is one we do not read.
 */
export function chunkContent(record: McapRecordBytes): ChunkContent | { readonly compression: string } | undefined {
  const { bytes } = record;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < CHUNK_NAME_AT + 4) return undefined;
  const recordsAt = CHUNK_NAME_AT + 4 + view.getUint32(CHUNK_NAME_AT, true) + 8;
  if (recordsAt > bytes.length) return undefined;
  const compression = new TextDecoder().decode(bytes.subarray(CHUNK_NAME_AT + 4, recordsAt - 8));
  if (compression === 'zstd') return { compression };
  const stored = bytes.subarray(recordsAt);
  const size = view.getBigUint64(RECORD_HEAD + 16, true);
  const expanded = expand(stored, compression, size);
  if (!expanded) return undefined;
  // All content can be there although the record is not complete: when its length is what is damaged.
  if (!record.complete && !expanded.complete) return { records: expanded.bytes, verified: false };
  const intact = expanded.complete && crc32(expanded.bytes) === view.getUint32(RECORD_HEAD + 24, true);
  return intact ? { records: expanded.bytes, verified: true } : undefined;
}

function expand(stored: Uint8Array, compression: string, size: bigint): ExpandedFrame | undefined {
  if (compression === '') return { bytes: stored, complete: BigInt(stored.length) === size };
  if (compression !== 'lz4' || size > MOST_CHUNK_BYTES) return undefined;
  return expandLz4Frame(stored, Number(size));
}

/** Reads a complete message record, or gives undefined when it is too short to be one. */
export function parseMessageBytes(record: McapRecordBytes): McapMessage | undefined {
  const { bytes } = record;
  if (bytes.length < RECORD_HEAD + MESSAGE_HEAD) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    channelId: view.getUint16(RECORD_HEAD, true),
    sequence: view.getUint32(RECORD_HEAD + 2, true),
    logTime: view.getBigUint64(RECORD_HEAD + 6, true),
    data: bytes.subarray(RECORD_HEAD + MESSAGE_HEAD),
  };
}

/**
 * Statistics from the summary of a closed file, found through its footer; undefined when the end of the file is missing
 * or damaged. They tell how long a file was even when its middle is lost.
 */
export function readStatistics(bytes: Uint8Array): McapTypes.Statistics | undefined {
  const footerStart = bytes.length - MCAP_MAGIC.length - RECORD_HEAD - 20;
  if (footerStart < 0 || !startsAsMcap(bytes.subarray(bytes.length - MCAP_MAGIC.length))) return undefined;
  const footerRecord = scanRecords(bytes, footerStart).next().value;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (footerRecord?.opcode !== Opcode.FOOTER) return undefined;
  const summaryStart = view.getBigUint64(footerStart + RECORD_HEAD, true);
  if (summaryStart === 0n || summaryStart >= BigInt(footerStart)) return undefined;
  const summary = bytes.subarray(Number(summaryStart), footerStart + RECORD_HEAD + 16);
  if (crc32(summary) !== view.getUint32(footerStart + RECORD_HEAD + 16, true)) return undefined;
  for (const record of scanRecords(bytes, Number(summaryStart))) {
    if (record.opcode !== Opcode.STATISTICS || !record.complete) continue;
    const parsed = parseRecordBytes(record);
    return parsed?.type === 'Statistics' ? parsed : undefined;
  }
  return undefined;
}
