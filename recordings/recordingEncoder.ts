import type { DriveEvent } from '../sim/core/events.ts';
import { TICK_S } from '../sim/core/time.ts';
import type { EgoCommand } from '../sim/vehicle/egoCommand.ts';
import { createMcapWriter } from './mcapWriter.ts';
import { encodeEgoInput, rawInputText } from './messages/egoInputMessage.ts';
import { type EgoStateRow, encodeEgoState } from './messages/egoStateMessage.ts';
import { encodeEvent } from './messages/eventMessage.ts';
import { encodeHashes } from './messages/hashMessage.ts';
import { type Body, encodeTraffic } from './messages/trafficMessage.ts';
import type { RawInput, RecordingMetadata, TrafficFrame } from './recording.ts';
import { encodeMetadata, METADATA_RECORD } from './recordingMetadata.ts';
import { channelId, MESSAGE_SCHEMAS, TOPICS, type Topic } from './topics.ts';

const NS_PER_S = 1e9;
const NS_PER_MS = 1_000_000n;

/** Writes a recording message by message, in order of time. Rows and ticks count up from 0 by themselves. */
export interface RecordingEncoder {
  /** Adds the next ego row. */
  state(row: EgoStateRow): void;
  /** Adds the command that acts from the last ego row on. */
  input(command: Readonly<EgoCommand>, raw: RawInput): void;
  /** Adds the traffic of the next tick. */
  traffic(frame: TrafficFrame): void;
  event(event: DriveEvent): void;
  /** Adds the hash of the next tick. */
  hash(hash: string): void;
  /** Ends the running chunk and hands out all bytes since the last part. */
  part(): Uint8Array;
  /** Ends the file and hands out its last bytes. */
  end(): Uint8Array;
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
  });
  const start = metadata.startedAt === '' ? 0n : BigInt(Date.parse(metadata.startedAt)) * NS_PER_MS;
  const told = new Map<number, Body>();
  let toldRaw: string | undefined;
  let states = 0;
  let inputs = 0;
  let frames = 0;
  let events = 0;
  let hashed = 0;
  let hashes: string[] = [];

  const timeOfTick = (ticks: number): bigint => start + BigInt(Math.round(ticks * TICK_S * NS_PER_S));
  const add = (topic: Topic, sequence: number, time: bigint, json: string): void =>
    writer.addMessage(channelId(topic), sequence, time, json);
  const writeHashes = (): void => {
    if (hashes.length === 0) return;
    const first = hashed - hashes.length;
    add('/hash', first, timeOfTick(hashed - 1), encodeHashes(first, hashes, `/hash tick ${first}`));
    hashes = [];
  };

  return {
    state(row) {
      add('/ego/state', states, timeOfTick(states / rowsPerTick), encodeEgoState(row, `/ego/state row ${states}`));
      states += 1;
    },
    input(command, raw) {
      const where = `/ego/input row ${inputs}`;
      const rawText = rawInputText(raw, where);
      const json = encodeEgoInput(command, rawText === toldRaw ? undefined : rawText, where);
      add('/ego/input', inputs, timeOfTick(inputs / rowsPerTick), json);
      toldRaw = rawText;
      inputs += 1;
    },
    traffic(frame) {
      add('/traffic', frames, timeOfTick(frames), encodeTraffic(frame, told, `/traffic tick ${frames}`));
      frames += 1;
    },
    event(event) {
      add('/event', events, timeOfTick(event.tick), encodeEvent(event, `/event ${events}`));
      events += 1;
    },
    hash(hash) {
      hashes.push(hash);
      hashed += 1;
    },
    part() {
      writeHashes();
      // Every chunk tells bodies and device anew, so that it can be read without the ones before.
      told.clear();
      toldRaw = undefined;
      return writer.closeChunk();
    },
    end() {
      writeHashes();
      return writer.end();
    },
  };
}
