import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import papaparse from 'papaparse';
import type { ColumnSpec, TableRows, TableValue } from './table.ts';

/** A way to write tables to files. */
export interface TableFormat {
  readonly name: 'csv' | 'parquet';
  readonly summary: string;
  /** The bytes of a file, piece by piece: rows are taken as they are needed, so that never all are in memory. */
  write(columns: readonly ColumnSpec[], parts: Iterable<TableRows>): Iterable<Uint8Array>;
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

const LINE_END = { newline: '\n' } as const;
/** Lines that are made into one text: the longest text of an engine is some hundred times as long. */
const LINES_AT_ONCE = 20_000;

function* writeCsv(columns: readonly ColumnSpec[], parts: Iterable<TableRows>): Iterable<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${papaparse.unparse([columns.map(({ name }) => name)], LINE_END)}\n`);
  for (const { count, values } of parts) {
    for (let from = 0; from < count; from += LINES_AT_ONCE) {
      const lines = Math.min(LINES_AT_ONCE, count - from);
      const rows = Array.from({ length: lines }, (_, row) => values.map((column) => column[from + row]!));
      yield encoder.encode(`${papaparse.unparse(rows, LINE_END)}\n`);
    }
  }
}

const PARQUET_TYPES = { integer: 'INT64', real: 'DOUBLE', text: 'STRING' } as const;
/** Rows of a row group: what is gathered in memory before it is compressed. */
const ROW_GROUP = 100_000;

function* writeParquet(columns: readonly ColumnSpec[], parts: Iterable<TableRows>): Iterable<Uint8Array> {
  const told = columns.map(({ name, unit, description }) => ({ name, unit, description }));
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({
      columnData: columns.map(({ name, kind }) => ({ name, type: PARQUET_TYPES[kind], nullable: true, data: [] })),
    }),
    kvMetadata: [{ key: PARQUET_COLUMNS_KEY, value: JSON.stringify(told) }],
  });
  let gathered: (TableValue | bigint)[][] = columns.map(() => []);
  const writeGroup = () => {
    if (gathered[0]!.length === 0) return;
    parquet.write({
      columnData: columns.map(({ name }, i) => ({ name, data: gathered[i]! })),
      rowGroupSize: gathered[0]!.length,
    });
    gathered = columns.map(() => []);
  };
  for (const { values } of parts) {
    for (const [i, { kind }] of columns.entries()) {
      for (const value of values[i]!) gathered[i]!.push(kind === 'integer' && value !== null ? BigInt(value) : value);
    }
    if (gathered[0]!.length >= ROW_GROUP) writeGroup();
  }
  writeGroup();
  parquet.finish();
  yield writer.getBytes();
}
