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
export interface Table {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly ColumnSpec[];
  readonly rows: number;
  /** Values of each column, in the order of `columns`. Shape: [columns][rows]. */
  readonly values: readonly (readonly TableValue[])[];
}

/** A table that grows row by row. */
export interface TableBuilder {
  /** @param row one value a column, in their order */
  add(...row: readonly TableValue[]): void;
  /** The table so far; it goes on growing with the builder. */
  build(): Table;
}

/** @throws RangeError from `add` when a row has another length than there are columns, or a number is not finite */
export function createTableBuilder(name: string, description: string, columns: readonly ColumnSpec[]): TableBuilder {
  const values: TableValue[][] = columns.map(() => []);
  return {
    add(...row) {
      if (row.length !== columns.length) {
        throw new RangeError(`table ${name}: a row of ${row.length} values; expected ${columns.length}`);
      }
      for (const [i, value] of row.entries()) {
        if (typeof value === 'number' && !Number.isFinite(value)) {
          throw new RangeError(`table ${name}, column ${columns[i]!.name}: ${value}; expected a finite number or null`);
        }
        values[i]!.push(value);
      }
    },
    build: () => ({ name, description, columns, rows: values[0]?.length ?? 0, values }),
  };
}
