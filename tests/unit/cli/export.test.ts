import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import papaparse from 'papaparse';
import { afterAll, expect, it } from 'vitest';
import { jsonOf, runCommand, temporaryFolder } from './runCommand.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const DEMOS = ['recordings/demos/calm.mcap', 'recordings/demos/brisk.mcap'];
const SIX = ['drives', 'ego', 'commands', 'traffic', 'events', 'features'];

it('writes the same tables in both formats, and says what is in them', { timeout: 120_000 }, async () => {
  const csv = join(folder.path, 'csv');
  const parquet = join(folder.path, 'parquet');
  const [text, json] = await Promise.all([
    runCommand('export', ...DEMOS, '--out', csv),
    runCommand('export', ...DEMOS, '--out', parquet, '--format', 'parquet', '--json'),
  ]);
  expect(text.exitCode, text.stderr).toBe(0);
  expect(json.exitCode, json.stderr).toBe(0);
  const { tables, drives } = jsonOf(json) as { drives: number; tables: { name: string; rows: number; file: string }[] };
  expect(drives).toBe(2);
  expect(tables.map(({ name }) => name)).toEqual(SIX);
  expect(readdirSync(csv).sort()).toEqual(['columns.json', ...SIX.map((name) => `${name}.csv`)].sort());
  const dictionary = JSON.parse(readFileSync(join(csv, 'columns.json'), 'utf8')) as {
    tables: { name: string; columns: { name: string }[] }[];
  };
  for (const { name, rows, file } of tables) {
    const typed = await parquetReadObjects({ file: new Uint8Array(readFileSync(file)).buffer });
    expect(typed, name).toHaveLength(rows);
    const { data, errors } = papaparse.parse<Record<string, string>>(readFileSync(join(csv, `${name}.csv`), 'utf8'), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data, name).toHaveLength(rows);
    const columns = dictionary.tables.find((table) => table.name === name)!.columns.map((column) => column.name);
    for (const column of columns) {
      const plain = (value: unknown) => (value === null ? '' : String(value));
      expect(
        data.map((row) => row[column]),
        `${name}.${column}`,
      ).toEqual(typed.map((row) => plain(row[column])));
    }
  }
});

it('writes only the tables that are asked for', { timeout: 60_000 }, async () => {
  const out = join(folder.path, 'some');
  const run = await runCommand('export', DEMOS[0]!, '--out', out, '--tables', 'events', 'ego');
  expect(run.exitCode, run.stderr).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['columns.json', 'ego.csv', 'events.csv']);
});

it('refuses what it cannot do, and replaces nothing unasked', { timeout: 60_000 }, async () => {
  const out = join(folder.path, 'kept');
  const first = await runCommand('export', DEMOS[0]!, '--out', out, '--tables', 'drives');
  expect(first.exitCode, first.stderr).toBe(0);
  const before = readFileSync(join(out, 'drives.csv'), 'utf8');
  const [again, unknown, missing, forced] = await Promise.all([
    runCommand('export', DEMOS[1]!, '--out', out, '--tables', 'drives'),
    runCommand('export', DEMOS[0]!, '--out', join(folder.path, 'x'), '--tables', 'lanes'),
    runCommand('export', 'nosuch.mcap', '--out', join(folder.path, 'y')),
    runCommand('export', DEMOS[1]!, '--out', join(folder.path, 'z'), '--format', 'hdf5'),
  ]);
  expect([again, unknown, missing, forced].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
  expect(again.stderr).toContain('exists');
  expect(unknown.stderr).toContain('drives, ego, commands, traffic, events, features');
  expect(missing.stderr).toContain('nosuch.mcap');
  expect(forced.stderr).toContain('csv, parquet');
  expect(readFileSync(join(out, 'drives.csv'), 'utf8')).toBe(before);
});
