import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { TICK_S } from '../../sim/core/time.ts';
import { element, setText } from '../shell/element.ts';
import { type PlotSource, plotColumn, tickTimes } from './plotSeries.ts';

/** How one quantity is plotted. */
export interface TimePlotOptions {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  readonly ticks: number;
  /** Fixed range of the axis; fitted to the data where absent. */
  readonly range?: readonly [low: number, high: number];
  /** Plots with the same key share the hover line. */
  readonly syncKey: string;
  readonly onSeek: (timeS: number) => void;
}

/** A quantity of agent and ghost against time, with the time cursor. */
export interface TimePlot {
  readonly element: HTMLElement;
  /** Shows other data. @param head last simulated tick */
  setData(source: PlotSource, head: number): void;
  /** Moves the time cursor. */
  setTime(timeS: number): void;
  resize(): void;
  dispose(): void;
}

const AXIS_COLOUR = '#aab6c1';
const GRID_COLOUR = 'rgba(255,255,255,0.10)';

export function createTimePlot(options: TimePlotOptions): TimePlot {
  const { title, unit, digits, ticks, range, syncKey, onSeek } = options;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const agentValue = element('span', { class: 'plot__value plot__value--agent' });
  const ghostValue = element('span', { class: 'plot__value plot__value--ghost' });
  const area = element('div', { class: 'plot__area' });
  const line = element('div', { class: 'plot__time' });
  const root = element(
    'figure',
    { class: 'plot', data: { testid: `plot-${title.toLowerCase()}` } },
    element(
      'figcaption',
      { class: 'plot__head' },
      element('span', { class: 'plot__title', text: title, attributes: { title } }),
      element('span', { class: 'plot__unit', text: `[${unit}]` }),
      ghostValue,
      agentValue,
    ),
    area,
  );
  let source: PlotSource | null = null;
  let head = 0;
  let timeS = 0;
  /** Tick under the pointer, or null. */
  let hovered: number | null = null;

  const axis: uPlot.Axis = {
    stroke: AXIS_COLOUR,
    font: '11px system-ui, sans-serif',
    grid: { stroke: GRID_COLOUR, width: 1 },
    ticks: { show: false },
  };
  const plot = new uPlot(
    {
      width: 300,
      height: 96,
      padding: [6, 8, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: syncKey },
        y: false,
        points: { size: 6 },
        drag: { x: false, y: false },
      },
      scales: {
        x: { time: false },
        ...(range ? { y: { range: [range[0], range[1]] as [number, number] } } : {}),
      },
      axes: [
        { ...axis, size: 20, space: 60 },
        { ...axis, size: 34, space: 26 },
      ],
      series: [
        {},
        { label: 'Ghost', stroke: colour('--ghost'), width: 1.5, points: { show: false } },
        { label: 'Agent', stroke: colour('--ego'), width: 2, points: { show: false } },
      ],
      hooks: {
        setCursor: [
          (self: uPlot) => {
            hovered = self.cursor.idx ?? null;
            showValues();
          },
        ],
      },
    },
    [tickTimes(ticks), [], []],
    area,
  );
  plot.over.append(line);
  plot.over.addEventListener('click', (event) => onSeek(plot.posToVal(event.offsetX, 'x')));

  const showValues = () => {
    const tick = hovered ?? Math.round(timeS / TICK_S);
    const read = (values: Float64Array | null | undefined, last: number) => {
      const value = values && tick <= last ? (values[tick] ?? Number.NaN) : Number.NaN;
      if (Number.isNaN(value)) return '–';
      const figure = (value * source!.factor).toFixed(digits);
      // A small negative value rounds to -0.0.
      return Number(figure) === 0 ? figure.replace('-', '') : figure.replace('-', '−');
    };
    setText(agentValue, read(source?.agent, head));
    setText(ghostValue, source?.ghost ? read(source.ghost, source.ghost.length - 1) : '');
  };

  return {
    element: root,
    setData(next, simulated) {
      source = next;
      head = simulated;
      const ghost = next.ghost ? plotColumn(next.ghost, next.factor, ticks, next.ghost.length - 1) : [];
      plot.setData([tickTimes(ticks), ghost, plotColumn(next.agent, next.factor, ticks, simulated)]);
      showValues();
    },
    setTime(next) {
      timeS = next;
      line.style.transform = `translateX(${plot.valToPos(next, 'x')}px)`;
      if (hovered === null) showValues();
    },
    resize() {
      const { clientWidth, clientHeight } = area;
      if (clientWidth > 0 && clientHeight > 0) plot.setSize({ width: clientWidth, height: clientHeight });
    },
    dispose: () => plot.destroy(),
  };
}
