import { recordDrive } from '../cli/recordDrive.ts';
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';

/** Ten minutes of scripted driving: two in each of these. */
export const PAGE_DRIVES = {
  style: 'brisk',
  label: 'scripted',
  scenarios: ['dense@1#1', 'dense@1#2', 'dense@1#3', 'free-flow@1#1', 'free-flow@1#2'],
  ticks: 1200,
} as const;

/** The files of these drives. */
export function recordPageDrives(): Uint8Array[] {
  const { style, label, scenarios, ticks } = PAGE_DRIVES;
  return scenarios.map((scenario) => {
    const { spec, id } = buildScenario(scenario);
    const description = { scenarioId: id, driverLabel: label, driverName: style, device: 'program', startedAt: '' };
    return recordDrive({ spec, driver: findBaselineDriver(style).create(), ticks, description }).bytes;
  });
}
