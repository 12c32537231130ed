import { DRIVE_COLUMN, TIME_COLUMN, timeOf } from '../../recordings/tables/recordingTables.ts';
import type { NamedRecording, TableSpec } from '../../recordings/tables/table.ts';
import { demonstrationScenesOf } from './demonstrationScenes.ts';
import { executedFeatures } from './executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from './featureSet.ts';
import { FEATURE_COUNT, FEATURES } from './registry.ts';

/**
 * Feature values of what was driven, a row for each window of 5 s that begins every second: those that learning uses,
 * and those that it leaves out, with the reason.
 * @param drives all of them: what branches share is used once
 */
export function featureTable(drives: readonly NamedRecording[]): TableSpec {
  const scenes = demonstrationScenesOf(drives.map(({ recording }) => recording));
  const scenesOf = new Map(drives.map((drive, k) => [drive, scenes[k]!]));
  const values = new Float64Array(FEATURE_COUNT);
  return {
    name: 'features',
    description: 'Feature values as executed: means over windows of 5 s.',
    columns: [
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
    ],
    addRows(drive, add) {
      const { ticks, excluded } = scenesOf.get(drive)!;
      const windows = [...ticks.map((tick) => ({ tick, reason: null })), ...excluded];
      for (const { tick, reason } of windows.sort((a, b) => a.tick - b.tick)) {
        executedFeatures(drive.recording, tick, 1, UNDERSTUDY_FEATURES, values);
        add(drive.name, tick, timeOf(tick), reason, ...values);
      }
    },
  };
}
