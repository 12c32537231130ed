import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createRecorder } from '../../../recordings/recorder.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../sim/core/world.ts';
import { neutralCommand } from '../../../sim/vehicle/egoCommand.ts';
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const CALM = 'recordings/demos/calm.mcap';

/** A drive by keys that never steers, on a straight and empty road. */
function straightKeyboardDrive(path: string): void {
  const { spec, id } = buildScenario('free-flow@1?density=0#1');
  const world = createWorld(spec);
  const description = { scenarioId: id, driverLabel: 'human', driverName: 'Ada', device: 'keyboard', startedAt: '' };
  const recorder = createRecorder(world, { ...description, driverLabel: 'human' });
  const command = { ...neutralCommand(), throttle: 0.3 };
  for (let substep = 0; substep < 600; substep++) {
    advanceSubstep(world, command);
    recorder.substep(world, command, { device: 'keyboard', keys: ['KeyW'] });
  }
  writeFileSync(path, recorder.finish());
}

it('shows a card for each recording, for people and as one object', { timeout: 120_000 }, async () => {
  const [text, json] = await Promise.all([runCommand('quality', CALM), runCommand('quality', CALM, '--json')]);
  expect(text.exitCode, text.stderr).toBe(0);
  for (const row of ['zero steering', 'jerk along', 'reaction delay', 'learned from', 'headwayRisk']) {
    expect(text.stdout).toContain(row);
  }
  const { recordings, usableWindows } = jsonOf(json) as {
    recordings: Record<string, unknown>[];
    usableWindows: number;
  };
  expect(usableWindows).toBe(21);
  expect(recordings[0]).toMatchObject({ path: CALM, driver: 'calm', collisions: 0, usableWindows: 21, excluded: [] });
  expect(recordings[0]).toHaveProperty('input.zeroSteer', expect.any(Number));
});

it('makes learn warn of poor data, and learns all the same', { timeout: 120_000 }, async () => {
  const path = join(folder.path, 'keys.mcap');
  straightKeyboardDrive(path);
  const out = join(folder.path, 'reward.json');
  const run = await runCommand('learn', path, '--method', 'maxent', '--out', out, '--candidates', '30', '--json');
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.stderr).toContain('steering is zero 100 % of the time (warns above 90 %)');
  expect(run.stderr).toContain('usable windows in all (warns below 35)');
  const { warnings } = jsonOf(run) as { warnings: { code: string; path?: string }[] };
  expect(warnings.map(({ code }) => code)).toEqual(['zeroSteer', 'fewWindows']);
  expect(existsSync(out)).toBe(true);
});

it('refuses what is no recording', { timeout: 120_000 }, async () => {
  const path = join(folder.path, 'text.mcap');
  writeFileSync(path, 'this is no recording');
  const run = await runCommand('quality', path, '--json');
  expect(run.exitCode).toBe(2);
  expect(jsonOf(run)).toMatchObject({ error: { expected: expect.any(String) } });
});
