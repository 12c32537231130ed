import { describe, expect, test } from 'vitest';
import { concatenate } from '../../../recordings/mcapWriter.ts';
import { EGO_STATE_FIELDS, EGO_STATE_STEPS } from '../../../recordings/messages/egoStateMessage.ts';
import { roundedTo } from '../../../recordings/messages/numberText.ts';
import { TRAFFIC_FIELDS, TRAFFIC_STEPS } from '../../../recordings/messages/trafficMessage.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import { createRecorder, type DriveDescription } from '../../../recordings/recorder.ts';
import type { RawInput, Recording } from '../../../recordings/recording.ts';
import { RecordingError } from '../../../recordings/recordingError.ts';
import { resimulate, verifyRecording } from '../../../recordings/resimulate.ts';
import { recordedSlots, trafficFrameOf } from '../../../recordings/trafficFrame.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { sin } from '../../../sim/core/deterministicMath.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { SIMULATOR_VERSION } from '../../../sim/core/time.ts';
import { createWorld, type World } from '../../../sim/core/world.ts';
import { type EgoCommand, neutralCommand } from '../../../sim/vehicle/egoCommand.ts';
import type { EgoState } from '../../../sim/vehicle/egoState.ts';

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

  test('what is recorded tick by tick reads back as it was: commands to the bit, the rest rounded', () => {
    const world = freshWorld();
    const recorder = createRecorder(world, DRIVE);
    const command = neutralCommand();
    const report = { device: 'wheel', axes: [0, -0], buttons: [1] } as const;
    const commands: EgoCommand[] = [];
    const raw: RawInput[] = [];
    const states: EgoState[] = [{ ...world.ego }];
    const frames = [trafficFrameOf(world)];
    for (let k = 0; k < 6 * 25; k++) {
      command.steer = k % 3 === 0 ? -0 : 0.003 * sin(k / 9);
      command.throttle = sin(k) > 0 ? 1 / (k + 1) : 1;
      command.indicator = (k % 3) - 1;
      advanceSubstep(world, command);
      // New objects, most with the content of the one before; -0 is another content than 0.
      raw.push(k % 7 < 4 ? { ...report, axes: [...report.axes] } : { ...report, axes: [0, 0] });
      recorder.substep(world, command, raw[k]!);
      commands.push({ ...command });
      states.push({ ...world.ego });
      if (world.substep === 0) frames.push(trafficFrameOf(world));
    }
    const read = readRecording(recorder.finish(), { name: 'drive.mcap' });
    expect(read.input.raw).toEqual(raw);
    for (const field of ['steer', 'throttle', 'brake', 'indicator'] as const) {
      expect([...read.input[field]]).toEqual(commands.map((row) => row[field]));
    }
    for (const field of EGO_STATE_FIELDS) {
      expect([...read.ego[field]]).toEqual(states.map((row) => roundedTo(row[field], EGO_STATE_STEPS[field])));
    }
    expect(read.traffic.length).toBe(frames.length);
    frames.forEach((frame, tick) => {
      const rounded = TRAFFIC_FIELDS.map((field) => [
        field,
        frame[field].map((value) => roundedTo(value, TRAFFIC_STEPS[field])),
      ]);
      expect(read.traffic[tick]).toEqual({ ...frame, ...Object.fromEntries(rounded) });
    });
  });

  test('a value that cannot be written is refused by topic, tick and field, and its message is not in the file', () => {
    const world = freshWorld();
    const recorder = createRecorder(world, DRIVE);
    const command = neutralCommand();
    for (let k = 0; k < 6; k++) {
      advanceSubstep(world, command);
      const slots = new Int32Array(world.vehicles.capacity);
      expect(recordedSlots(world, slots)).toBeGreaterThan(0);
      if (world.substep === 0) world.vehicles.dDot[slots[0]!] = Number.NaN;
      const work = () => recorder.substep(world, command, { device: 'program' });
      if (world.substep !== 0) work();
      else expect(work).toThrow('/traffic tick 1, field dDot[0]: the value is NaN; expected a finite number');
    }
    const read = readRecording(recorder.finish(), { name: 'drive.mcap' });
    expect(read.ticks).toBe(0);
    expect(read.traffic.length).toBe(1);
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
    expect(() => verifyRecording(other, freshWorld())).toThrow(`simulatorVersion is 99; expected ${SIMULATOR_VERSION}`);
    const none = new Float64Array(0);
    const mute: Recording = {
      ...recording,
      input: { rows: 0, steer: none, throttle: none, brake: none, indicator: new Int8Array(0), raw: [] },
    };
    expect(() => verifyRecording(mute, freshWorld())).toThrow(/0 commands for 53 ticks/);
    expect(() => verifyRecording({ ...recording, hashes: [] }, freshWorld())).toThrow(/no state hashes/);
  });
});
