import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildReference, findScenario } from '../../../cli/scenarioReference.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import cutIn from '../../../scenarios/cut-in.json' with { type: 'json' };
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const sweepOf = async (...args: readonly string[]) => {
  const run = await runCommand('scenarios', 'sweep', ...args, '--json');
  expect(run.exitCode, run.stderr).toBe(0);
  return jsonOf(run);
};

test('a sweep counts outcomes, names its worst drives by ids that build, and gives the same again', async () => {
  const args = ['hard-braking-leader', '--n', '6', '--driver', 'constant-velocity', '--seed', '5', '--worst', '2'];
  const first = await sweepOf(...args);
  expect(first).toMatchObject({ family: 'hard-braking-leader', driver: 'constant-velocity', seed: 5, drives: 6 });
  const { total } = first['collisions'] as { total: number };
  expect(total).toBeGreaterThan(0);
  const worst = first['worst'] as { id: string; collision: { kind: string } }[];
  expect(worst).toHaveLength(2);
  expect(worst[0]!.collision.kind).toBe('front');
  expect(buildScenario(worst[0]!.id).id).toBe(worst[0]!.id);
  expect(await sweepOf(...args)).toEqual(first);
});

test('the worst drives of a file are named so that they are found again', async () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'mine.json');
  writeFileSync(file, JSON.stringify({ ...cutIn, family: 'mine' }));
  const { worst } = await sweepOf(file, '--n', '2', '--worst', '1');
  const { id } = (worst as { id: string }[])[0]!;
  expect(id.startsWith(`${file}?`)).toBe(true);
  expect(buildReference(findScenario(id)).family).toBe('mine');
  folder.remove();
});

test('what cannot be swept is refused with exit code 2', async () => {
  const refused = async (message: RegExp, ...args: readonly string[]) => {
    const run = await runCommand('scenarios', 'sweep', ...args);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(message);
  };
  await refused(/log-replay; expected a generated family/, 'log-replay');
  await refused(/"nobody"; expected one of: idm-mobil/, 'cut-in', '--driver', 'nobody');
  await refused(/both --driver and --reward/, 'cut-in', '--driver', 'calm', '--reward', 'r.json');
  await refused(/one of: free-flow/, 'no-such-family');
});
