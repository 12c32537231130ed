import { describe, expect, test } from 'vitest';
import { concatenate } from '../../../recordings/mcapWriter.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import { createRecorder, type DriveDescription } from '../../../recordings/recorder.ts';
import type { RawInput, Recording } from '../../../recordings/recording.ts';
import { RecordingError } from '../../../recordings/recordingError.ts';
import { resimulate, verifyRecording } from '../../../recordings/resimulate.ts';
import { trafficFrameOf } from '../../../recordings/trafficFrame.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { sin } from '../../../sim/core/deterministicMath.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { createWorld, type World } from '../../../sim/core/world.ts';
import { neutralCommand } from '../../../sim/vehicle/egoCommand.ts';

const ID = 'dense@1#3';
const DRIVE: DriveDescription = {
  scenarioId: ID,
  driverLabel: 'scripted',
  driverName: 'weaver',
  device: 'program',
  startedAt: '2026-11-22T09:00:00.000Z',
};

const freshWorld = (): World => createWorld(buildScenario(ID).spec);

/** Drives with changing pedals and wheel; gives the parts and the state hash after each tick. */
function drive(substeps: number): { parts: Uint8Array[]; last: Uint8Array; hashes: string[] } {
  const world = freshWorld();
  const recorder = createRecorder(world, DRIVE);
  const command = neutralCommand();
  const parts: Uint8Array[] = [];
  const hashes = [hashWorld(world)];
  for (let k = 0; k < substeps; k++) {
    command.steer = 0.004 * sin(k / 40);
    command.throttle = k % 50 < 35 ? 0.3 + 0.1 * sin(k / 13) : 0;
    command.brake = k % 200 > 180 ? 0.2 : 0;
    command.indicator = k % 120 < 30 ? 1 : 0;
    advanceSubstep(world, command);
    const raw: RawInput = { device: 'keyboard', keys: k % 50 < 35 ? ['KeyW'] : [] };
    recorder.substep(world, command, raw);
    if (world.substep === 0) hashes.push(hashWorld(world));
    const part = recorder.part();
    if (part) parts.push(part);
  }
  return { parts, last: recorder.finish(), hashes };
}

const whole = drive(6 * 53);
const bytes = concatenate([...whole.parts, whole.last]);
const recording = readRecording(bytes, { name: 'drive.mcap' });

describe('recorder', () => {
  test('hands out one part a second, and the parts are the file', () => {
    expect(whole.parts.length).toBe(5);
    expect(recording.ticks).toBe(53);
    expect(recording.warnings).toEqual([]);
    expect(recording.hashes).toEqual(whole.hashes);
    expect(recording.ego.rows).toBe(53 * 6 + 1);
    expect(recording.input.raw[40]).toEqual({ device: 'keyboard', keys: [] });
  });

  test('writes the bytes that writing the finished recording gives', () => {
    expect(Buffer.compare(writeRecording(recording), bytes)).toBe(0);
  });

  test('a crash loses at most the second that was running', () => {
    const recovered = readRecording(concatenate(whole.parts), { name: 'crashed.mcap' });
    expect(recovered.ticks).toBe(50);
    expect(recovered.hashes).toEqual(whole.hashes.slice(0, 51));
    expect(recovered.warnings.length).toBe(1);
    expect(recovered.warnings[0]).toContain('recovered 5.0 s');
  });

  test('leaves out a tick that is not complete', () => {
    const { parts, last } = drive(6 * 12 + 4);
    const read = readRecording(concatenate([...parts, last]), { name: 'drive.mcap' });
    expect(read.ticks).toBe(12);
    expect(read.warnings).toEqual([]);
  });

  test('refuses a world that has moved, and calls that skip substeps', () => {
    const world = freshWorld();
    const recorder = createRecorder(world, DRIVE);
    const command = neutralCommand();
    for (let k = 0; k < 6; k++) advanceSubstep(world, command);
    expect(() => createRecorder(world, DRIVE)).toThrow(RecordingError);
    expect(() => recorder.substep(world, command, { device: 'program' })).toThrow(/1 substeps/);
  });
});

describe('re-simulation', () => {
  test('gives the recorded hashes, tick by tick', () => {
    expect(verifyRecording(recording, freshWorld())).toEqual({
      ticks: 53,
      identical: true,
      firstDifference: null,
      unverifiedTicks: 0,
    });
  });

  test('gives the recorded states to their rounding', () => {
    resimulate(recording, freshWorld(), (world, tick) => {
      expect(Math.abs(world.ego.s - recording.ego.s[tick * 6]!)).toBeLessThanOrEqual(0.6e-4);
      const frame = trafficFrameOf(world);
      expect([...frame.id]).toEqual([...recording.traffic[tick]!.id]);
      for (let row = 0; row < frame.count; row++) {
        expect(Math.abs(frame.s[row]! - recording.traffic[tick]!.s[row]!)).toBeLessThan(1e-3);
      }
    });
  });

  test('names the first tick that differs', () => {
    const throttle = recording.input.throttle.slice();
    // The first substep after tick 20.
    throttle[120] = throttle[120]! + 1e-12;
    const changed: Recording = { ...recording, input: { ...recording.input, throttle } };
    const result = verifyRecording(changed, freshWorld());
    expect(result.identical).toBe(false);
    expect(result.firstDifference?.tick).toBe(21);
    expect(result.firstDifference?.recorded).toBe(recording.hashes[21]);
  });

  test('another seed differs from the start', () => {
    const other = createWorld(buildScenario('dense@1#4').spec);
    expect(verifyRecording(recording, other).firstDifference?.tick).toBe(0);
  });

  test('another simulator version, missing commands and missing hashes are refused with the reason', () => {
    const other: Recording = { ...recording, metadata: { ...recording.metadata, simulatorVersion: 99 } };
    expect(() => verifyRecording(other, freshWorld())).toThrow(/simulatorVersion is 99; expected 1/);
    const none = new Float64Array(0);
    const mute: Recording = {
      ...recording,
      input: { rows: 0, steer: none, throttle: none, brake: none, indicator: new Int8Array(0), raw: [] },
    };
    expect(() => verifyRecording(mute, freshWorld())).toThrow(/0 commands for 53 ticks/);
    expect(() => verifyRecording({ ...recording, hashes: [] }, freshWorld())).toThrow(/no state hashes/);
  });
});
