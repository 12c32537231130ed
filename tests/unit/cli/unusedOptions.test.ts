import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { loadReward } from '../../../cli/loadReward.ts';
import { givenFlags, refuseUnused } from '../../../cli/unusedOptions.ts';
import { runCommand, temporaryFolder } from './runCommand.ts';

const CALM = new URL('../../../recordings/demos/calm.mcap', import.meta.url).pathname;
const folder = temporaryFolder();
const out = join(folder.path, 'out.mcap');
afterAll(folder.remove);

describe('refuseUnused', () => {
  const flags = { seed: '--seed', param: '--param' } as const;
  it('names the first option that would change nothing', () => {
    expect(() => refuseUnused({ param: ['a=1'] }, flags, 'given with --log', '--scenario')).toThrow(
      '--param: given with --log; expected --scenario',
    );
    expect(() => refuseUnused({ other: 1 } as object, flags, '', '')).not.toThrow();
    expect(givenFlags({ seed: 0, param: undefined }, flags)).toEqual(['--seed']);
  });
});

test.each([
  [/--candidates: given with --driver; expected --reward/, ['drive', '--driver', 'calm', '--candidates', '100']],
  [/--replan-hz: given with --driver; expected --reward/, ['drive', '--driver', 'calm', '--replan-hz', '5']],
  [/--recover: given with --scenario; expected --log/, ['drive', '--driver', 'calm', '--recover']],
] as const)('%s', async (message, args) => {
  const run = await runCommand(...args, '--scenario', 'dense', '--out', out);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toMatch(message);
});

test('options of a scenario are refused beside a recording, which has them decided', async () => {
  const [drive, serve, replay] = await Promise.all([
    runCommand('drive', '--driver', 'calm', '--log', CALM, '--seed', '4', '--out', out),
    runCommand('serve-env', '--log', CALM, '--param', 'density=3'),
    runCommand('replay', CALM, '--verify', '--log', CALM),
  ]);
  for (const run of [drive, serve, replay]) expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(drive.stderr).toContain('--seed: given with --log; expected --scenario');
  expect(serve.stderr).toContain('--param: given with --log; expected --scenario');
  expect(replay.stderr).toMatch(/--log: given for .*calm\.mcap; expected none/);
});

test('a recording in the place of a reward is called one', () => {
  const file = join(folder.path, 'recording.json');
  writeFileSync(file, Uint8Array.of(0x89, 0x4d, 0x43, 0x41, 0x50));
  expect(() => loadReward(file)).toThrow(/is a recording \(\.mcap\); expected a reward file/);
});
