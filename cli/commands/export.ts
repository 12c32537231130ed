import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { featureTable } from '../../irl/features/featureTable.ts';
import { RECORDING_TABLES } from '../../recordings/tables/recordingTables.ts';
import { type NamedRecording, rowsOf, type TableSpec } from '../../recordings/tables/table.ts';
import { TABLE_FORMATS } from '../../recordings/tables/tableFormats.ts';
import type { CommandConsole } from '../commandConsole.ts';
import { expandPaths } from '../inputFiles.ts';
import { loadRecordings, RECOVER_OPTION } from '../loadRecording.ts';
import { createOutputFiles } from '../outputFiles.ts';
import { textTable } from '../textTable.ts';

const TABLE_NAMES = ['drives', 'ego', 'commands', 'traffic', 'events', 'features'] as const;
/** What the columns of all tables are. */
const DICTIONARY = 'columns.json';

interface ExportOptions {
  readonly out: string;
  readonly format: (typeof TABLE_FORMATS)[number]['name'];
  readonly tables: readonly string[];
  readonly recover?: boolean;
  readonly force?: boolean;
}

/** `understudy export`. */
export function defineExport(command: Command, out: CommandConsole): void {
  command
    .description('Write recordings as tables for other programs: tidy, in SI units, all drives in the same files.')
    .argument('<files...>', 'recordings (.mcap), or folders of them')
    .requiredOption(
      '--out <folder>',
      'where the tables go: one file a table, and columns.json, which says what is in them',
    )
    .addOption(
      new Option('--format <name>', TABLE_FORMATS.map(({ name, summary }) => `${name}: ${summary}`).join('; '))
        .choices(TABLE_FORMATS.map(({ name }) => name))
        .default('csv'),
    )
    .addOption(
      new Option('--tables <names...>', 'only these tables').choices(TABLE_NAMES).default([...TABLE_NAMES], 'all'),
    )
    .option(...RECOVER_OPTION)
    .option('--force', 'replace files that exist')
    .action((paths: string[], options: ExportOptions) => exportTables(paths, options, out));
}

function exportTables(paths: readonly string[], options: ExportOptions, out: CommandConsole): void {
  const format = TABLE_FORMATS.find(({ name }) => name === options.format)!;
  const wanted = TABLE_NAMES.filter((name) => options.tables.includes(name));
  const fileOf = (name: string) => join(options.out, `${name}.${format.name}`);
  const dictionary = join(options.out, DICTIONARY);
  const files = createOutputFiles(options.force ?? false);
  for (const path of [...wanted.map(fileOf), dictionary]) files.claim(path);
  const drives = loadRecordings(expandPaths(paths, '.mcap'), options.recover ?? false, out).map(
    ({ path, recording }): NamedRecording => ({ name: path, recording }),
  );
  const recorded = RECORDING_TABLES.filter(({ name }) => (wanted as readonly string[]).includes(name));
  const tables = wanted.includes('features') ? [...recorded, featureTable(drives)] : recorded;
  const progress = out.progress('tables', tables.length * drives.length);
  let done = 0;
  const results: { readonly name: string; readonly file: string; readonly rows: number; readonly columns: number }[] =
    [];
  try {
    for (const table of tables) {
      const { name, columns } = table;
      let rows = 0;
      const parts = function* () {
        for (const drive of drives) {
          const part = rowsOf(table, drive);
          rows += part.count;
          yield part;
          progress.update(++done, 'drives');
        }
      };
      files.write(fileOf(name), format.write(columns, parts()));
      results.push({ name, file: fileOf(name), rows, columns: columns.length });
    }
    progress.end();
    files.write(dictionary, `${JSON.stringify({ tables: tables.map(dictionaryEntry) }, null, 2)}\n`);
    files.commit();
  } finally {
    files.abandon();
  }
  const text = textTable(
    [
      { heading: 'table' },
      { heading: 'rows', align: 'right' },
      { heading: 'columns', align: 'right' },
      { heading: 'file' },
    ],
    results.map(({ name, rows, columns, file }) => [name, String(rows), String(columns), file]),
  );
  out.result(
    { drives: drives.length, format: format.name, tables: results, columns: dictionary },
    `${text}\n\nwhat the columns are: ${dictionary}`,
  );
}

function dictionaryEntry({ name, description, columns }: TableSpec) {
  return { name, description, columns: columns.map(({ name, unit, description }) => ({ name, unit, description })) };
}
