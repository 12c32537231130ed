import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseReward } from '../../../irl/learn/rewardFile.ts';
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string) => join(folder.path, name);
const quick = ['--method', 'mixture', '--candidates', '30', '--stride', '25', '--json'];

it('writes one reward a style, that drive takes, and replaces none of them unasked', { timeout: 120_000 }, async () => {
  const args = ['learn', 'recordings/demos', '--styles', '2', '--out', file('demos.json'), ...quick];
  const run = await runCommand(...args);
  expect(run.exitCode, run.stderr).toBe(0);
  const { mixture, styles, out } = jsonOf(run) as {
    mixture: { chosen: number; tried: object[]; shares: number[]; drivers: { name: string; style: number }[] };
    styles: { features: { name: string; weight: number }[] }[];
    out: string[];
  };
  expect(out).toEqual([file('demos.style-1.json'), file('demos.style-2.json')]);
  expect(readdirSync(folder.path)).toEqual(['demos.style-1.json', 'demos.style-2.json']);
  expect(mixture).toMatchObject({ chosen: 2, tried: [] });
  expect(mixture.drivers.map(({ name }) => name)).toEqual(['scripted brisk', 'scripted calm', 'scripted tailgating']);
  const rewards = out.map((path) => parseReward(readFileSync(path, 'utf8')));
  expect(rewards.map((reward) => reward.learner.options['style'])).toEqual([1, 2]);
  expect(rewards[0]!.features).not.toEqual(rewards[1]!.features);
  const weights = (of: { features: readonly { name: string; weight: number }[] }) =>
    of.features.map(({ name, weight }) => [name, weight]);
  expect(styles.map(weights)).toEqual(rewards.map(weights));
  // Everybody who took part stays out of an evaluation of either.
  for (const reward of rewards) expect(reward.sources).toHaveLength(3);

  const before = readFileSync(out[1]!);
  const again = await runCommand(...args);
  expect(again.exitCode).toBe(2);
  expect(jsonOf(again)).toMatchObject({ error: { where: out[0] } });
  expect(readFileSync(out[1]!).equals(before)).toBe(true);

  const agent = file('agent.mcap');
  const drive = await runCommand(
    'drive',
    '--reward',
    out[1]!,
    '--scenario',
    'free-flow#1',
    '--seconds',
    '1',
    '--out',
    agent,
  );
  expect(drive.exitCode, drive.stderr).toBe(0);
});

it('says what is wrong with a number of styles', { timeout: 120_000 }, async () => {
  const learn = (...more: string[]) =>
    runCommand('learn', 'recordings/demos/calm.mcap', '--out', file('x.json'), ...quick, ...more);
  const [many, text, other] = await Promise.all([
    learn('--styles', '3'),
    learn('--styles', '4..2'),
    runCommand('learn', 'recordings/demos/calm.mcap', '--out', file('x.json'), '--styles', '2'),
  ]);
  expect(many.exitCode).toBe(2);
  expect(many.stderr).toContain('3 styles of 1 drivers; expected at most one style for each');
  expect(text.exitCode).toBe(2);
  expect(text.stderr).toContain('a range such as 1..4');
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain('--styles: given without --method; expected --method mixture');
  expect(existsSync(file('x.style-1.json'))).toBe(false);
});
