import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

// Needs real traffic beside the project; the tests are reported as skipped where it is absent.
const DATA = '../shared/data/ngsim-us101/us101-0750-frames-0914-1451.csv';
const folder = temporaryFolder();
afterAll(folder.remove);

describe.skipIf(!existsSync(DATA))(`understudy import ngsim ${DATA}`, () => {
  it('writes a recording for each demonstrator and says who was left out and why', async () => {
    const out = join(folder.path, 'all');
    const run = await runCommand('import', 'ngsim', DATA, '--drivers', 'auto', '--out', out, '--json');
    expect(run.exitCode, run.stderr).toBe(0);
    const result = jsonOf(run) as {
      recordings: { driver: number; file: string; seconds: number }[];
      leftOutCount: number;
      leftOut: { driver: number; reason: string }[];
      reasons: { reason: string; drivers: number }[];
    };
    expect(result.recordings.length).toBeGreaterThanOrEqual(15);
    expect(result.recordings.length + result.leftOutCount).toBe(192);
    expect(result.leftOut).toHaveLength(result.leftOutCount);
    expect(result.reasons.reduce((sum, { drivers }) => sum + drivers, 0)).toBe(result.leftOutCount);
    expect(result.reasons[0]!.reason).toContain('60 m ahead');
    expect(readdirSync(out)).toHaveLength(result.recordings.length);
    expect(Math.min(...result.recordings.map(({ seconds }) => seconds))).toBeGreaterThanOrEqual(10);

    const verify = await runCommand('replay', result.recordings[0]!.file, '--verify');
    expect(verify).toMatchObject({ exitCode: 2, stdout: '' });
    expect(verify.stderr).toContain('no inputs');
  });

  it('doubts that lengths are in feet where no cars are so short', async () => {
    const metres = join(folder.path, 'metres.csv');
    const [header, ...rows] = readFileSync(DATA, 'utf8').trim().split('\n');
    const column = header!.split(',').indexOf('v_Length');
    const scaled = rows.map((row) => {
      const cells = row.split(',');
      cells[column] = String(Number(cells[column]) * 0.3048);
      return cells.join(',');
    });
    writeFileSync(metres, [header, ...scaled].join('\n'));
    const importOf = (file: string, out: string) =>
      runCommand('import', 'ngsim', file, '--drivers', 'auto', '--out', join(folder.path, out));
    const [right, wrong] = await Promise.all([importOf(DATA, 'right'), importOf(metres, 'wrong')]);
    expect([right.exitCode, wrong.exitCode]).toEqual([0, 0]);
    expect(right.stderr).not.toContain('warning');
    expect(wrong.stderr).toMatch(/half of the cars are shorter than 1\.\d m, expected 3 to 7 m/);
  });

  it('leaves no file behind when it is interrupted', async () => {
    const out = join(folder.path, 'interrupted');
    mkdirSync(out);
    const child = spawn(process.execPath, [
      'cli/understudy.mjs',
      'import',
      'ngsim',
      DATA,
      '--drivers',
      'auto',
      '--out',
      out,
    ]);
    // The signal comes while files are being written under their temporary names.
    let atSignal: string[] = [];
    const watcher = watch(out, () => {
      if (atSignal.length > 0) return;
      const names = readdirSync(out);
      if (names.length < 3) return;
      atSignal = names;
      child.kill('SIGINT');
    });
    const exitCode = await new Promise((resolve) => child.on('exit', resolve));
    watcher.close();
    expect(atSignal.filter((name) => name.endsWith('.part')).length).toBeGreaterThan(0);
    expect(exitCode).toBe(130);
    expect(readdirSync(out)).toEqual([]);
  });
});
