import type { DriveEvent } from '../sim/core/events.ts';
import { TICK_S } from '../sim/core/time.ts';
import type { EgoCommand } from '../sim/vehicle/egoCommand.ts';
import type { ByteWriter } from './byteWriter.ts';
import { createMcapWriter } from './mcapWriter.ts';
import { sameRawInput, writeEgoInput } from './messages/egoInputMessage.ts';
import { type EgoStateRow, writeEgoState } from './messages/egoStateMessage.ts';
import { encodeEvent } from './messages/eventMessage.ts';
import { encodeHashes } from './messages/hashMessage.ts';
import { noBodiesTold, type TrafficColumns, writeTraffic } from './messages/trafficMessage.ts';
import type { RawInput, RecordingMetadata } from './recording.ts';
import { encodeMetadata, METADATA_RECORD } from './recordingMetadata.ts';
import { channelId, MESSAGE_SCHEMAS, TOPICS } from './topics.ts';

const NS_PER_S = 1e9;
const NS_PER_MS = 1_000_000n;
const EGO_INPUT = channelId('/ego/input');
const EGO_STATE = channelId('/ego/state');
const TRAFFIC = channelId('/traffic');
const EVENT = channelId('/event');
const HASH = channelId('/hash');

/** Writes a recording message by message, in order of time. Rows and ticks count up from 0 by themselves. */
export interface RecordingEncoder {
  /** Adds the next ego row. */
  state(row: EgoStateRow): void;
  /** Adds the command that acts from the last ego row on. */
  input(command: Readonly<EgoCommand>, raw: RawInput): void;
  /** Adds the traffic of the next tick: the vehicles in the first `count` of `slots`, in this order. */
  traffic(columns: TrafficColumns, slots: Int32Array, count: number): void;
  event(event: DriveEvent): void;
  /** Adds the hash of the next tick. */
  hash(hash: string): void;
  /** Ends the running chunk and hands out all bytes since the last part. */
  part(): Uint8Array<ArrayBuffer>;
  /** Ends the file and hands out its last bytes. */
  end(): Uint8Array<ArrayBuffer>;
}

/**
 * Starts a recording file.
 * @param rowsPerTick ego rows in one tick: 6 for simulated drives, 1 for imported ones.
 * @throws RecordingError when the metadata is wrong; the methods throw it for values that cannot be written.
 */
export function createRecordingEncoder(metadata: RecordingMetadata, rowsPerTick: number): RecordingEncoder {
  const writer = createMcapWriter({
    library: `understudy ${metadata.simulatorVersion}`,
    metadataName: METADATA_RECORD,
    metadata: encodeMetadata(metadata, rowsPerTick),
    channels: TOPICS.map((topic) => ({
      topic,
      schemaName: MESSAGE_SCHEMAS[topic].name,
      schema: MESSAGE_SCHEMAS[topic].schema,
    })),
    startTime: metadata.startedAt === '' ? 0n : BigInt(Date.parse(metadata.startedAt)) * NS_PER_MS,
  });
  const told = noBodiesTold();
  let toldRaw: RawInput | undefined;
  let states = 0;
  let inputs = 0;
  let frames = 0;
  let events = 0;
  let hashed = 0;
  let hashes: string[] = [];

  const begin = (channel: number, sequence: number, ticks: number): ByteWriter =>
    writer.beginMessage(channel, sequence, Math.round(ticks * TICK_S * NS_PER_S));
  const writeHashes = (): void => {
    if (hashes.length === 0) return;
    const first = hashed - hashes.length;
    begin(HASH, first, hashed - 1).text(encodeHashes(first, hashes, `/hash tick ${first}`));
    writer.endMessage();
    hashes = [];
  };

  return {
    state(row) {
      writeEgoState(begin(EGO_STATE, states, states / rowsPerTick), row, states);
      writer.endMessage();
      states += 1;
    },
    input(command, raw) {
      const news = toldRaw !== undefined && sameRawInput(raw, toldRaw) ? undefined : raw;
      writeEgoInput(begin(EGO_INPUT, inputs, inputs / rowsPerTick), command, news, inputs);
      writer.endMessage();
      toldRaw = raw;
      inputs += 1;
    },
    traffic(columns, slots, count) {
      writeTraffic(begin(TRAFFIC, frames, frames), columns, slots, count, told, frames);
      writer.endMessage();
      frames += 1;
    },
    event(event) {
      begin(EVENT, events, event.tick).text(encodeEvent(event, `/event ${events}`));
      writer.endMessage();
      events += 1;
    },
    hash(hash) {
      hashes.push(hash);
      hashed += 1;
    },
    part() {
      writeHashes();
      // Every chunk tells bodies and device anew, so that it can be read without the ones before.
      told.chunk += 1;
      toldRaw = undefined;
      return writer.closeChunk();
    },
    end() {
      writeHashes();
      return writer.end();
    },
  };
}
