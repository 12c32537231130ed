import { MCAP_MAGIC, Opcode } from '@mcap/core';
import { TICK_S } from '../sim/core/time.ts';
import { crc32 } from './crc32.ts';
import {
  chunkContent,
  type McapRecordBytes,
  parseMessageBytes,
  parseRecordBytes,
  readStatistics,
  scanRecords,
  startsAsMcap,
} from './mcapReader.ts';
import type { Recording } from './recording.ts';
import { createRecordingDecoder, type RecordingDecoder } from './recordingDecoder.ts';
import { RecordingError } from './recordingError.ts';
import { decodeMetadata, METADATA_RECORD, type StoredMetadata } from './recordingMetadata.ts';
import { TOPICS, type Topic } from './topics.ts';

/** Length of a DataEnd record: opcode, length, checksum. */
const DATA_END_BYTES = 13;

/** Where a file stopped being readable, and why; undefined when it is whole. */
interface Damage {
  readonly reason: string;
  /** Ticks up to which a checksum vouches for the data. */
  readonly verifiedTicks: number;
}

/**
 * Reads a recording from the bytes of an MCAP file.
 *
 * A file that is cut off or damaged is read up to the damage; `warnings` then say where it is and what was lost. What
 * lies before a cut is kept to the last whole tick; a chunk whose checksum does not fit is given up as a whole.
 * @param options.name file name for messages.
 * @throws RecordingError, and nothing else, when the bytes are no recording, of another format version, damaged in
 * the metadata, or hold no complete tick.
 */
export function readRecording(bytes: Uint8Array, options: { readonly name: string }): Recording {
  const { name } = options;
  if (!startsAsMcap(bytes)) {
    const head = Array.from(bytes.subarray(0, MCAP_MAGIC.length), (byte) => byte.toString(16).padStart(2, '0')).join(
      ' ',
    );
    throw new RecordingError({
      what: bytes.length === 0 ? 'the file is empty' : `the file begins with the bytes ${head}`,
      where: name,
      expected: 'an MCAP file (89 4d 43 41 50 30 0d 0a)',
    });
  }
  const { metadata, rowsPerTick } = findMetadata(bytes, name);
  const decoder = createRecordingDecoder(metadata, rowsPerTick, name);
  const damage = readData(bytes, decoder, name);
  return decoder.finish(damage ? describeDamage(bytes, damage, decoder.ticks()) : []);
}

function findMetadata(bytes: Uint8Array, name: string): StoredMetadata {
  for (const record of scanRecords(bytes, MCAP_MAGIC.length)) {
    if (record.opcode !== Opcode.METADATA || !record.complete) continue;
    const parsed = parseRecordBytes(record);
    if (parsed?.type === 'Metadata' && parsed.name === METADATA_RECORD) return decodeMetadata(parsed.metadata, name);
  }
  throw new RecordingError({
    what: `the file has no readable metadata record ${METADATA_RECORD}`,
    where: name,
    expected: 'a recording made by Understudy (other MCAP files cannot be replayed)',
  });
}

/** Channels that the file declares: the topic of each id, undefined for topics of other programs. */
type Channels = Map<number, Topic | undefined>;

function readData(bytes: Uint8Array, decoder: RecordingDecoder, name: string): Damage | undefined {
  const channels: Channels = new Map();
  let end = MCAP_MAGIC.length;
  for (const record of scanRecords(bytes, MCAP_MAGIC.length)) {
    const verifiedTicks = decoder.ticks();
    if (record.opcode === Opcode.CHUNK) {
      const damage = readChunk(bytes, record, channels, decoder, name);
      if (damage) return damage;
    } else if (!record.complete) {
      break;
    } else if (record.opcode === Opcode.DATA_END) {
      return checkEnd(bytes, record, decoder);
    } else {
      const fault = readRecord(record, channels, decoder, name);
      if (fault) return { reason: `${fault} at byte ${record.offset}`, verifiedTicks };
    }
    end = record.offset + record.bytes.length;
  }
  const rest = bytes.length - end;
  const reason =
    rest === 0 ? 'the file ends here without its closing records' : `the file breaks off after ${end} bytes`;
  return { reason, verifiedTicks: decoder.ticks() };
}

/**
 * Takes channels and messages (loose ones too, from files re-written without chunks); other records say nothing about
 * the drive.
 * @returns what is missing before this message, if anything is.
 * @throws RecordingError when the message itself is wrong.
 */
function readRecord(
  record: McapRecordBytes,
  channels: Channels,
  decoder: RecordingDecoder,
  name: string,
): string | undefined {
  if (record.opcode === Opcode.CHANNEL) {
    const channel = parseRecordBytes(record);
    if (channel?.type !== 'Channel') return 'a channel record is damaged';
    channels.set(
      channel.id,
      TOPICS.find((known) => known === channel.topic),
    );
  } else if (record.opcode === Opcode.MESSAGE) {
    const message = parseMessageBytes(record);
    if (!message) return 'a message is damaged';
    if (!channels.has(message.channelId)) {
      throw new RecordingError({
        what: `a message is on channel ${message.channelId}`,
        where: name,
        expected: `a channel that the file declares (${[...channels.keys()].join(', ') || 'none'})`,
      });
    }
    const topic = channels.get(message.channelId);
    if (topic && !decoder.message(topic, message))
      return `messages of ${topic} are missing before number ${message.sequence}`;
  }
  return undefined;
}

function readChunk(
  bytes: Uint8Array,
  record: McapRecordBytes,
  channels: Channels,
  decoder: RecordingDecoder,
  name: string,
): Damage | undefined {
  const verifiedTicks = decoder.ticks();
  const content = chunkContent(record);
  if (content && 'compression' in content) {
    throw new RecordingError({
      what: `the chunks are compressed with ${content.compression}`,
      where: name,
      expected: 'LZ4, as Understudy writes it, or no compression',
    });
  }
  const at = `the chunk at byte ${record.offset}`;
  // A chunk that seems to reach beyond a file whose end is there was not cut off but damaged.
  if (!content || (!content.verified && readStatistics(bytes))) {
    return { reason: `${at} does not fit its checksum`, verifiedTicks };
  }
  for (const inner of scanRecords(content.records, 0)) {
    if (!inner.complete) break;
    try {
      const fault = readRecord(inner, channels, decoder, name);
      if (fault) return { reason: `${fault} in ${at}`, verifiedTicks };
    } catch (error) {
      // Intact but wrong: another program wrote it, and the message says what is wrong. Unverified: damage.
      if (content.verified || !(error instanceof RecordingError)) throw error;
      break;
    }
  }
  if (record.complete) return undefined;
  return { reason: `the file is cut off within ${at}`, verifiedTicks };
}

function checkEnd(bytes: Uint8Array, dataEnd: McapRecordBytes, decoder: RecordingDecoder): Damage | undefined {
  const parsed = parseRecordBytes(dataEnd);
  const stored = parsed?.type === 'DataEnd' ? parsed.dataSectionCrc : undefined;
  const verifiedTicks = decoder.ticks();
  if (stored === undefined || (stored !== 0 && stored !== crc32(bytes.subarray(0, dataEnd.offset)))) {
    return { reason: 'the file does not fit its checksum, although every chunk does', verifiedTicks };
  }
  if (dataEnd.bytes.length !== DATA_END_BYTES || !readStatistics(bytes))
    return { reason: 'the index at the end of the file is missing or damaged', verifiedTicks };
  return undefined;
}

function describeDamage(bytes: Uint8Array, damage: Damage, ticks: number): string[] {
  const seconds = (count: number) => `${(count * TICK_S).toFixed(1)} s`;
  const statistics = readStatistics(bytes);
  const total = statistics
    ? Math.round(Number(statistics.messageEndTime - statistics.messageStartTime) / (TICK_S * 1e9))
    : undefined;
  const kept = `recovered ${seconds(ticks)} (ticks 0 to ${ticks})`;
  const lost =
    total === undefined
      ? 'how much followed is not known'
      : total > ticks
        ? `lost ${seconds(total - ticks)} (ticks ${ticks + 1} to ${total})`
        : 'no tick was lost';
  const warnings = [`${damage.reason}; ${kept}; ${lost}`];
  if (ticks > damage.verifiedTicks) {
    warnings.push(
      `ticks ${damage.verifiedTicks + 1} to ${ticks} come from an incomplete chunk, so that no checksum vouches for them`,
    );
  }
  return warnings;
}
