import { McapRecordBuilder, type McapTypes, Opcode } from '@mcap/core';
import { ByteWriter } from './byteWriter.ts';
import { crc32 } from './crc32.ts';
import { writeLz4Frame } from './lz4/lz4Frame.ts';

/** A channel of the file with its schema. */
export interface McapChannel {
  readonly topic: string;
  readonly schemaName: string;
  /** JSON Schema of the messages. */
  readonly schema: object;
}

/** What stands at the head of a file. */
export interface McapHead {
  /** Program that writes. */
  readonly library: string;
  readonly metadataName: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** The index of a channel is its id. */
  readonly channels: readonly McapChannel[];
  /** Log time that the times of messages count from [ns]. */
  readonly startTime: bigint;
}

/**
 * Writes an MCAP file with JSON messages, chunks compressed by LZ4, in parts: the concatenation of all parts in order is
 * the file, and any number of parts from the first on is a readable, truncated file. Synchronous, so that a substep can
 * write; holds one open chunk and an index entry for each closed one. Messages, chunks and their indexes are written here
 * without an object for each message; `@mcap/core` writes what comes once in a file.
 */
export interface McapWriter {
  /**
   * Begins a message in the open chunk. Its JSON is what is appended to the result until `endMessage`; a message that is
   * not ended is dropped by the next call.
   * @param time since the file's start [ns, whole]
   */
  beginMessage(channelId: number, sequence: number, time: number): ByteWriter;
  endMessage(): void;
  /** Closes the open chunk and hands out everything since the last part; the head comes with the first. */
  closeChunk(): Uint8Array<ArrayBuffer>;
  /** Closes the file: what is left, the summary and the footer. Nothing may be added after it. */
  end(): Uint8Array<ArrayBuffer>;
}

/** Bytes before a record's content: opcode and 64-bit length. */
const RECORD_HEAD = 9;
/** Places in a message record: channel id, sequence, log time, publish time, data. */
const CHANNEL_AT = RECORD_HEAD;
const SEQUENCE_AT = RECORD_HEAD + 2;
const LOG_TIME_AT = RECORD_HEAD + 6;
const PUBLISH_TIME_AT = RECORD_HEAD + 14;
const DATA_AT = RECORD_HEAD + 22;
/** Bytes of one entry of a message index: time and place in the chunk. */
const INDEX_ENTRY = 16;
const COMPRESSION = 'lz4';

/** Starts a file. */
export function createMcapWriter(head: McapHead): McapWriter {
  const encoder = new TextEncoder();
  const records = new McapRecordBuilder();
  const schemas = head.channels.map((channel, id) => ({
    id: id + 1,
    name: channel.schemaName,
    encoding: 'jsonschema',
    data: encoder.encode(JSON.stringify(channel.schema)),
  }));
  const channels = head.channels.map((channel, id) => ({
    id,
    schemaId: id + 1,
    topic: channel.topic,
    messageEncoding: 'json',
    metadata: new Map<string, string>(),
  }));
  const chunkIndexes: McapTypes.ChunkIndex[] = [];
  const messageCounts = new Map<number, bigint>();
  const startLow = Number(BigInt.asUintN(32, head.startTime));
  const startHigh = Number(BigInt.asUintN(32, head.startTime >> 32n));

  /** Bytes handed out, and their running checksum. */
  let position = 0;
  let checksum = 0;
  const part = new ByteWriter(1 << 16);
  /** The open chunk: its records, where the message that is being written begins, what it holds. */
  const chunk = new ByteWriter(1 << 16);
  let messageStart = 0;
  let messageTime = 0;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = 0;
  /** Messages of each channel in it, and the channels in order of their first message. */
  const chunkCounts = new Int32Array(channels.length);
  let chunkChannels: number[] = [];

  records.writeMagic();
  records.writeHeader({ profile: '', library: head.library });
  for (const schema of schemas) records.writeSchema(schema);
  for (const channel of channels) records.writeChannel(channel);
  const metadataOffset = BigInt(records.length);
  const metadataLength = records.writeMetadata({ name: head.metadataName, metadata: new Map(head.metadata) });

  const takeRecords = (): void => {
    part.append(records.buffer);
    records.reset();
  };
  takeRecords();

  const handOut = (): Uint8Array<ArrayBuffer> => {
    const bytes = part.take();
    position += bytes.length;
    checksum = crc32(bytes, checksum);
    return bytes;
  };

  /** Writes log and publish time of the message that begins, both the same; `time` counts from the file's start. */
  const writeTimes = (time: number): void => {
    const { view } = chunk;
    const high = Math.floor(time / 2 ** 32);
    const low = startLow + (time - high * 2 ** 32);
    const carry = low >= 2 ** 32 ? 1 : 0;
    // Both words are taken modulo 2^32.
    view.setUint32(messageStart + LOG_TIME_AT, low, true);
    view.setUint32(messageStart + LOG_TIME_AT + 4, startHigh + high + carry, true);
    view.setUint32(messageStart + PUBLISH_TIME_AT, low, true);
    view.setUint32(messageStart + PUBLISH_TIME_AT + 4, startHigh + high + carry, true);
  };

  /** Index records of the closed chunk, one a channel: the times and places of its messages, as they stand in the chunk. */
  const writeMessageIndexes = (): Map<number, bigint> => {
    const offsets = new Map<number, bigint>();
    const next = new Int32Array(channels.length);
    for (const id of chunkChannels) {
      const size = chunkCounts[id]! * INDEX_ENTRY;
      offsets.set(id, BigInt(position + part.length));
      part.uint8(Opcode.MESSAGE_INDEX);
      part.uint64(2 + 4 + size);
      part.uint16(id);
      part.uint32(size);
      part.reserve(size);
      next[id] = part.length;
      part.length += size;
    }
    for (let at = 0; at < messageStart; at += RECORD_HEAD + chunk.view.getUint32(at + 1, true)) {
      const id = chunk.view.getUint16(at + CHANNEL_AT, true);
      const entry = next[id]!;
      part.view.setUint32(entry, chunk.view.getUint32(at + LOG_TIME_AT, true), true);
      part.view.setUint32(entry + 4, chunk.view.getUint32(at + LOG_TIME_AT + 4, true), true);
      part.view.setUint32(entry + 8, at, true);
      part.view.setUint32(entry + 12, 0, true);
      next[id] = entry + INDEX_ENTRY;
    }
    return offsets;
  };

  const writeOpenChunk = (): void => {
    if (messageStart === 0) return;
    const content = chunk.bytes.subarray(0, messageStart);
    const times = {
      messageStartTime: head.startTime + BigInt(earliest),
      messageEndTime: head.startTime + BigInt(latest),
    };
    const chunkStart = part.length;
    part.uint8(Opcode.CHUNK);
    part.uint64(0);
    part.bigUint64(times.messageStartTime);
    part.bigUint64(times.messageEndTime);
    part.uint64(content.length);
    part.uint32(crc32(content));
    part.uint32(COMPRESSION.length);
    part.text(COMPRESSION);
    const sizeAt = part.length;
    part.uint64(0);
    writeLz4Frame(content, part);
    const indexStart = part.length;
    const compressedSize = BigInt(indexStart - sizeAt - 8);
    part.view.setBigUint64(sizeAt, compressedSize, true);
    part.view.setBigUint64(chunkStart + 1, BigInt(indexStart - chunkStart - RECORD_HEAD), true);
    const messageIndexOffsets = writeMessageIndexes();
    chunkIndexes.push({
      ...times,
      chunkStartOffset: BigInt(position + chunkStart),
      chunkLength: BigInt(indexStart - chunkStart),
      messageIndexOffsets,
      messageIndexLength: BigInt(part.length - indexStart),
      compression: COMPRESSION,
      compressedSize,
      uncompressedSize: BigInt(content.length),
    });
    for (const id of chunkChannels) messageCounts.set(id, (messageCounts.get(id) ?? 0n) + BigInt(chunkCounts[id]!));
    chunk.length = messageStart = 0;
    chunkChannels = [];
    chunkCounts.fill(0);
    earliest = Number.POSITIVE_INFINITY;
    latest = 0;
  };

  const statistics = (): McapTypes.Statistics => ({
    messageCount: [...messageCounts.values()].reduce((sum, count) => sum + count, 0n),
    schemaCount: schemas.length,
    channelCount: channels.length,
    attachmentCount: 0,
    metadataCount: 1,
    chunkCount: chunkIndexes.length,
    messageStartTime: chunkIndexes.reduce(
      (first, { messageStartTime: t }) => (t < first ? t : first),
      chunkIndexes[0]?.messageStartTime ?? 0n,
    ),
    messageEndTime: chunkIndexes.reduce((last, { messageEndTime: t }) => (t > last ? t : last), 0n),
    channelMessageCounts: messageCounts,
  });

  const writeSummary = (): Uint8Array<ArrayBuffer> => {
    const start = position;
    const groups: McapTypes.SummaryOffset[] = [];
    const group = (groupOpcode: Opcode, write: () => void): void => {
      const from = position + records.length;
      write();
      const groupLength = BigInt(position + records.length - from);
      if (groupLength > 0n) groups.push({ groupOpcode, groupStart: BigInt(from), groupLength });
    };
    group(Opcode.SCHEMA, () => {
      for (const schema of schemas) records.writeSchema(schema);
    });
    group(Opcode.CHANNEL, () => {
      for (const channel of channels) records.writeChannel(channel);
    });
    group(Opcode.STATISTICS, () => records.writeStatistics(statistics()));
    group(Opcode.METADATA_INDEX, () =>
      records.writeMetadataIndex({ name: head.metadataName, offset: metadataOffset, length: metadataLength }),
    );
    group(Opcode.CHUNK_INDEX, () => {
      for (const index of chunkIndexes) records.writeChunkIndex(index);
    });
    const offsetsStart = position + records.length;
    for (const offset of groups) records.writeSummaryOffset(offset);
    const summary = records.buffer;
    records.reset();
    const footer = { summaryStart: BigInt(start), summaryOffsetStart: BigInt(offsetsStart), summaryCrc: 0 };
    records.writeFooter(footer);
    // The checksum covers the summary and the footer up to the checksum itself.
    const footerBytes = records.buffer;
    records.reset();
    footer.summaryCrc = crc32(footerBytes.subarray(0, footerBytes.length - 4), crc32(summary));
    records.writeFooter(footer);
    records.writeMagic();
    return concatenate([summary, records.buffer]);
  };

  return {
    beginMessage(channelId, sequence, time) {
      chunk.length = messageStart;
      chunk.reserve(DATA_AT);
      const { view } = chunk;
      view.setUint8(messageStart, Opcode.MESSAGE);
      view.setUint16(messageStart + CHANNEL_AT, channelId, true);
      view.setUint32(messageStart + SEQUENCE_AT, sequence, true);
      writeTimes(time);
      chunk.length = messageStart + DATA_AT;
      messageTime = time;
      return chunk;
    },
    endMessage() {
      const channelId = chunk.view.getUint16(messageStart + CHANNEL_AT, true);
      chunk.view.setUint32(messageStart + 1, chunk.length - messageStart - RECORD_HEAD, true);
      chunk.view.setUint32(messageStart + 5, 0, true);
      messageStart = chunk.length;
      if (messageTime < earliest) earliest = messageTime;
      if (messageTime > latest) latest = messageTime;
      if (chunkCounts[channelId] === 0) chunkChannels.push(channelId);
      chunkCounts[channelId] = chunkCounts[channelId]! + 1;
    },
    closeChunk() {
      writeOpenChunk();
      return handOut();
    },
    end() {
      writeOpenChunk();
      const data = handOut();
      records.writeDataEnd({ dataSectionCrc: checksum });
      takeRecords();
      const dataEnd = handOut();
      return concatenate([data, dataEnd, writeSummary()]);
    },
  };
}

/** Joins parts in order. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
