import { describe, expect, it } from 'vitest';
import { recordingTables } from '../../../../recordings/tables/recordingTables.ts';
import type { Table, TableValue } from '../../../../recordings/tables/table.ts';
import { createRoad } from '../../../../sim/road/createRoad.ts';
import { syntheticRecording } from '../syntheticRecording.ts';

const recording = syntheticRecording({ ticks: 30, vehicles: 4 });
const tables = recordingTables([
  { name: 'one.mcap', recording: { ...recording, events: [] } },
  {
    name: 'two.mcap',
    recording: {
      ...recording,
      events: [
        { tick: 3, kind: 'lane-change', from: 1, to: 0 },
        { tick: 7, kind: 'near-miss', other: 12, ttc: Number.MAX_VALUE, gap: 0.4 },
        { tick: 9, kind: 'collision', other: -1, impact: 2.5 },
      ],
    },
  },
]);
const table = (name: string): Table => tables.find((candidate) => candidate.name === name)!;
const rowOf = ({ columns, values }: Table, row: number): Record<string, TableValue> =>
  Object.fromEntries(columns.map(({ name }, i) => [name, values[i]![row]!]));

describe('tables of recordings', () => {
  it('hold every row of every drive', () => {
    const { ego, input, traffic } = recording;
    const others = traffic.reduce((sum, { count }) => sum + count, 0);
    expect(Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))).toEqual({
      drives: 2,
      ego: 2 * ego.rows,
      commands: 2 * input.rows,
      traffic: 2 * others,
      events: 3,
    });
    for (const { rows, values } of tables) for (const column of values) expect(column).toHaveLength(rows);
  });

  it('say what was recorded, with exact times and positions in the world', () => {
    const { ego, metadata } = recording;
    const row = ego.rows + 100;
    const told = rowOf(table('ego'), row);
    expect(told).toMatchObject({ drive: 'two.mcap', row: 100, t: 100 / 60, s: ego.s[100], ay: ego.ay[100] });
    const pose = { x: 0, y: 0, heading: 0 };
    createRoad(metadata.road).toWorld(ego.s[100]!, ego.d[100]!, pose);
    expect(told).toMatchObject({ x: pose.x, y: pose.y, yaw: pose.heading + ego.headingOffset[100]! });
    const traffic = table('traffic');
    const first = recording.traffic[0]!;
    const other = rowOf(traffic, first.count);
    expect(other).toMatchObject({ tick: 1, t: 0.1, id: recording.traffic[1]!.id[0], s: recording.traffic[1]!.s[0] });
    expect(['car', 'truck', 'motorcycle', 'obstacle']).toContain(other['kind']);
    expect(rowOf(table('drives'), 1)).toMatchObject({
      drive: 'two.mcap',
      driver: 'A. Tester',
      label: 'human',
      seed: 7,
    });
  });

  it('leave out what an event does not have, and times that never come', () => {
    const events = table('events');
    expect(rowOf(events, 0)).toMatchObject({ kind: 'lane-change', from: 1, to: 0, ttc: null, driver: null });
    expect(rowOf(events, 1)).toMatchObject({ t: 0.7, other: 12, ttc: null, gap: 0.4 });
    expect(rowOf(events, 2)).toMatchObject({ other: -1, impact: 2.5, from: null });
  });

  it('name every column once, describe it, and give units to what is measured', () => {
    for (const { name, columns } of tables) {
      expect(new Set(columns.map((column) => column.name)).size, name).toBe(columns.length);
      for (const { name: column, description, unit, kind } of columns) {
        expect(description.length, `${name}.${column}`).toBeGreaterThan(3);
        if (kind === 'real') expect(unit, `${name}.${column}`).not.toBe('');
      }
    }
  });
});
