import { describe, expect, test } from 'vitest';
import { DriveSession } from '../../../app/modes/drive/driveSession.ts';
import { programWheel } from '../../../app/modes/drive/wheel.ts';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import { createRecorder } from '../../../recordings/recorder.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { createWorld } from '../../../sim/core/world.ts';

const scenario = buildScenario('dense@1#1');
const calm = () => findBaselineDriver('calm').create();
const session = (durationS = 4) => new DriveSession({ spec: scenario.spec, durationS, wheel: programWheel(calm()) });

describe('DriveSession', () => {
  test('ends in the same state whatever the frame rate', () => {
    const hashes = [1 / 144, 1 / 60, 0.041].map((frameS) => {
      const drive = session();
      while (!drive.finished) drive.advance(frameS);
      return hashWorld(drive.world);
    });
    const direct = createWorld(scenario.spec);
    const driver = calm();
    driver.start(direct);
    for (let tick = 0; tick < 40; tick++) advanceTick(direct, driver);
    expect(new Set(hashes)).toEqual(new Set([hashWorld(direct)]));
  });

  test('stops at its duration and stays there', () => {
    const drive = session(1);
    for (let i = 0; i < 100; i++) drive.advance(0.1);
    expect(drive.timeS).toBeCloseTo(1, 9);
    expect(drive.advance(1)).toBe(0);
  });

  test('draws every vehicle without jumps, between substeps and over ticks', () => {
    const drive = session();
    const frameS = 1 / 100;
    let last: { time: number; s: Map<number, number>; speed: Map<number, number> } | null = null;
    for (let i = 0; i < 150; i++) {
      drive.advance(frameS);
      const { vehicles } = drive.frame();
      const s = new Map<number, number>();
      const speed = new Map<number, number>();
      for (let k = 0; k < vehicles.count; k++) {
        s.set(vehicles.id[k]!, vehicles.s[k]!);
        speed.set(vehicles.id[k]!, vehicles.sDot[k]!);
      }
      if (last && i > 2) {
        const elapsed = vehicles.timeS - last.time;
        for (const [id, before] of last.s) {
          const now = s.get(id);
          if (now === undefined) continue;
          // What it moved is its speed times the time that passed, to a few millimetres.
          expect(Math.abs(now - before - speed.get(id)! * elapsed)).toBeLessThan(0.02);
        }
      }
      last = { time: vehicles.timeS, s, speed };
    }
  });

  test('records every substep: the parts are a file that re-simulates to the same bits', () => {
    const drive = new DriveSession({
      spec: scenario.spec,
      durationS: 3,
      wheel: programWheel(calm()),
      record: (world) =>
        createRecorder(world, {
          scenarioId: scenario.id,
          driverLabel: 'scripted',
          driverName: 'calm',
          device: 'program',
          startedAt: '',
        }),
    });
    const parts: Uint8Array[] = [];
    while (!drive.finished) {
      drive.advance(1 / 50);
      const part = drive.recorder!.part();
      if (part) parts.push(part);
    }
    parts.push(drive.recorder!.finish());
    const bytes = new Uint8Array(Buffer.concat(parts));
    const recording = readRecording(bytes, { name: 'drive.mcap' });
    expect(recording.ticks).toBe(30);
    expect(verifyRecording(recording, createWorld(scenario.spec))).toMatchObject({ ticks: 30, identical: true });
  });

  test('hands the wheel over at a whole tick and notes it', () => {
    const drive = session();
    drive.advance(0.25);
    drive.handOver(programWheel(findBaselineDriver('brisk').create()));
    drive.advance(0.25);
    expect(drive.wheel.driver.name).toBe('brisk');
    expect(drive.world.events).toContainEqual({ tick: 3, kind: 'take-over', driver: 'brisk' });
  });
});
