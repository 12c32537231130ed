/** Any typed array that serves as a column. */
export type Column = Float64Array | Int32Array | Int16Array | Int8Array | Uint8Array;

/** The typed arrays among the values of a struct of arrays, in the order they were declared. */
export function columnsOf(struct: object): Column[] {
  return Object.values(struct).filter((value): value is Column => ArrayBuffer.isView(value));
}

/** Moves row `from` over row `to` in every column of `capacity` rows; a row may be several numbers. */
export function moveRow(columns: readonly Column[], capacity: number, from: number, to: number): void {
  for (const column of columns) {
    const width = column.length / capacity;
    column.copyWithin(to * width, from * width, (from + 1) * width);
  }
}

/** Copies the first rows of a set of columns to one block and back: one allocation, whatever their number. */
export interface RowCopier {
  /** The first `count` rows. */
  copy(count: number): Uint8Array;
  /** Writes back what `copy(count)` of columns of the same layout gave. */
  restore(rows: Uint8Array, count: number): void;
}

/** A copier for columns of `capacity` rows each. */
export function createRowCopier(columns: readonly Column[], capacity: number): RowCopier {
  const bytes = columns.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const widths = bytes.map(({ length }) => length / capacity);
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  return {
    copy(count) {
      const rows = new Uint8Array(count * rowBytes);
      let at = 0;
      for (let k = 0; k < bytes.length; k++) {
        rows.set(bytes[k]!.subarray(0, count * widths[k]!), at);
        at += count * widths[k]!;
      }
      return rows;
    },
    restore(rows, count) {
      let at = 0;
      for (let k = 0; k < bytes.length; k++) {
        const end = at + count * widths[k]!;
        bytes[k]!.set(rows.subarray(at, end));
        at = end;
      }
    },
  };
}
