/** One curve or cloud of a plot. */
export interface PlotSeries {
  readonly name: string;
  /** Points (x, y); non-finite ones are left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `dots` for scattered points, `dashed` for references. */
  readonly style?: 'line' | 'dashed' | 'dots';
}

/** What a figure shows. */
export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly PlotSeries[];
  /** Axis ranges; the data's own where absent. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
}

const COLOURS = ['#0b5c8f', '#b3480a', '#00664b', '#86406f', '#6b6f76', '#8a7400'] as const;
const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 66;
const RIGHT = 16;
const TOP = 40;
const BOTTOM = 52;

/** Draws an SVG; the same data gives the same bytes. */
export function linePlot(plot: LinePlot): string {
  const all = plot.series.flatMap((series) => series.points).filter(([x, y]) => Number.isFinite(x + y));
  const [x0, x1] = plot.xRange ?? widened(all.map(([x]) => x));
  const [y0, y1] = plot.yRange ?? widened(all.map(([, y]) => y));
  const px = (x: number) => LEFT + ((x - x0) / (x1 - x0)) * (WIDTH - LEFT - RIGHT);
  const py = (y: number) => HEIGHT - BOTTOM - ((y - y0) / (y1 - y0)) * (HEIGHT - TOP - BOTTOM);
  const grid = [
    ...ticksOf(x0, x1).map(
      (x) =>
        `<line x1="${n(px(x))}" y1="${TOP}" x2="${n(px(x))}" y2="${HEIGHT - BOTTOM}" class="g"/><text x="${n(px(x))}" y="${HEIGHT - BOTTOM + 17}" text-anchor="middle">${label(x)}</text>`,
    ),
    ...ticksOf(y0, y1).map(
      (y) =>
        `<line x1="${LEFT}" y1="${n(py(y))}" x2="${WIDTH - RIGHT}" y2="${n(py(y))}" class="g"/><text x="${LEFT - 8}" y="${n(py(y) + 4)}" text-anchor="end">${label(y)}</text>`,
    ),
  ];
  const drawn = plot.series.map((series, k) => drawSeries(series, COLOURS[k % COLOURS.length]!, px, py));
  const key = plot.series.map((series, k) => {
    const at = LEFT + 12 + (k % 3) * 182;
    const y = TOP + 14 + Math.floor(k / 3) * 16;
    return `<rect x="${at}" y="${y - 8}" width="12" height="8" fill="${COLOURS[k % COLOURS.length]}"/><text x="${at + 17}" y="${y}">${escaped(series.name)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">
<title>${escaped(plot.title)}</title>
<style>text{font:12px system-ui,"DejaVu Sans",sans-serif;fill:#1d2430}.t{font-size:14px;font-weight:650}.g{stroke:#dfe3e8}</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<clipPath id="c"><rect x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}"/></clipPath>
<text class="t" x="${LEFT}" y="24">${escaped(plot.title)}</text>
${grid.join('\n')}
<g clip-path="url(#c)">${drawn.join('\n')}</g>
<rect x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}" fill="none" stroke="#414a59"/>
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 14}" text-anchor="middle">${escaped(plot.x)}</text>
<text x="16" y="${(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(TOP + HEIGHT - BOTTOM) / 2})">${escaped(plot.y)}</text>
${key.join('\n')}
</svg>
`;
}

function drawSeries(
  { points, style = 'line' }: PlotSeries,
  colour: string,
  px: (x: number) => number,
  py: (y: number) => number,
): string {
  const shown = points.filter(([x, y]) => Number.isFinite(x + y));
  if (style === 'dots') {
    return shown.map(([x, y]) => `<circle cx="${n(px(x))}" cy="${n(py(y))}" r="2.2" fill="${colour}"/>`).join('');
  }
  const path = shown.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${n(px(x))} ${n(py(y))}`).join('');
  const dash = style === 'dashed' ? ' stroke-dasharray="5 4"' : '';
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.8"${dash}/>`;
}

function widened(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(high > low)) return [low - 1, low + 1];
  const margin = (high - low) * 0.06;
  return [low >= 0 && low < 0.3 * high ? 0 : low - margin, high + 2.5 * margin];
}

/** Round numbers across a range, about six. */
function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.push(k * step);
  return ticks;
}

function label(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function n(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
