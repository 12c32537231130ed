import { describe, expect, it } from 'vitest';
import { demonstrationScenes } from '../../../../irl/features/demonstrationScenes.ts';
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
    const none = { standing: 0, afterCollision: 0, handedOver: 0, offRoad: 0, tooShort: 0 };
    expect(skipped({})).toEqual(none);
    expect(skipped({ ticks: 49 })).toEqual({ ...none, tooShort: 1 });
    expect(skipped({ ego: { sDot: 0.1 } })).toEqual({ ...none, standing: 2 });
    expect(skipped({ ego: { d: 2 } })).toEqual({ ...none, offRoad: 2 });
    const crash = { tick: 55, kind: 'collision', other: -1, impact: 3 } as const;
    expect(skipped({ events: [crash] })).toEqual({ ...none, afterCollision: 1 });
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
