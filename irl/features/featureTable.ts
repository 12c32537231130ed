import { DRIVE_COLUMN, type NamedRecording, TIME_COLUMN } from '../../recordings/tables/recordingTables.ts';
import { createTableBuilder, type Table } from '../../recordings/tables/table.ts';
import { demonstrationScenesOf } from './demonstrationScenes.ts';
import { executedFeatures } from './executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from './featureSet.ts';
import { FEATURE_COUNT, FEATURES } from './registry.ts';

/**
 * Feature values of what was driven, a row for each window of 5 s that begins every second: those that learning uses,
 * and those that it leaves out, with the reason.
 */
export function featureTable(recordings: readonly NamedRecording[]): Table {
  const table = createTableBuilder('features', 'Feature values as executed: means over windows of 5 s.', [
    DRIVE_COLUMN,
    { name: 'tick', unit: '', description: 'first tick of the window', kind: 'integer' },
    TIME_COLUMN,
    {
      name: 'leftOut',
      unit: '',
      description: 'why learning does not use the window; none where it does',
      kind: 'text',
    },
    ...FEATURES.map(({ name, unit, formula }) => ({ name, unit, description: formula, kind: 'real' as const })),
  ]);
  const scenes = demonstrationScenesOf(recordings.map(({ recording }) => recording));
  const values = new Float64Array(FEATURE_COUNT);
  for (const [k, { name, recording }] of recordings.entries()) {
    const { ticks, excluded } = scenes[k]!;
    const windows = [...ticks.map((tick) => ({ tick, reason: null })), ...excluded];
    for (const { tick, reason } of windows.sort((a, b) => a.tick - b.tick)) {
      executedFeatures(recording, tick, 1, UNDERSTUDY_FEATURES, values);
      table.add(name, tick, tick / 10, reason, ...values);
    }
  }
  return table.build();
}
