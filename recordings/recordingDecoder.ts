import type { DriveEvent } from '../sim/core/events.ts';
import type { McapMessage } from './mcapReader.ts';
import { decodeEgoInput } from './messages/egoInputMessage.ts';
import { decodeEgoState, EGO_STATE_FIELDS } from './messages/egoStateMessage.ts';
import { decodeEvent } from './messages/eventMessage.ts';
import { parseMessage, wrong } from './messages/fields.ts';
import { decodeHashes } from './messages/hashMessage.ts';
import { type Body, decodeTraffic } from './messages/trafficMessage.ts';
import type {
  EgoInputColumns,
  EgoStateColumns,
  RawInput,
  Recording,
  RecordingMetadata,
  TrafficFrame,
} from './recording.ts';
import { RecordingError } from './recordingError.ts';
import type { Topic } from './topics.ts';

/** Values of one command in the growing list: steer, throttle, brake, indicator. */
const INPUT_FIELDS = 4;

/** Collects messages in file order and makes a recording of them. */
export interface RecordingDecoder {
  /**
   * Takes one message, unless it is not the next one of its topic.
   * @returns whether it was taken.
   * @throws RecordingError when its content is wrong.
   */
  message(topic: Topic, message: McapMessage): boolean;
  /** Ticks that are complete so far, -1 before the first. */
  ticks(): number;
  /** The recording, cut to whole ticks. @throws RecordingError when not even the start is there. */
  finish(warnings: readonly string[]): Recording;
}

/** @param name file name for messages. @param rowsPerTick ego rows in one tick. */
export function createRecordingDecoder(
  metadata: RecordingMetadata,
  rowsPerTick: number,
  name: string,
): RecordingDecoder {
  const states: number[] = [];
  const inputs: number[] = [];
  const raw: RawInput[] = [];
  const traffic: TrafficFrame[] = [];
  const events: DriveEvent[] = [];
  const hashes: string[] = [];
  const told = new Map<number, Body>();

  const stateRows = () => states.length / EGO_STATE_FIELDS.length;
  const inputRows = () => inputs.length / INPUT_FIELDS;
  const ticks = () => {
    const driven = raw.length > 0 ? Math.min(inputRows(), stateRows() - 1) : stateRows() - 1;
    return Math.min(Math.floor(driven / rowsPerTick), traffic.length - 1);
  };

  /** Number that the next message of each topic has. */
  const next: Readonly<Record<Topic, () => number>> = {
    '/ego/state': stateRows,
    '/ego/input': inputRows,
    '/traffic': () => traffic.length,
    '/event': () => events.length,
    '/hash': () => hashes.length,
  };

  const decode: Readonly<Record<Topic, (data: Uint8Array, where: string) => void>> = {
    '/ego/state'(data, where) {
      const row: number[] = [];
      decodeEgoState(parseMessage(data, where), where, row);
      for (const value of row) states.push(value);
    },
    '/ego/input'(data, where) {
      const { command, raw: report } = decodeEgoInput(parseMessage(data, where), where, raw.at(-1));
      inputs.push(command.steer, command.throttle, command.brake, command.indicator);
      raw.push(report);
    },
    '/traffic'(data, where) {
      traffic.push(decodeTraffic(parseMessage(data, where), where, told));
    },
    '/event'(data, where) {
      events.push(decodeEvent(parseMessage(data, where), where));
    },
    '/hash'(data, where) {
      const decoded = decodeHashes(parseMessage(data, where), where);
      if (decoded.tick !== hashes.length) throw wrong(decoded.tick, `${where}, field tick`, `${hashes.length}`);
      hashes.push(...decoded.hashes);
    },
  };

  return {
    message(topic, message) {
      if (message.sequence !== next[topic]()) return false;
      decode[topic](message.data, `${name}, ${topic} message ${message.sequence}`);
      return true;
    },
    ticks,
    finish(warnings) {
      const whole = ticks();
      if (rowsPerTick > 1 && whole > 0 && raw.length === 0) {
        throw new RecordingError({
          what: `the file has ${stateRows()} ego states but no commands`,
          where: `${name}, topic /ego/input`,
          expected: 'the commands of a simulated drive',
        });
      }
      if (whole < 0) {
        throw new RecordingError({
          what: 'the file ends before the first tick',
          where: name,
          expected: 'the state of the ego and the traffic at the start',
        });
      }
      return {
        metadata,
        ticks: whole,
        ego: egoColumns(states, whole * rowsPerTick + 1, rowsPerTick),
        input: inputColumns(inputs, raw, raw.length > 0 ? whole * rowsPerTick : 0),
        traffic: traffic.slice(0, whole + 1),
        events: events.filter((event) => event.tick <= whole),
        hashes: hashes.slice(0, whole + 1),
        warnings,
      };
    },
  };
}

function egoColumns(values: readonly number[], rows: number, rowsPerTick: number): EgoStateColumns {
  const column = (field: number) =>
    Float64Array.from({ length: rows }, (_, row) => values[row * EGO_STATE_FIELDS.length + field]!);
  const [s, d, sDot, dDot, headingOffset, ax, ay, yawRate, steer] = EGO_STATE_FIELDS.map((_, i) => column(i));
  return {
    rows,
    rowsPerTick,
    s: s!,
    d: d!,
    sDot: sDot!,
    dDot: dDot!,
    headingOffset: headingOffset!,
    ax: ax!,
    ay: ay!,
    yawRate: yawRate!,
    steer: steer!,
  };
}

function inputColumns(values: readonly number[], raw: readonly RawInput[], rows: number): EgoInputColumns {
  const value = (row: number, field: number) => values[row * INPUT_FIELDS + field]!;
  return {
    rows,
    steer: Float64Array.from({ length: rows }, (_, row) => value(row, 0)),
    throttle: Float64Array.from({ length: rows }, (_, row) => value(row, 1)),
    brake: Float64Array.from({ length: rows }, (_, row) => value(row, 2)),
    indicator: Int8Array.from({ length: rows }, (_, row) => value(row, 3)),
    raw: raw.slice(0, rows),
  };
}
