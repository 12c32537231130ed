import { McapChunkBuilder, McapRecordBuilder, type McapTypes, Opcode } from '@mcap/core';
import { crc32 } from './crc32.ts';
import { compressLz4Frame } from './lz4/lz4Frame.ts';

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
}

/**
 * Writes an MCAP file with JSON messages, chunks compressed by LZ4, in parts: the concatenation of all parts in order is the file, and any
 * number of parts from the first on is a readable, truncated file. Synchronous, so that a substep can write; holds one
 * open chunk and an index entry for each closed one.
 */
export interface McapWriter {
  /** Adds a message to the open chunk. @param logTime [ns] */
  addMessage(channelId: number, sequence: number, logTime: bigint, json: string): void;
  /** Closes the open chunk and hands out everything since the last part; the head comes with the first. */
  closeChunk(): Uint8Array;
  /** Closes the file: what is left, the summary and the footer. Nothing may be added after it. */
  end(): Uint8Array;
}

/** Starts a file. */
export function createMcapWriter(head: McapHead): McapWriter {
  const encoder = new TextEncoder();
  const records = new McapRecordBuilder();
  const chunk = new McapChunkBuilder({ useMessageIndex: true });
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
  const statistics: McapTypes.Statistics = {
    messageCount: 0n,
    schemaCount: schemas.length,
    channelCount: channels.length,
    attachmentCount: 0,
    metadataCount: 1,
    chunkCount: 0,
    messageStartTime: 0n,
    messageEndTime: 0n,
    channelMessageCounts: new Map(),
  };
  /** Bytes handed out, and their running checksum. */
  let position = 0;
  let checksum = 0;

  records.writeMagic();
  records.writeHeader({ profile: '', library: head.library });
  for (const schema of schemas) records.writeSchema(schema);
  for (const channel of channels) records.writeChannel(channel);
  const metadataOffset = BigInt(records.length);
  const metadataLength = records.writeMetadata({ name: head.metadataName, metadata: new Map(head.metadata) });

  const handOut = (): Uint8Array => {
    const part = records.buffer;
    records.reset();
    position += part.length;
    checksum = crc32(part, checksum);
    return part;
  };

  const writeOpenChunk = (): void => {
    if (chunk.numMessages === 0) return;
    const content = chunk.buffer;
    const compressed = compressLz4Frame(content);
    const uncompressedSize = BigInt(content.length);
    const times = { messageStartTime: chunk.messageStartTime, messageEndTime: chunk.messageEndTime };
    const chunkStartOffset = BigInt(position + records.length);
    const chunkLength = records.writeChunk({
      ...times,
      uncompressedSize,
      uncompressedCrc: crc32(content),
      compression: 'lz4',
      records: compressed,
    });
    const indexStart = BigInt(position + records.length);
    const messageIndexOffsets = new Map<number, bigint>();
    for (const index of chunk.indices) {
      messageIndexOffsets.set(index.channelId, BigInt(position + records.length));
      records.writeMessageIndex(index);
    }
    chunkIndexes.push({
      ...times,
      chunkStartOffset,
      chunkLength,
      messageIndexOffsets,
      messageIndexLength: BigInt(position + records.length) - indexStart,
      compression: 'lz4',
      compressedSize: BigInt(compressed.length),
      uncompressedSize,
    });
    statistics.chunkCount += 1;
    chunk.reset();
  };

  const writeSummary = (): Uint8Array => {
    const start = position + records.length;
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
    group(Opcode.STATISTICS, () => records.writeStatistics(statistics));
    group(Opcode.METADATA_INDEX, () =>
      records.writeMetadataIndex({ name: head.metadataName, offset: metadataOffset, length: metadataLength }),
    );
    group(Opcode.CHUNK_INDEX, () => {
      for (const index of chunkIndexes) records.writeChunkIndex(index);
    });
    const offsetsStart = position + records.length;
    for (const offset of groups) records.writeSummaryOffset(offset);
    const summary = handOut();
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
    addMessage(channelId, sequence, logTime, json) {
      chunk.addMessage({ channelId, sequence, logTime, publishTime: logTime, data: encoder.encode(json) });
      if (statistics.messageCount === 0n || logTime < statistics.messageStartTime)
        statistics.messageStartTime = logTime;
      if (logTime > statistics.messageEndTime) statistics.messageEndTime = logTime;
      statistics.messageCount += 1n;
      const counts = statistics.channelMessageCounts;
      counts.set(channelId, (counts.get(channelId) ?? 0n) + 1n);
    },
    closeChunk() {
      writeOpenChunk();
      return handOut();
    },
    end() {
      writeOpenChunk();
      const data = handOut();
      records.writeDataEnd({ dataSectionCrc: checksum });
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
