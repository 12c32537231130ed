import { expect, it } from 'vitest';
import { demonstrationScenes } from '../../../../irl/features/demonstrationScenes.ts';
import { executedFeatures } from '../../../../irl/features/executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from '../../../../irl/features/featureSet.ts';
import { featureTable } from '../../../../irl/features/featureTable.ts';
import { FEATURE_COUNT, FEATURES } from '../../../../irl/features/registry.ts';
import { rowsOf } from '../../../../recordings/tables/table.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';
import { centreOf } from '../../../fixtures/irl/trafficScene.ts';

const driven = steadyRecording({
  ticks: 120,
  others: [{ s: 540, d: centreOf(1), sDot: 20 }],
  acceleration: (t) => (t < 4 ? 0.5 : -0.4),
  events: [{ tick: 90, kind: 'collision', other: 1, impact: 2 }],
});

const drive = { name: 'a', recording: driven };
const table = featureTable([drive]);
const { count, values } = rowsOf(table, drive);
const column = (name: string) => values[table.columns.findIndex((candidate) => candidate.name === name)]!;

it('has the windows that learning uses, and the others with the reason', () => {
  const { ticks, excluded } = demonstrationScenes(driven);
  expect(ticks.length).toBeGreaterThan(0);
  expect(excluded.length).toBeGreaterThan(0);
  expect(count).toBe(ticks.length + excluded.length);
  const used = column('tick').filter((_, row) => column('leftOut')[row] === null);
  expect(used).toEqual(ticks);
  expect(new Set(column('leftOut'))).toEqual(new Set([null, 'afterCollision']));
  expect(column('t')[1]).toBe(1);
});

it('has the values of the driving as it was', () => {
  const expected = new Float64Array(FEATURE_COUNT);
  executedFeatures(driven, 20, 1, UNDERSTUDY_FEATURES, expected);
  const row = column('tick').indexOf(20);
  const told = FEATURES.map(({ name }) => column(name)[row]);
  expect(told).toEqual([...expected]);
});
