import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parseReward } from '../../../irl/learn/rewardFile.ts';
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = (name: string) => join(folder.path, name);
const out = file('preferences.json');

it('appends preferences that learn uses, and refuses what cannot be compared', { timeout: 120_000 }, async () => {
  const drives = await Promise.all(
    ['calm', 'brisk'].map((style) =>
      runCommand(
        'record',
        '--style',
        style,
        '--scenario',
        'dense#3',
        '--seconds',
        '11',
        '--out',
        file(`${style}.mcap`),
      ),
    ),
  );
  for (const drive of drives) expect(drive.exitCode, drive.stderr).toBe(0);
  const pair = [file('calm.mcap'), file('brisk.mcap')];
  const first = await runCommand('prefer', ...pair, '--choose', 'a', '--out', out, '--json');
  expect(first.exitCode, first.stderr).toBe(0);
  expect(jsonOf(first)).toMatchObject({ fromTick: 0, toTick: 100, preferred: pair[0], preferences: 1, out });
  const second = await runCommand('prefer', ...pair, '--choose', 'b', '--from', '2', '--to', '7', '--out', out);
  expect(second.stdout).toContain('preferences.json (2)');

  const before = readFileSync(out);
  const [again, scenario, short] = await Promise.all([
    runCommand('prefer', ...pair, '--choose', 'a', '--out', out, '--json'),
    runCommand('prefer', pair[0]!, 'recordings/demos/calm.mcap', '--choose', 'a', '--out', out),
    runCommand('prefer', ...pair, '--choose', 'a', '--from', '8', '--out', file('new.json')),
  ]);
  expect([again.exitCode, scenario.exitCode, short.exitCode]).toEqual([2, 2, 2]);
  expect(again.stderr).toContain('is number 1 already');
  expect(jsonOf(again)).toMatchObject({ exitCode: 2 });
  expect(scenario.stderr).toContain('expected two drives of one scenario');
  expect(short.stderr).toContain('expected at least 5 s');
  expect(existsSync(file('new.json'))).toBe(false);
  expect(readFileSync(out).equals(before)).toBe(true);

  const reward = file('reward.json');
  const quick = ['--candidates', '30', '--stride', '20', '--json'];
  const learned = await runCommand('learn', pair[0]!, '--preferences', out, '--out', reward, ...quick);
  expect(learned.exitCode, learned.stderr).toBe(0);
  expect(jsonOf(learned)).toMatchObject({ preferences: { count: 2, agreed: expect.any(Number) } });
  const hash = createHash('sha256').update(readFileSync(out)).digest('hex');
  const { options } = parseReward(readFileSync(reward, 'utf8')).learner;
  expect(options).toMatchObject({ preferences: 2, preferencesHash: hash });
  // The other drive had a part in the weights as well, so it is no drive that they have not seen.
  const unseen = await runCommand('evaluate', '--reward', reward, '--recordings', pair[1]!);
  expect(unseen.exitCode).toBe(2);
  expect(unseen.stderr).toContain('was learned from');
  const keeping = ['--holdout', '1', '--method', 'maxent', '--force', '--out', reward, ...quick];
  const held = await runCommand('learn', ...pair, '--preferences', out, ...keeping);
  expect(held.exitCode).toBe(2);
  expect(held.stderr).toContain('--preferences: all 2 are of drivers that --holdout keeps');
});

it('does not touch a file that holds something else', { timeout: 120_000 }, async () => {
  writeFileSync(file('notes.json'), '{"format": "my notes"}');
  const demos = ['recordings/demos/calm.mcap', 'recordings/demos/brisk.mcap'];
  const run = await runCommand('prefer', ...demos, '--choose', 'a', '--out', file('notes.json'));
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toMatch(/notes\.json: format: found "my notes"; expected "understudy-preferences"/);
  expect(readFileSync(file('notes.json'), 'utf8')).toBe('{"format": "my notes"}');
});
