import { concatenate } from './mcapWriter.ts';
import { egoStateRow } from './messages/egoStateMessage.ts';
import type { Recording } from './recording.ts';
import { createRecordingEncoder, type RecordingEncoder } from './recordingEncoder.ts';
import { RecordingError } from './recordingError.ts';

/** Ticks in one chunk of the file: one second. */
export const TICKS_PER_CHUNK = 10;

/**
 * A recording as the bytes of an MCAP file. Commands are exact to the bit, states rounded as docs/formats.md says.
 * @throws RecordingError when columns do not fit `ticks`, or a value cannot be written.
 */
export function writeRecording(recording: Recording): Uint8Array<ArrayBuffer> {
  checkShape(recording);
  const encoder = createRecordingEncoder(recording.metadata, recording.ego.rowsPerTick);
  const parts: Uint8Array[] = [];
  const events = [...recording.events].sort((a, b) => a.tick - b.tick);
  const most = recording.traffic.reduce((count, frame) => Math.max(count, frame.count), 0);
  const slots = Int32Array.from({ length: most }, (_, i) => i);
  let nextEvent = 0;
  for (let tick = 0; tick <= recording.ticks; tick++) {
    if (tick > 0) writeTickRows(recording, tick, encoder);
    else encoder.state(egoStateRow(recording.ego, 0));
    const frame = recording.traffic[tick]!;
    encoder.traffic(frame, slots, frame.count);
    while (nextEvent < events.length && events[nextEvent]!.tick <= tick) encoder.event(events[nextEvent++]!);
    const hash = recording.hashes[tick];
    if (hash !== undefined) encoder.hash(hash);
    if (tick > 0 && tick % TICKS_PER_CHUNK === 0) parts.push(encoder.part());
  }
  parts.push(encoder.end());
  return concatenate(parts);
}

/** Writes the commands and states between tick - 1 and tick. */
function writeTickRows(recording: Recording, tick: number, encoder: RecordingEncoder): void {
  const { ego, input } = recording;
  for (let row = (tick - 1) * ego.rowsPerTick; row < tick * ego.rowsPerTick; row++) {
    if (input.rows > 0) {
      encoder.input(
        {
          steer: input.steer[row]!,
          throttle: input.throttle[row]!,
          brake: input.brake[row]!,
          indicator: input.indicator[row]!,
        },
        input.raw[row]!,
      );
    }
    encoder.state(egoStateRow(ego, row + 1));
  }
}

function checkShape({ ticks, ego, input, traffic, hashes }: Recording): void {
  const rows = ticks * ego.rowsPerTick;
  const check = (field: string, actual: number, expected: readonly number[]): void => {
    if (expected.includes(actual)) return;
    throw new RecordingError({
      what: `${field} is ${actual}`,
      where: `recording of ${ticks} ticks with ${ego.rowsPerTick} rows a tick`,
      expected: expected.join(' or '),
    });
  };
  check('ego.rows', ego.rows, [rows + 1]);
  check('input.rows', input.rows, [rows, 0]);
  if (input.rows > 0) check('input.raw.length', input.raw.length, [rows]);
  check('traffic.length', traffic.length, [ticks + 1]);
  // A recovered recording may have lost the hashes of its last, incomplete second.
  if (hashes.length > ticks + 1) check('hashes.length', hashes.length, [ticks + 1, 0]);
}
