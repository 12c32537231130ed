import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EGO_STATE_FIELDS, EGO_STATE_STEPS } from '../../../recordings/messages/egoStateMessage.ts';
import { TRAFFIC_FIELDS, TRAFFIC_STEPS } from '../../../recordings/messages/trafficMessage.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import type { RawInput, Recording, TrafficFrame } from '../../../recordings/recording.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { syntheticRecording } from '../../unit/recordings/syntheticRecording.ts';

const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true });
const quantity = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const column = (value: fc.Arbitrary<number>, length: number) =>
  fc.array(value, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));

const rawInput: fc.Arbitrary<RawInput> = fc.oneof(
  fc.record({
    device: fc.constant('keyboard' as const),
    keys: fc.array(fc.string({ maxLength: 6 }), { maxLength: 3 }),
  }),
  fc.record({
    device: fc.constantFrom('gamepad' as const, 'wheel' as const),
    axes: fc.array(anyFinite, { maxLength: 4 }),
    buttons: fc.array(anyFinite, { maxLength: 4 }),
  }),
  fc.constant({ device: 'program' as const }),
);

const frame: fc.Arbitrary<TrafficFrame> = fc
  .uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 4 })
  .chain((ids) => {
    const of = column(quantity, ids.length);
    const small = (min: number, max: number) =>
      fc.array(fc.integer({ min, max }), { minLength: ids.length, maxLength: ids.length });
    return fc.record({
      count: fc.constant(ids.length),
      id: fc.constant(Int32Array.from(ids)),
      kind: small(0, 3).map((v) => Uint8Array.from(v)),
      s: of,
      d: of,
      sDot: of,
      dDot: of,
      a: of,
      headingOffset: of,
      length: column(fc.double({ min: 0.1, max: 30, noNaN: true }), ids.length),
      width: column(fc.double({ min: 0.1, max: 5, noNaN: true }), ids.length),
      indicator: small(-1, 1).map((v) => Int8Array.from(v)),
      braking: small(0, 1).map((v) => Uint8Array.from(v)),
    });
  });

const recording: fc.Arbitrary<Recording> = fc.integer({ min: 0, max: 12 }).chain((ticks) => {
  const rows = ticks * 6;
  const state = column(quantity, rows + 1);
  const { metadata, ...base } = syntheticRecording({ ticks, vehicles: 0 });
  return fc.record({
    metadata: fc
      .record({ driverName: fc.string(), notes: fc.array(fc.string(), { maxLength: 2 }) })
      .map((texts) => ({ ...metadata, ...texts })),
    ticks: fc.constant(ticks),
    ego: fc.record({
      rows: fc.constant(rows + 1),
      rowsPerTick: fc.constant(6),
      s: state,
      d: state,
      sDot: state,
      dDot: state,
      headingOffset: state,
      ax: state,
      ay: state,
      yawRate: state,
      steer: state,
    }),
    input: fc.record({
      rows: fc.constant(rows),
      steer: column(anyFinite, rows),
      throttle: column(anyFinite, rows),
      brake: column(anyFinite, rows),
      indicator: fc.constant(base.input.indicator),
      raw: fc.array(rawInput, { minLength: rows, maxLength: rows }),
    }),
    traffic: fc.array(frame, { minLength: ticks + 1, maxLength: ticks + 1 }),
    events: fc.constant(base.events),
    hashes: fc.constant(base.hashes),
    warnings: fc.constant([]),
  });
});

/** Whether `read` is `written` rounded to `steps` per unit; a double cannot be nearer than its own spacing. */
function rounded(read: Float64Array, written: Float64Array, steps: number): boolean {
  return written.every((value, i) => Math.abs(read[i]! - value) <= 0.5 / steps + Math.abs(value) * 2 * Number.EPSILON);
}

test('any recording reads back: commands, device, ids and bodies exactly, the rest to its rounding', () => {
  fc.assert(
    fc.property(recording, (written) => {
      const read = readRecording(writeRecording(written), { name: 'any.mcap' });
      expect(read.warnings).toEqual([]);
      expect(read.metadata).toEqual(written.metadata);
      expect(read.input).toEqual(written.input);
      expect(read.events).toEqual(written.events);
      expect(read.hashes).toEqual(written.hashes);
      for (const field of EGO_STATE_FIELDS) {
        expect(rounded(read.ego[field], written.ego[field], EGO_STATE_STEPS[field])).toBe(true);
      }
      written.traffic.forEach((expected, tick) => {
        const actual = read.traffic[tick]!;
        for (const field of ['count', 'id', 'kind', 'length', 'width', 'indicator', 'braking'] as const) {
          expect(actual[field]).toEqual(expected[field]);
        }
        for (const field of TRAFFIC_FIELDS) {
          expect(rounded(actual[field], expected[field], TRAFFIC_STEPS[field])).toBe(true);
        }
      });
      // What was read is a fixed point: rounding happens once.
      expect(readRecording(writeRecording(read), { name: 'any.mcap' })).toEqual(read);
    }),
    { numRuns: 60 },
  );
});
