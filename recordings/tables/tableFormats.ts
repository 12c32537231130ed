import { parquetWriteBuffer } from 'hyparquet-writer';
import papaparse from 'papaparse';
import type { ColumnSpec, Table, TableValue } from './table.ts';

/** A way to write tables to files. */
export interface TableFormat {
  readonly name: 'csv' | 'parquet';
  readonly summary: string;
  /** The bytes of a file. */
  write(table: Table): Uint8Array<ArrayBuffer>;
}

/** All formats. The ending of a file is the format's name. */
export const TABLE_FORMATS: readonly TableFormat[] = [
  {
    name: 'csv',
    summary: 'text with a header (RFC 4180, UTF-8, empty where there is no value), which everything reads',
    write: writeCsv,
  },
  {
    name: 'parquet',
    summary: 'a fraction of the size, typed, with units in the metadata; for pandas, polars and DuckDB',
    write: writeParquet,
  },
];

/** Key under which a Parquet file tells its columns: JSON, a list of name, unit and description. */
export const PARQUET_COLUMNS_KEY = 'understudy.columns';

function writeCsv({ columns, rows, values }: Table): Uint8Array<ArrayBuffer> {
  const head = columns.map(({ name }) => name);
  const lines = Array.from({ length: rows }, (_, row) => values.map((column) => column[row]!));
  return new TextEncoder().encode(`${papaparse.unparse([head, ...lines], { newline: '\n' })}\n`);
}

const PARQUET_TYPES = { integer: 'INT64', real: 'DOUBLE', text: 'STRING' } as const;

function writeParquet({ columns, values }: Table): Uint8Array<ArrayBuffer> {
  const told = columns.map(({ name, unit, description }) => ({ name, unit, description }));
  const buffer = parquetWriteBuffer({
    columnData: columns.map((column, i) => ({
      name: column.name,
      type: PARQUET_TYPES[column.kind],
      nullable: true,
      data: parquetValues(column, values[i]!),
    })),
    kvMetadata: [{ key: PARQUET_COLUMNS_KEY, value: JSON.stringify(told) }],
  });
  return new Uint8Array(buffer);
}

function parquetValues({ kind }: ColumnSpec, values: readonly TableValue[]): (TableValue | bigint)[] {
  return kind === 'integer' ? values.map((value) => (value === null ? null : BigInt(value))) : [...values];
}
