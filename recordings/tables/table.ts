import type { Recording } from '../recording.ts';

/** A recording and what its rows are called by. */
export interface NamedRecording {
  /** Tells it from the others, such as the path of its file. */
  readonly name: string;
  readonly recording: Recording;
}

/** A value of a table; null where there is none. */
export type TableValue = number | string | null;

/** What a column holds. */
export interface ColumnSpec {
  /** camelCase, as everywhere in the project. */
  readonly name: string;
  /** SI; empty for names, numbers of things and flags. */
  readonly unit: string;
  readonly description: string;
  readonly kind: 'integer' | 'real' | 'text';
}

/** A tidy table: one observation a row, one quantity a column (Wickham 2014). */
export interface TableSpec {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ColumnSpec[];
  /** Adds the rows of one drive: one value a column, in their order. */
  addRows(drive: NamedRecording, add: (...row: readonly TableValue[]) => void): void;
}

/** Rows of a table, column by column. */
export interface TableRows {
  readonly count: number;
  /** Values of each column, in the order of the table's. Shape: [columns][count]. */
  readonly values: readonly (readonly TableValue[])[];
}

/**
 * The rows of one drive.
 * @throws RangeError naming table, drive and column when a row has another length than there are columns, or a number
 * is not finite
 */
export function rowsOf({ name, columns, addRows }: TableSpec, drive: NamedRecording): TableRows {
  const values: TableValue[][] = columns.map(() => []);
  let count = 0;
  addRows(drive, (...row) => {
    const where = `table ${name}, drive ${drive.name}, row ${count}`;
    if (row.length !== columns.length) {
      throw new RangeError(`${where}: ${row.length} values; expected ${columns.length}`);
    }
    for (const [i, value] of row.entries()) {
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new RangeError(`${where}, column ${columns[i]!.name}: ${value}; expected a finite number or null`);
      }
      values[i]!.push(value);
    }
    count += 1;
  });
  return { count, values };
}
