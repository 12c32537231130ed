import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import papaparse from 'papaparse';
import { describe, expect, it } from 'vitest';
import {
  type ColumnSpec,
  rowsOf,
  type TableRows,
  type TableSpec,
  type TableValue,
} from '../../../../recordings/tables/table.ts';
import { PARQUET_COLUMNS_KEY, TABLE_FORMATS, type TableFormat } from '../../../../recordings/tables/tableFormats.ts';
import { syntheticRecording } from '../syntheticRecording.ts';

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

/** Rows in parts of so many. */
function* parts(rows: typeof ROWS, size: number): Iterable<TableRows> {
  for (let from = 0; from < rows.length; from += size) {
    const some = rows.slice(from, from + size);
    yield { count: some.length, values: COLUMNS.map((_, i) => some.map((row) => row[i]!)) };
  }
}

/** The bytes of a file with the rows. */
function fileOf({ write }: TableFormat, rows: typeof ROWS, size = 4): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...write(COLUMNS, parts(rows, size))]));
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

describe.each(TABLE_FORMATS)('$name', (format) => {
  const { name, summary } = format;
  it('is described', () => expect(summary.length).toBeGreaterThan(20));

  it('reads back as it was, with what is missing, foreign letters and every digit', async () => {
    const back = await READERS[name]!(fileOf(format, ROWS));
    expect(back).toEqual(ROWS.map(([drive, seed, speed]) => ({ drive: drive || null, seed, speed })));
  });

  it('takes the rows of one part before it asks for the next, and loses none in between', async () => {
    const many = Array.from({ length: 3 * 70_000 }, (_, k) => [`drive ${k % 7}`, k, k / 8] as const);
    const back = await READERS[name]!(fileOf(format, many, 70_000));
    expect(back).toHaveLength(many.length);
    expect([back[0], back[69_999], back[70_000], back.at(-1)].map((row) => row!['seed'])).toEqual([
      0, 69_999, 70_000, 209_999,
    ]);
  });

  it('writes a table without rows, so that readers find its columns', async () => {
    const bytes = fileOf(format, []);
    expect(await READERS[name]!(bytes)).toEqual([]);
    if (name === 'csv') expect(new TextDecoder().decode(bytes)).toBe('drive,seed,speed\n');
  });
});

it('Parquet says what its columns are, with units and types', () => {
  const bytes = fileOf(TABLE_FORMATS.find(({ name }) => name === 'parquet')!, ROWS);
  const { key_value_metadata, schema } = parquetMetadata(bytes.buffer);
  const told = key_value_metadata?.find(({ key }) => key === PARQUET_COLUMNS_KEY)?.value;
  expect(JSON.parse(told!)).toEqual(COLUMNS.map(({ kind: _, ...column }) => column));
  expect(schema.slice(1).map(({ type }) => type)).toEqual(['BYTE_ARRAY', 'INT64', 'DOUBLE']);
});

it('refuses rows that do not fit and numbers that are none, and says where', () => {
  const drive = { name: 'ada.mcap', recording: syntheticRecording({ ticks: 10, vehicles: 1 }) };
  const table = (...row: TableValue[]): TableSpec => ({
    name: 'sample',
    description: 'for tests',
    columns: COLUMNS,
    addRows: (_, add) => add(...row),
  });
  expect(() => rowsOf(table('a', 1), drive)).toThrow('table sample, drive ada.mcap, row 0: 2 values; expected 3');
  expect(() => rowsOf(table('a', 1, Number.NaN), drive)).toThrow(
    'table sample, drive ada.mcap, row 0, column speed: NaN; expected a finite number or null',
  );
});
