/** One measured figure of a validation page, with the band it has to stay in. */
export interface MeasuredCheck {
  readonly name: string;
  readonly value: number;
  /** '1' for a ratio, '' for a count or where the name has it; neither is shown. */
  readonly unit: string;
  /** Band, both ends included. */
  readonly low: number;
  readonly high: number;
  /** What the band rests on. */
  readonly basis: string;
}

/** Whether the figure is in its band. */
export function isInBand({ value, low, high }: MeasuredCheck): boolean {
  return value >= low && value <= high;
}

/** The rows of a Markdown table. */
export function checkTable(checks: readonly MeasuredCheck[]): string {
  const rows = checks.map((check) => {
    const verdict = isInBand(check) ? 'yes' : '**no**';
    const unit = check.unit === '1' || check.unit === '' ? '' : ` ${check.unit}`;
    return `| ${check.name} | ${shown(check.value)}${unit} | ${shown(check.low)} to ${shown(check.high)} | ${verdict} | ${check.basis} |`;
  });
  return ['| what | measured | band | in it | basis of the band |', '|---|---|---|---|---|', ...rows].join('\n');
}

/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->` of a page. @throws Error when the marks are missing
 */
export function fillMarked(page: string, name: string, content: string): string {
  const open = `<!-- ${name} -->`;
  const close = `<!-- /${name} -->`;
  const from = page.indexOf(open);
  const to = page.indexOf(close);
  if (from < 0 || to < from) throw new Error(`page has no "${open} ... ${close}"`);
  return `${page.slice(0, from + open.length)}\n${content}\n${page.slice(to)}`;
}

function shown(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(1);
}
