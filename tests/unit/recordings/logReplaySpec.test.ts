import { describe, expect, test } from 'vitest';
import { importNgsim } from '../../../recordings/adapters/ngsim.ts';
import { logReplaySpec } from '../../../recordings/logReplaySpec.ts';
import { concatenate } from '../../../recordings/mcapWriter.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import { createRecorder } from '../../../recordings/recorder.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { writeRecording } from '../../../recordings/writeRecording.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { createWorld } from '../../../sim/core/world.ts';
import { ngsimCsv, platoon } from './adapters/ngsimFixture.ts';

const imported = (
  await importNgsim(
    ngsimCsv(platoon(7, 121).map((v) => (v.id === 2 ? { ...v, missing: (k: number) => k > 50 && k < 60 } : v))),
    { name: 'made-up.csv', drivers: [4] },
  )
).recordings[0]!;

describe('logReplaySpec', () => {
  test('replays the recorded traffic and starts the ego where the driver was', () => {
    const { spec, durationS } = logReplaySpec(imported);
    const world = createWorld(spec);
    expect(durationS).toBeCloseTo(12, 9);
    expect(world.ego.s).toBeCloseTo(imported.ego.s[0]!, 4);
    expect(world.ego.sDot).toBeCloseTo(imported.ego.sDot[0]!, 4);
    for (let k = 0; k < 30; k++) advanceSubstep(world, { steer: 0, throttle: 0.1, brake: 0, indicator: 0 });
    const frame = imported.traffic[5]!;
    expect(world.vehicles.count - 1).toBe(frame.count);
    const leader = [...world.vehicles.id].indexOf(3);
    expect(world.vehicles.s[leader]).toBeCloseTo(frame.s[[...frame.id].indexOf(3)]!, 3);
  });

  test('gives a vehicle that comes back another id, so that every track has its own', () => {
    const ids = logReplaySpec(imported).spec.tracks.map((track) => track.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(8);
    const [first, second] = [2, 8].map((id) => logReplaySpec(imported).spec.tracks.find((track) => track.id === id)!);
    expect([first!.fromTick, first!.rows, second!.fromTick, second!.rows]).toEqual([0, 51, 60, 61]);
  });

  test('gives the same bits from memory and from the file', () => {
    const read = readRecording(writeRecording(imported), { name: 'import.mcap' });
    const hashes = [imported, read].map((recording: Recording) => {
      const world = createWorld(logReplaySpec(recording).spec);
      for (let k = 0; k < 60; k++) advanceSubstep(world, { steer: 0.001, throttle: 0.4, brake: 0, indicator: 0 });
      return hashWorld(world);
    });
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('a drive in replayed traffic re-simulates to the same hashes', () => {
    const { spec } = logReplaySpec(imported);
    const world = createWorld(spec);
    const recorder = createRecorder(world, {
      scenarioId: imported.metadata.scenarioId,
      driverLabel: 'baseline',
      driverName: 'full throttle',
      device: 'program',
      startedAt: '',
    });
    const command = { steer: 0, throttle: 1, brake: 0, indicator: 0 };
    for (let k = 0; k < 300; k++) {
      advanceSubstep(world, command);
      recorder.substep(world, command, { device: 'program' });
    }
    const drive = readRecording(concatenate([recorder.finish()]), { name: 'drive.mcap' });
    expect(verifyRecording(drive, createWorld(spec))).toMatchObject({ ticks: 50, identical: true });
  });

  test('can start later', () => {
    const { spec, durationS } = logReplaySpec(imported, 100);
    expect(durationS).toBeCloseTo(2, 9);
    expect(spec.ego.s).toBeCloseTo(imported.ego.s[100]!, 4);
    expect(spec.tracks.every((track) => track.fromTick === 0 && track.rows === 21)).toBe(true);
  });
});
