import { Opcode } from '@mcap/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanRecords } from '../../../recordings/mcapReader.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { RecordingError } from '../../../recordings/recordingError.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { importedRecording, syntheticRecording } from '../../unit/recordings/syntheticRecording.ts';

const bytes = writeRecording(syntheticRecording({ ticks: 24, vehicles: 2 }));
const whole = readRecording(bytes, { name: 'whole.mcap' });
/** Small, so that it can be cut at every byte. */
const shortBytes = writeRecording(importedRecording({ ticks: 13, vehicles: 1 }));
const short = readRecording(shortBytes, { name: 'short.mcap' });

/** Reads damaged bytes; RecordingError is an answer, anything else that is thrown fails the test. */
function readDamaged(damaged: Uint8Array): Recording | undefined {
  try {
    return readRecording(damaged, { name: 'damaged.mcap' });
  } catch (error) {
    if (error instanceof RecordingError) return undefined;
    throw error;
  }
}

/** Whether what was recovered is the beginning of a drive, bit for bit. */
function isBeginning(recovered: Recording, of: Recording): boolean {
  const same = (a: Float64Array | Int8Array, b: Float64Array | Int8Array) =>
    a.every((value, i) => Object.is(value, b[i]));
  const { ego, input, traffic, ticks } = recovered;
  return (
    ego.rows === ticks * of.ego.rowsPerTick + 1 &&
    input.rows === (of.input.rows > 0 ? ticks * of.ego.rowsPerTick : 0) &&
    traffic.length === ticks + 1 &&
    (['s', 'd', 'sDot', 'dDot', 'headingOffset', 'ax', 'ay', 'yawRate', 'steer'] as const).every((field) =>
      same(ego[field], of.ego[field]),
    ) &&
    (['steer', 'throttle', 'brake', 'indicator'] as const).every((field) => same(input[field], of.input[field])) &&
    traffic.every((frame, tick) => JSON.stringify(frame) === JSON.stringify(of.traffic[tick])) &&
    recovered.hashes.every((hash, tick) => hash === of.hashes[tick])
  );
}

describe('a file that is cut off', () => {
  test('at every byte: read up to the cut, never less than at an earlier cut, and always said', () => {
    let ticks = -1;
    for (let length = 0; length < shortBytes.length; length++) {
      const recovered = readDamaged(shortBytes.subarray(0, length));
      if (!recovered) {
        // Nothing can be recovered before the first tick; from then on every cut must give something.
        expect(ticks).toBe(-1);
        continue;
      }
      expect(recovered.ticks).toBeGreaterThanOrEqual(ticks);
      expect(recovered.warnings.length).toBeGreaterThan(0);
      if (recovered.ticks !== ticks) expect(isBeginning(recovered, short)).toBe(true);
      ticks = recovered.ticks;
    }
    expect(ticks).toBe(13);
  });

  test('anywhere in a simulated drive: commands, states and hashes are the beginning of the drive', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        const recovered = readDamaged(bytes.subarray(0, length));
        return recovered === undefined || (recovered.warnings.length > 0 && isBeginning(recovered, whole));
      }),
      { numRuns: 300 },
    );
  });

  test('within a second keeps the ticks of that second that are there', () => {
    const [first, second] = [...scanRecords(bytes, 8)].filter((record) => record.opcode === Opcode.CHUNK);
    const middle = second!.offset + Math.floor(second!.bytes.length / 2);
    const recovered = readRecording(bytes.subarray(0, middle), { name: 'cut.mcap' });
    expect(first!.offset).toBeLessThan(second!.offset);
    expect(recovered.ticks).toBeGreaterThan(11);
    expect(recovered.ticks).toBeLessThan(20);
    expect(recovered.warnings[0]).toMatch(/the file is cut off within the chunk at byte \d+; recovered 1\.\d s/);
    expect(recovered.warnings[1]).toMatch(/ticks 11 to 1\d come from an incomplete chunk, so that no checksum vouches/);
  });
});

describe('a damaged file', () => {
  test('gives the beginning of the drive with a warning, or an error that says where', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
        (flips) => {
          const damaged = bytes.slice();
          for (const [at, flip] of flips) damaged[at] = damaged[at]! ^ flip;
          fc.pre(Buffer.compare(damaged, bytes) !== 0);
          const recovered = readDamaged(damaged);
          if (recovered === undefined) return true;
          const unverified = recovered.warnings.some((warning) => warning.includes('no checksum vouches'));
          return recovered.warnings.length > 0 && (unverified || isBeginning(recovered, whole));
        },
      ),
      { numRuns: 600 },
    );
  });

  test('says how much was lost when the end of the file tells its length', () => {
    const damaged = bytes.slice();
    const [, second] = [...scanRecords(bytes, 8)].filter((record) => record.opcode === Opcode.CHUNK);
    const at = second!.offset + 500;
    damaged[at] = damaged[at]! ^ 0x10;
    const recovered = readRecording(damaged, { name: 'damaged.mcap' });
    expect(recovered.ticks).toBe(10);
    expect(recovered.warnings).toEqual([
      expect.stringMatching(
        /^the chunk at byte \d+ does not fit its checksum; recovered 1\.0 s \(ticks 0 to 10\); lost 1\.4 s \(ticks 11 to 24\)$/,
      ),
    ]);
  });

  test('garbage is refused, whatever it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => readDamaged(garbage) === undefined));
    const magic = bytes.subarray(0, 8);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => {
        const file = new Uint8Array(8 + garbage.length);
        file.set(magic);
        file.set(garbage, 8);
        return readDamaged(file) === undefined;
      }),
    );
  });
});
