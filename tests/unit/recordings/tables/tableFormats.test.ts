import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import papaparse from 'papaparse';
import { describe, expect, it } from 'vitest';
import {
  type ColumnSpec,
  createTableBuilder,
  type Table,
  type TableValue,
} from '../../../../recordings/tables/table.ts';
import { PARQUET_COLUMNS_KEY, TABLE_FORMATS } from '../../../../recordings/tables/tableFormats.ts';

const COLUMNS: readonly ColumnSpec[] = [
  { name: 'drive', unit: '', description: 'a name', kind: 'text' },
  { name: 'seed', unit: '', description: 'larger than 32 bits', kind: 'integer' },
  { name: 'speed', unit: 'm/s', description: 'a speed', kind: 'real' },
];
const ROWS: readonly (readonly [string | null, number | null, number | null])[] = [
  ['plain', 1, 0.1],
  ['with "quotes", commas', -3, -27.5],
  ['and a\nline break', 0xffffffff, 1e-7],
  ['Zürich · ü', 0, 123456.789012345],
  [null, null, null],
  ['', 2, 0],
];

function tableOf(rows: typeof ROWS): Table {
  const table = createTableBuilder('sample', 'for tests', COLUMNS);
  for (const row of rows) table.add(...row);
  return table.build();
}

/** Reads a file back with a reader of its own for each format: rows as objects. */
const READERS: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => Promise<Record<string, TableValue>[]>>> = {
  async csv(bytes) {
    const { data, errors } = papaparse.parse<Record<string, string>>(new TextDecoder().decode(bytes), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    // What is missing and an empty text are the same in CSV.
    return data.map((row) => ({
      drive: row['drive']! || null,
      seed: row['seed'] === '' ? null : Number(row['seed']),
      speed: row['speed'] === '' ? null : Number(row['speed']),
    }));
  },
  async parquet(bytes) {
    const rows = await parquetReadObjects({ file: bytes.buffer });
    return rows.map((row) => ({
      drive: row['drive'] || null,
      seed: row['seed'] === null ? null : Number(row['seed']),
      speed: row['speed'],
    }));
  },
};

describe.each(TABLE_FORMATS)('$name', ({ name, summary, write }) => {
  it('is described', () => expect(summary.length).toBeGreaterThan(20));

  it('reads back as it was, with what is missing, foreign letters and every digit', async () => {
    const back = await READERS[name]!(write(tableOf(ROWS)));
    expect(back).toEqual(ROWS.map(([drive, seed, speed]) => ({ drive: drive || null, seed, speed })));
  });

  it('writes a table without rows, so that readers find its columns', async () => {
    const bytes = write(tableOf([]));
    expect(await READERS[name]!(bytes)).toEqual([]);
    if (name === 'csv') expect(new TextDecoder().decode(bytes)).toBe('drive,seed,speed\n');
  });
});

it('Parquet says what its columns are, with units and types', () => {
  const bytes = TABLE_FORMATS.find(({ name }) => name === 'parquet')!.write(tableOf(ROWS));
  const { key_value_metadata, schema } = parquetMetadata(bytes.buffer);
  const told = key_value_metadata?.find(({ key }) => key === PARQUET_COLUMNS_KEY)?.value;
  expect(JSON.parse(told!)).toEqual(COLUMNS.map(({ kind: _, ...column }) => column));
  expect(schema.slice(1).map(({ type }) => type)).toEqual(['BYTE_ARRAY', 'INT64', 'DOUBLE']);
});

it('refuses rows that do not fit and numbers that are none', () => {
  const table = createTableBuilder('sample', 'for tests', COLUMNS);
  expect(() => table.add('a', 1)).toThrow('table sample: a row of 2 values; expected 3');
  expect(() => table.add('a', 1, Number.NaN)).toThrow('table sample, column speed: NaN; expected a finite number');
});
