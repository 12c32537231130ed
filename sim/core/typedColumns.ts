/** Any typed array that serves as a column. */
export type Column = Float64Array | Int32Array | Int16Array | Int8Array | Uint8Array;

/** The typed arrays among the values of a struct of arrays, in the order they were declared. */
export function columnsOf(struct: object): Column[] {
  return Object.values(struct).filter((value): value is Column => ArrayBuffer.isView(value));
}

/** Moves row `from` over row `to` in every column. */
export function moveRow(columns: readonly Column[], from: number, to: number): void {
  for (const column of columns) column[to] = column[from]!;
}
