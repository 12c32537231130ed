import { describe, expect, test } from 'vitest';
import { createPlayer } from '../../../recordings/player.ts';
import type { Recording, TrafficFrame } from '../../../recordings/recording.ts';
import { importedRecording, syntheticRecording } from './syntheticRecording.ts';

/** Vehicles that accelerate at 2 m/s² from 20 m/s; those whose id is in `gone` leave after tick 3. */
function accelerating(ticks: number, gone: readonly number[]): TrafficFrame[] {
  return Array.from({ length: ticks + 1 }, (_, tick) => {
    const t = tick * 0.1;
    // The order changes every tick: vehicles must be matched by id.
    const ids = [7, 8, 9].filter((id) => tick <= 3 || !gone.includes(id));
    if (tick % 2 === 1) ids.reverse();
    const column = (value: (id: number) => number) => Float64Array.from(ids, value);
    const zeros = new Float64Array(ids.length);
    return {
      count: ids.length,
      id: Int32Array.from(ids),
      kind: new Uint8Array(ids.length),
      s: column((id) => 100 * id + 20 * t + t * t),
      d: column((id) => -id),
      sDot: column(() => 20 + 2 * t),
      dDot: zeros,
      a: column(() => 2),
      headingOffset: zeros,
      length: column(() => 4.5),
      width: column(() => 1.8),
      indicator: new Int8Array(ids.length),
      braking: new Uint8Array(ids.length),
    };
  });
}

const base = importedRecording({ ticks: 10, vehicles: 0 });
const recording: Recording = { ...base, traffic: accelerating(10, [8]) };

describe('player', () => {
  test('gives the recorded values at ticks', () => {
    const player = createPlayer(recording);
    for (let tick = 0; tick <= 10; tick++) {
      const traffic = player.trafficAt(tick * 0.1);
      const frame = recording.traffic[tick]!;
      expect([...traffic.id.subarray(0, traffic.count)]).toEqual([...frame.id]);
      frame.s.forEach((s, i) => {
        expect(traffic.s[i]).toBeCloseTo(s, 9);
      });
      expect(player.egoAt(tick * 0.1).s).toBeCloseTo(recording.ego.s[tick]!, 9);
      expect(player.egoAt(tick * 0.1).ax).toBeCloseTo(recording.ego.ax[tick]!, 9);
    }
  });

  test('moves vehicles between ticks as constant acceleration does, whatever their order', () => {
    const player = createPlayer(recording);
    const t = 0.137;
    const { count, id, s, sDot } = player.trafficAt(t);
    expect(count).toBe(3);
    for (let i = 0; i < count; i++) {
      expect(s[i]).toBeCloseTo(100 * id[i]! + 20 * t + t * t, 9);
      expect(sDot[i]).toBeCloseTo(20 + 2 * t, 9);
    }
  });

  test('lets a vehicle that is gone at the next tick go on until then', () => {
    const player = createPlayer(recording);
    const { count, id, s } = player.trafficAt(0.35);
    expect(count).toBe(3);
    const row = [...id.subarray(0, count)].indexOf(8);
    expect(s[row]).toBeCloseTo(800 + 20 * 0.3 + 0.09 + 20.6 * 0.05, 9);
    expect(player.trafficAt(0.4).count).toBe(2);
  });

  test('stays at the ends outside the recording', () => {
    const player = createPlayer(recording);
    expect(player.duration).toBeCloseTo(1, 12);
    expect(player.egoAt(-5).s).toBe(recording.ego.s[0]);
    expect(player.egoAt(99).s).toBe(recording.ego.s[10]);
    expect(player.trafficAt(99).count).toBe(2);
  });

  test('interpolates simulated drives between their 60 rows a second', () => {
    const simulated = syntheticRecording({ ticks: 10, vehicles: 1 });
    const player = createPlayer(simulated);
    expect(player.egoAt(17 / 60).d).toBeCloseTo(simulated.ego.d[17]!, 6);
    const between = player.egoAt(17.5 / 60).yawRate;
    expect(between).toBeCloseTo((simulated.ego.yawRate[17]! + simulated.ego.yawRate[18]!) / 2, 6);
  });
});
