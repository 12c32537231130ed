/** One column of a table: its heading, and on which side its cells line up (text left, numbers right). */
export interface TableColumn {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table as lines of text, columns two spaces apart.
 * @param rows cells as text. Shape: [rows][columns]
 */
export function textTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ heading }, i) => Math.max(heading.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => (align === 'right' ? cells[i]!.padStart(widths[i]!) : cells[i]!.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  const headings = line(columns.map(({ heading }) => heading));
  return [headings, line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Pairs of name and value, one a line, values lined up. */
export function textPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
