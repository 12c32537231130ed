import { describe, expect, test } from 'vitest';
import { REACH_TICKS } from '../../../app/modes/drive/driveHistory.ts';
import { DriveSession, REWIND_PAUSE_S } from '../../../app/modes/drive/driveSession.ts';
import { createPersonWheel } from '../../../app/modes/drive/personWheel.ts';
import { rewindReason } from '../../../app/modes/drive/rewindReason.ts';
import { programWheel, type Wheel } from '../../../app/modes/drive/wheel.ts';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { readRecording } from '../../../recordings/readRecording.ts';
import { createRecorder, type Recorder } from '../../../recordings/recorder.ts';
import type { Recording } from '../../../recordings/recording.ts';
import { verifyRecording } from '../../../recordings/resimulate.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { createWorld, type WorldSpec } from '../../../sim/core/world.ts';
import { asksToRewind } from '../../../sim/input/driverIntent.ts';
import type { RawInput } from '../../../sim/input/rawInput.ts';
import type { EgoCommand } from '../../../sim/vehicle/egoCommand.ts';

const FRAME_S = 1 / 60;
/** With an arrival now and then, so that random numbers are drawn while driving. */
const CRASH_ID = 'hard-braking-leader@1?density=3&gap=12&at=4&untilSpeed=0&deceleration=8#1';
const SPEC = buildScenario(CRASH_ID).spec;

const drivenBy = (name: string) => programWheel(findBaselineDriver(name).create());
/** Looks at nothing and remembers nothing. */
const reckless = (steer = 0, throttle = 0.1) =>
  programWheel({
    name: 'reckless',
    start: () => {},
    command: (_world, out) => Object.assign(out, { steer, throttle, brake: 0, indicator: 0 }),
  });
const careful = () => drivenBy('calm');

function startSession(wheel: Wheel, spec: WorldSpec = SPEC): DriveSession {
  return new DriveSession({
    spec,
    durationS: 60,
    wheel,
    record: (world, branchTick) =>
      createRecorder(world, {
        scenarioId: CRASH_ID,
        driverLabel: 'scripted',
        driverName: wheel.driver.name,
        device: 'program',
        startedAt: '',
        ...(branchTick === null ? {} : { branchTick }),
      }),
  });
}

/** Drives up to a tick. @returns state hashes of the ticks that were reached, by tick */
function driveTo(session: DriveSession, tick: number, hashes = new Map<number, string>()): Map<number, string> {
  while (session.world.tick < tick) {
    session.advance(FRAME_S);
    if (session.world.substep === 0) hashes.set(session.world.tick, hashWorld(session.world));
  }
  return hashes;
}

function finished(recorder: Recorder): Recording {
  return readRecording(recorder.finish(), { name: 'drive.mcap' });
}

const verified = (recording: Recording, spec = SPEC) => verifyRecording(recording, createWorld(spec));
const collisions = ({ events }: Pick<Recording, 'events'>) => events.filter(({ kind }) => kind === 'collision');

describe('rewinding a drive', () => {
  test('puts back every bit of a whole second five seconds or more ago, after a crash', () => {
    const session = startSession(reckless());
    const hashes = driveTo(session, 104);
    expect(collisions(session.world).length).toBeGreaterThan(0);
    expect(rewindReason(session.world)).toBe('contact');
    session.advance(2 * FRAME_S);
    expect(session.rewind(session.wheel)).toBe(50);
    expect(session.world).toMatchObject({ tick: 50, substep: 0 });
    expect(hashWorld(session.world)).toBe(hashes.get(50));
    expect(collisions(session.world)).toEqual([]);
    expect(rewindReason(session.world)).toBeNull();
    // The same driver drives into the same crash.
    const again = driveTo(session, 104);
    for (const [tick, hash] of again) expect([tick, hash]).toEqual([tick, hashes.get(tick)]);
  });

  test('keeps the crash as a recording and goes on in another one; both re-simulate from tick 0', () => {
    const session = startSession(reckless());
    driveTo(session, 78);
    const crash = session.recorder!;
    expect(session.rewind(careful())).toBe(20);
    driveTo(session, 130);
    expect(session.wheel.driver.name).toBe('calm');
    const first = finished(crash);
    const second = finished(session.recorder!);
    expect(verified(first)).toMatchObject({ ticks: 78, identical: true });
    expect(verified(second)).toMatchObject({ ticks: 130, identical: true });
    expect(collisions(first).length).toBeGreaterThan(0);
    expect(collisions(second)).toEqual([]);
    expect([first.metadata.branchTick, second.metadata.branchTick]).toEqual([undefined, 20]);
    expect(second.hashes.slice(0, 21)).toEqual(first.hashes.slice(0, 21));
    expect(second.hashes[22]).not.toBe(first.hashes[22]);
    expect(second.events).toContainEqual({ tick: 20, kind: 'take-over', driver: 'calm' });
    expect(first.events.some(({ kind }) => kind === 'take-over')).toBe(false);
  });

  test('goes to the start within the first five seconds, and no further', () => {
    const session = startSession(careful());
    driveTo(session, 23);
    expect(session.rewind(session.wheel)).toBe(0);
    expect(hashWorld(session.world)).toBe(hashWorld(createWorld(SPEC)));
    expect(session.rewind(session.wheel)).toBeNull();
    driveTo(session, 30);
    expect(verified(finished(session.recorder!))).toMatchObject({ ticks: 30, identical: true });
  });

  test('goes five seconds further back with every press, as far as moments reach', () => {
    const session = startSession(careful());
    const hashes = driveTo(session, 360);
    const reached: (number | null)[] = [];
    for (let press = 0; press < 8; press++) {
      reached.push(session.rewind(session.wheel));
      expect(hashWorld(session.world)).toBe(hashes.get(session.world.tick));
      // The second press comes while the world stands, the third a moment after it moved on.
      if (press === 1) driveTo(session, session.world.tick + 3);
    }
    expect(reached).toEqual([310, 260, 210, 160, 110, 60, null, null]);
    expect(360 - session.world.tick).toBe(REACH_TICKS);
    driveTo(session, 75);
    expect(verified(finished(session.recorder!))).toMatchObject({ ticks: 75, identical: true });
  });

  test('tells take-overs of the beginning in the recording that goes on', () => {
    const session = startSession(careful());
    driveTo(session, 12);
    session.handOver(drivenBy('brisk'));
    driveTo(session, 90);
    expect(session.rewind(session.wheel)).toBe(40);
    driveTo(session, 60);
    const recording = finished(session.recorder!);
    expect(recording.events.filter(({ kind }) => kind === 'take-over')).toEqual([
      { tick: 12, kind: 'take-over', driver: 'brisk' },
    ]);
    expect(verified(recording)).toMatchObject({ identical: true });
  });

  test('can be told at once of what its recorder does not know yet', () => {
    const session = startSession(careful());
    driveTo(session, 200);
    expect(session.rewind(session.wheel)).toBe(150);
    for (let frame = 0; frame < 2; frame++) session.advance(FRAME_S);
    expect(session.recorder!.ticks()).toBeLessThan(150);
    session.completeRecording();
    expect(session.recorder!.ticks()).toBe(150);
    expect(verified(finished(session.recorder!))).toMatchObject({ ticks: 150, identical: true });
  });

  test('stands for a moment, then goes on', () => {
    const session = startSession(careful());
    driveTo(session, 80);
    session.rewind(session.wheel);
    expect(session.pauseS).toBe(REWIND_PAUSE_S);
    const stands = { ...session.frame(), vehicles: session.frame().vehicles.s.slice(0, 5) };
    for (let waited = 0; waited < REWIND_PAUSE_S - FRAME_S; waited += FRAME_S) {
      expect(session.advance(FRAME_S)).toBe(0);
      const frame = session.frame();
      expect(frame.timeS).toBe(stands.timeS);
      expect(frame.vehicles.s.slice(0, 5)).toEqual(stands.vehicles);
    }
    session.advance(2 * FRAME_S);
    expect(session.pauseS).toBe(0);
    session.advance(2 * FRAME_S);
    expect(session.timeS).toBeGreaterThan(stands.timeS);
  });

  test('is not possible without a recorder', () => {
    const session = new DriveSession({ spec: SPEC, durationS: 10, wheel: careful() });
    driveTo(session, 70);
    expect(session.rewind(session.wheel)).toBeNull();
    expect(session.world.tick).toBe(70);
  });
});

describe('the offer to rewind', () => {
  const contact = (tick: number) => ({ tick, kind: 'collision', other: 1, impact: 5 }) as const;

  test('is there for 8 s after a contact while the car moves, and for as long as it can be undone while it stands', () => {
    const world = createWorld(SPEC);
    world.tick = 100;
    expect(rewindReason(world)).toBeNull();
    world.events.push(contact(100));
    expect(rewindReason(world)).toBe('contact');
    world.tick = 180;
    expect(rewindReason(world)).toBeNull();
    world.ego.sDot = 0;
    expect(rewindReason(world)).toBe('contact');
    world.tick = 100 + REACH_TICKS;
    expect(rewindReason(world)).toBeNull();
  });

  test('is there while the car stands beside the road', () => {
    const world = createWorld(SPEC);
    world.watch.offRoad = true;
    expect(rewindReason(world)).toBeNull();
    world.ego.sDot = 0;
    expect(rewindReason(world)).toBe('off-road');
  });

  test('is taken up by the Back button of a gamepad only', () => {
    const buttons = Array.from({ length: 17 }, (_, k) => (k === 8 ? 1 : 0));
    expect(asksToRewind({ device: 'gamepad', axes: [0, 0, 0, 0], buttons })).toBe(true);
    expect(asksToRewind({ device: 'gamepad', axes: [0, 0, 0, 0], buttons: buttons.map(() => 0) })).toBe(false);
    expect(asksToRewind({ device: 'wheel', axes: [0, 0, 0, 0], buttons })).toBe(false);
    expect(asksToRewind({ device: 'keyboard', keys: ['Backspace'] })).toBe(false);
  });
});

describe('the hands after a rewind', () => {
  /** Keys of a person who presses, releases and steers, by tick. */
  const keysAt = (tick: number): readonly string[] => [
    ...(tick % 20 < 13 ? ['KeyW'] : []),
    ...(tick % 14 === 5 ? ['KeyA'] : []),
    ...(tick % 14 === 12 ? ['KeyD'] : []),
    ...(tick === 47 ? ['KeyQ'] : []),
  ];

  test('are where they were: the same keys give the same commands again', () => {
    let keys: readonly string[] = [];
    const devices = {
      device: 'keyboard',
      deviceName: null,
      enabled: true,
      releaseAll: () => {},
      dispose: () => {},
      sample: (): RawInput => ({ device: 'keyboard', keys }),
    } as const;
    const session = startSession(createPersonWheel(devices, () => ({ laneAssist: false }), 'tester'));
    const drive = (to: number) => {
      const commands: EgoCommand[] = [];
      while (session.world.tick < to) {
        keys = keysAt(session.world.tick);
        if (session.advance(FRAME_S) > 0) commands.push({ ...session.command });
      }
      return commands;
    };
    drive(50);
    const before = { ...session.command };
    const first = drive(101);
    expect(new Set(first.map(({ throttle }) => throttle)).size).toBeGreaterThan(10);
    expect(first.some(({ steer }) => steer !== 0)).toBe(true);
    expect(session.rewind(session.wheel)).toBe(50);
    expect(session.command).toEqual(before);
    expect(drive(101)).toEqual(first);
  });
});

describe('violent crashes', () => {
  const standing = buildScenario('stopped-vehicle@1?density=0&distance=140#1').spec;
  const crashes: readonly (readonly [string, WorldSpec, steer: number, ticks: number])[] = [
    ['a standing vehicle at 40 m/s', { ...standing, ego: { ...standing.ego, speed: 40 } }, 0, 110],
    ['the left rail at 45 m/s, across', { ...SPEC, ego: { ...SPEC.ego, speed: 45, lateralSpeed: 14 } }, 0.1, 100],
    ['the right rail at 45 m/s, across', { ...SPEC, ego: { ...SPEC.ego, speed: 45, lateralSpeed: -14 } }, -0.1, 100],
  ];

  test.each(crashes)('into %s leave a finite world that can be rewound', (_name, spec, steer, ticks) => {
    const session = startSession(reckless(steer, 1), spec);
    const start = hashWorld(session.world);
    const finite = () => {
      const { vehicles, ...figures } = session.frame();
      for (const value of Object.values(figures)) expect(Number.isFinite(value)).toBe(true);
      for (const column of [vehicles.s, vehicles.d, vehicles.headingOffset, vehicles.sDot]) {
        expect(column.subarray(0, vehicles.count).every(Number.isFinite)).toBe(true);
      }
      for (const value of Object.values(session.world.ego)) expect(Number.isFinite(value)).toBe(true);
    };
    while (session.world.tick < ticks) {
      session.advance(1 / 20);
      finite();
    }
    const [hit] = collisions(session.world);
    expect(hit && 'impact' in hit && hit.impact).toBeGreaterThan(3);
    const crash = session.recorder!;
    while (session.rewind(session.wheel) !== null) finite();
    expect(hashWorld(session.world)).toBe(start);
    expect(verified(finished(crash), spec)).toMatchObject({ ticks, identical: true });
    driveTo(session, 20);
    expect(verified(finished(session.recorder!), spec)).toMatchObject({ ticks: 20, identical: true });
  });
});
