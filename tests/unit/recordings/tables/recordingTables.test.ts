import { describe, expect, it } from 'vitest';
import { RECORDING_TABLES } from '../../../../recordings/tables/recordingTables.ts';
import { type NamedRecording, rowsOf, type TableValue } from '../../../../recordings/tables/table.ts';
import type { DriveEvent } from '../../../../sim/core/events.ts';
import { createRoad } from '../../../../sim/road/createRoad.ts';
import { syntheticRecording } from '../syntheticRecording.ts';

const recording = syntheticRecording({ ticks: 30, vehicles: 4 });
const one = { name: 'one.mcap', recording: { ...recording, events: [] } };
const two = {
  name: 'two.mcap',
  recording: {
    ...recording,
    events: [
      { tick: 3, kind: 'lane-change', from: 1, to: 0 },
      { tick: 7, kind: 'near-miss', other: 12, ttc: Number.MAX_VALUE, gap: 0.4 },
      { tick: 9, kind: 'collision', other: -1, impact: 2.5 },
    ] satisfies DriveEvent[],
  },
};
/** A row of a table as an object. */
function rowOf(name: string, drive: NamedRecording, row: number): Record<string, TableValue> {
  const table = RECORDING_TABLES.find((candidate) => candidate.name === name)!;
  const { values } = rowsOf(table, drive);
  return Object.fromEntries(table.columns.map((column, i) => [column.name, values[i]![row]!]));
}

describe('tables of recordings', () => {
  it('hold every row of every drive', () => {
    const { ego, input, traffic } = recording;
    const others = traffic.reduce((sum, { count }) => sum + count, 0);
    const counts = (drive: NamedRecording) =>
      Object.fromEntries(RECORDING_TABLES.map((table) => [table.name, rowsOf(table, drive).count]));
    expect(counts(two)).toEqual({ drives: 1, ego: ego.rows, commands: input.rows, traffic: others, events: 3 });
    expect(counts(one)).toMatchObject({ drives: 1, events: 0 });
    for (const table of RECORDING_TABLES) {
      const { count, values } = rowsOf(table, two);
      for (const column of values) expect(column).toHaveLength(count);
    }
  });

  it('say what was recorded, with exact times and positions in the world', () => {
    const { ego, metadata } = recording;
    const told = rowOf('ego', two, 100);
    expect(told).toMatchObject({ drive: 'two.mcap', row: 100, t: 100 / 60, s: ego.s[100], ay: ego.ay[100] });
    const pose = { x: 0, y: 0, heading: 0 };
    createRoad(metadata.road).toWorld(ego.s[100]!, ego.d[100]!, pose);
    expect(told).toMatchObject({ x: pose.x, y: pose.y, yaw: pose.heading + ego.headingOffset[100]! });
    const other = rowOf('traffic', two, recording.traffic[0]!.count);
    expect(other).toMatchObject({ tick: 1, t: 0.1, id: recording.traffic[1]!.id[0], s: recording.traffic[1]!.s[0] });
    expect(['car', 'truck', 'motorcycle', 'obstacle']).toContain(other['kind']);
    expect(rowOf('drives', two, 0)).toMatchObject({
      drive: 'two.mcap',
      driver: 'A. Tester',
      label: 'human',
      seed: 7,
    });
  });

  it('leave out what an event does not have, and times that never come', () => {
    expect(rowOf('events', two, 0)).toMatchObject({ kind: 'lane-change', from: 1, to: 0, ttc: null, driver: null });
    expect(rowOf('events', two, 1)).toMatchObject({ t: 0.7, other: 12, ttc: null, gap: 0.4 });
    expect(rowOf('events', two, 2)).toMatchObject({ other: -1, impact: 2.5, from: null });
  });

  it('name every column once, describe it, and give units to what is measured', () => {
    for (const { name, columns } of RECORDING_TABLES) {
      expect(new Set(columns.map((column) => column.name)).size, name).toBe(columns.length);
      for (const { name: column, description, unit, kind } of columns) {
        expect(description.length, `${name}.${column}`).toBeGreaterThan(3);
        if (kind === 'real') expect(unit, `${name}.${column}`).not.toBe('');
      }
    }
  });
});
