import { recordDrive } from '../cli/recordDrive.ts';
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { readRecording } from '../recordings/readRecording.ts';
import type { Recording } from '../recordings/recording.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';

/** The drive that `understudy record --style` records, as it is read back from its file. */
export function recordStyle(style: string, scenarioId: string, seconds: number): Recording {
  const { spec, id } = buildScenario(scenarioId);
  const { bytes } = recordDrive({
    spec,
    driver: findBaselineDriver(style).create(),
    ticks: seconds * 10,
    description: { scenarioId: id, driverLabel: 'scripted', driverName: style, device: 'program', startedAt: '' },
  });
  return readRecording(bytes, { name: `${style} in ${id}` });
}
