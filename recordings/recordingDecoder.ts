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
  /** Takes one message. @throws RecordingError when it is not what comes next; the state is then as before it. */
  message(topic: Topic, message: McapMessage): void;
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

  const inOrder = (topic: Topic, sequence: number, expected: number, where: string): void => {
    if (sequence === expected) return;
    throw new RecordingError({
      what: `${topic} ${sequence} follows ${expected - 1}`,
      where,
      expected: `number ${expected}`,
    });
  };

  const decode: Record<Topic, (message: McapMessage, where: string) => void> = {
    '/ego/state'(message, where) {
      inOrder('/ego/state', message.sequence, stateRows(), where);
      const row: number[] = [];
      decodeEgoState(parseMessage(message.data, where), where, row);
      for (const value of row) states.push(value);
    },
    '/ego/input'(message, where) {
      inOrder('/ego/input', message.sequence, inputRows(), where);
      const { command, raw: report } = decodeEgoInput(parseMessage(message.data, where), where, raw.at(-1));
      inputs.push(command.steer, command.throttle, command.brake, command.indicator);
      raw.push(report);
    },
    '/traffic'(message, where) {
      inOrder('/traffic', message.sequence, traffic.length, where);
      traffic.push(decodeTraffic(parseMessage(message.data, where), where, told));
    },
    '/event'(message, where) {
      inOrder('/event', message.sequence, events.length, where);
      events.push(decodeEvent(parseMessage(message.data, where), where));
    },
    '/hash'(message, where) {
      const decoded = decodeHashes(parseMessage(message.data, where), where);
      if (decoded.tick !== hashes.length) throw wrong(decoded.tick, `${where}, field tick`, `${hashes.length}`);
      hashes.push(...decoded.hashes);
    },
  };

  return {
    message: (topic, message) => decode[topic](message, `${name}, ${topic} message ${message.sequence}`),
    ticks,
    finish(warnings) {
      const whole = ticks();
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
