import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseReward } from '../../../irl/learn/rewardFile.ts';
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string) => join(folder.path, name);
const quick = ['--candidates', '30', '--stride', '25'];
const demo = (style: string) => `recordings/demos/${style}.mcap`;

it('learns a population and adapts it to a driver', { timeout: 120_000 }, async () => {
  const out = file('population.json');
  const made = await runCommand('population', demo('calm'), demo('brisk'), '--out', out, ...quick, '--json');
  expect(made.exitCode, made.stderr).toBe(0);
  expect(jsonOf(made)).toMatchObject({ drivers: 2, out });
  const reward = file('reward.json');
  const learned = await runCommand(
    'learn',
    demo('tailgating'),
    '--population',
    out,
    '--out',
    reward,
    ...quick,
    '--json',
  );
  expect(learned.exitCode, learned.stderr).toBe(0);
  expect(learned.stderr).not.toContain('counts twice');
  const hash = createHash('sha256').update(readFileSync(out)).digest('hex');
  const { options } = parseReward(readFileSync(reward, 'utf8')).learner;
  expect(options).toMatchObject({ population: 'population', populationHash: hash });
  const insteadOf = { method: 'closed-loop', because: 'a population goes with maxent only' };
  expect(jsonOf(learned)).toMatchObject({ method: 'maxent', insteadOf });
  const evaluated = await runCommand('evaluate', '--reward', reward, '--recordings', demo('calm'), '--open-loop');
  expect(evaluated.exitCode).toBe(2);
  expect(evaluated.stderr).toContain('learned from');
  const [twice, wrong, method, kept] = await Promise.all([
    runCommand('learn', demo('calm'), '--population', out, '--out', file('twice.json'), ...quick),
    runCommand('learn', demo('calm'), '--population', reward, '--out', file('x.json'), ...quick),
    runCommand('learn', demo('calm'), '--population', out, '--method', 'mixture', '--out', file('x.json')),
    runCommand('learn', demo('calm'), demo('brisk'), '--holdout', '1', '--population', out, '--out', file('x.json')),
  ]);
  expect(twice.stderr).toContain('drivers of the population count twice: calm');
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
  expect(wrong.stderr).toMatch(/reward\.json: format: found "understudy-reward"; expected "understudy-population"/);
  expect(method.stderr).toContain('--population: given with --method mixture; expected --method maxent');
  expect(kept.stderr).toMatch(
    /--population: was learned from scripted (calm|brisk), whom --holdout keeps for evaluation; expected a population of o/,
  );
  expect(existsSync(file('x.json'))).toBe(false);
});

it('refuses a single driver', { timeout: 120_000 }, async () => {
  const run = await runCommand('population', demo('calm'), '--out', file('one.json'), ...quick);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('fewer than two drivers are no population; expected at least two');
  expect(existsSync(file('one.json'))).toBe(false);
});
