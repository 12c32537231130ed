import { describe, expect, it } from 'vitest';
import { demonstrationScenes, demonstrationScenesOf } from '../../../../irl/features/demonstrationScenes.ts';
import { demonstratedMotion, sceneAt } from '../../../../irl/features/sceneFromRecording.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

describe('sceneAt', () => {
  it('reads the ego at the tick, whatever the sampling of the recording', () => {
    for (const rowsPerTick of [1, 6]) {
      const recording = steadyRecording({ ticks: 60, rowsPerTick, acceleration: () => 1 });
      const { ego } = sceneAt(recording, 20);
      expect(ego.sDot).toBeCloseTo(22, 9);
      expect(ego.s).toBeCloseTo(500 + 20 * 2 + 2, 9);
      expect(ego.sDdot).toBeCloseTo(1, 9);
      expect(sceneAt(recording, 0).ego.sDdot).toBeCloseTo(1, 9);
    }
  });

  it('shows the traffic of the tick and refuses ticks that do not exist', () => {
    const recording = steadyRecording({ ticks: 60, others: [{ s: 480, d: centreOf(0), sDot: 25 }] });
    expect(sceneAt(recording, 10).others.s[0]).toBeCloseTo(505, 9);
    expect(() => sceneAt(recording, 61)).toThrow(/tick 61 .* expected an integer in 0..60/);
  });

  it('takes 51 samples, one a tick, for the demonstrated motion', () => {
    const recording = steadyRecording({ ticks: 60, rowsPerTick: 6, offset: (t) => centreOf(1) + 0.1 * t });
    const motion = demonstratedMotion(recording, 10);
    expect(motion.s).toHaveLength(51);
    expect(motion.s[50]! - motion.s[0]!).toBeCloseTo(100, 9);
    expect(motion.dDot[25]).toBeCloseTo(0.1, 6);
    expect(() => demonstratedMotion(recording, 11)).toThrow(/ticks 11..61/);
  });
});

describe('demonstrationScenes', () => {
  it('takes a window every stride', () => {
    expect(demonstrationScenes(steadyRecording({ ticks: 75 })).ticks).toEqual([0, 10, 20]);
    expect(demonstrationScenes(steadyRecording({ ticks: 75 }), { strideTicks: 25 }).ticks).toEqual([0, 25]);
    expect(() => demonstrationScenes(steadyRecording({ ticks: 75 }), { strideTicks: 0 })).toThrow(/strideTicks is 0/);
  });

  it('counts what it leaves out and why', () => {
    const skipped = (options: Partial<Parameters<typeof steadyRecording>[0]>) =>
      demonstrationScenes(steadyRecording({ ticks: 60, ...options })).skipped;
    const none = { standing: 0, afterCollision: 0, handedOver: 0, offRoad: 0, shared: 0, tooShort: 0 };
    expect(skipped({})).toEqual(none);
    expect(skipped({ ticks: 49 })).toEqual({ ...none, tooShort: 1 });
    expect(skipped({ ego: { sDot: 0.1 } })).toEqual({ ...none, standing: 2 });
    expect(skipped({ ego: { d: 2 } })).toEqual({ ...none, offRoad: 2 });
    const crash = { tick: 55, kind: 'collision', other: -1, impact: 3 } as const;
    expect(skipped({ events: [crash] })).toEqual({ ...none, afterCollision: 1 });
  });

  it('uses what was driven before a rewind once, from whichever recording can use it', () => {
    // Hashes name the state: equal up to the branch, different after it.
    const drive = (name: string, ticks: number, branches: readonly (readonly [from: number, name: string])[]) => {
      const recording = steadyRecording({ ticks, events: name === 'crash' ? [crashAt(ticks - 5)] : [] });
      const nameAt = (tick: number) => branches.findLast(([from]) => tick > from)?.[1] ?? 'crash';
      const hashes = Array.from({ length: ticks + 1 }, (_, tick) => `${nameAt(tick)} ${tick}`);
      const branchTick = branches.at(-1)?.[0];
      return { ...recording, hashes, metadata: { ...recording.metadata, ...(branches.length > 0 && { branchTick }) } };
    };
    const crashAt = (tick: number) => ({ tick, kind: 'collision', other: -1, impact: 3 }) as const;
    const crash = drive('crash', 120, []);
    const second = drive('second', 160, [[60, 'second']]);
    const third = drive('third', 170, [
      [60, 'second'],
      [90, 'third'],
    ]);
    const early = drive('early', 110, [[40, 'early']]);
    const ticks = (...set: Parameters<typeof demonstrationScenesOf>[0]) =>
      demonstrationScenesOf(set).map((scenes) => scenes.ticks);

    // The crash at tick 115 spoils its windows from 65 on; those that begin up to 60 are its own.
    expect(ticks(crash)).toEqual([[0, 10, 20, 30, 40, 50, 60]]);
    expect(ticks(second)).toEqual([[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]]);
    expect(ticks(crash, second)).toEqual([ticks(crash)[0], [60, 70, 80, 90, 100, 110]]);
    expect(ticks(second, crash)).toEqual(ticks(crash, second).reverse());
    expect(ticks(third, second, crash)).toEqual([[90, 100, 110, 120], [60, 70, 80, 90, 100, 110], ticks(crash)[0]]);
    // From tick 60 on, where they part, each is its own.
    expect(ticks(crash, third)).toEqual([ticks(crash)[0], [60, 70, 80, 90, 100, 110, 120]]);
    expect(ticks(early, second)).toEqual([
      [0, 10, 20, 30, 40, 50, 60],
      [40, 50, 60, 70, 80, 90, 100, 110],
    ]);
    expect(demonstrationScenesOf([crash, second])[1]!.skipped.shared).toBe(6);
    // Where one of them was used before, neither the branch nor what it branches from is used again as far as they agree.
    const beyond = (seen: typeof crash, drive: typeof crash) => demonstrationScenesOf([drive], { seen: [seen] })[0]!;
    expect(beyond(crash, second)).toMatchObject({ ticks: [60, 70, 80, 90, 100, 110], skipped: { shared: 6 } });
    expect(beyond(second, crash)).toMatchObject({ ticks: [60], skipped: { shared: 6 } });
    expect(beyond(drive('crash', 120, []), crash).ticks).toEqual(ticks(crash)[0]);
    // Somebody else's drive is the same until one of them does something, also when one of them branched later.
    const other = drive('other', 120, [[10, 'other']]);
    const { branchTick: _, ...metadata } = other.metadata;
    const unbranched = { ...other, metadata };
    expect(beyond(second, unbranched).ticks).toEqual(ticks(unbranched)[0]);
    expect(beyond(unbranched, second).ticks).toEqual(ticks(second)[0]);
    expect(ticks(second, unbranched)).toEqual([ticks(second)[0], ticks(unbranched)[0]]);
    // A drive of its own from the same start is no repetition, whatever its first states are.
    expect(ticks(crash, drive('crash', 120, []))).toEqual([ticks(crash)[0], ticks(crash)[0]]);
  });

  it('leaves out what somebody else drove after a take-over', () => {
    const recording = steadyRecording({ ticks: 160 });
    const takeOver = (tick: number, driver: string) => ({ tick, kind: 'take-over', driver }) as const;
    const events = [takeOver(60, 'agent'), takeOver(90, recording.metadata.driverName)];
    const scenes = demonstrationScenes({ ...recording, events });
    expect(scenes.ticks).toEqual([0, 10, 90, 100, 110]);
    expect(scenes.skipped.handedOver).toBe(7);
  });
});
