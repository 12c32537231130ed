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
