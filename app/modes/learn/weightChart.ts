import type { LearnedTerm } from '../../../irl/learn/learner.ts';
import { byGroup, featureSpec } from '../../rewards/featureGroups.ts';
import { svgElement } from '../../shell/element.ts';
import { formatFigure } from '../../shell/formatQuantity.ts';
import { identifierWords } from '../../shell/wording.ts';

const WIDTH = 640;
const ROW = 24;
const GROUP_GAP = 14;
const TOP = 22;
const NAME_END = 262;
const AXIS_FROM = 274;
const AXIS_TO = 530;
const VALUE_FROM = 542;
/** Intervals that reach further than this times the largest weight are cut off, with an arrow. */
const LONGEST_INTERVAL = 2.2;

/**
 * Bar chart of standardised weights by group with 95 % intervals. Every bar has its figures as text beside it.
 * Weights that could not be learned are shown as such instead of as a bar.
 */
export function createWeightChart(terms: readonly LearnedTerm[]): SVGSVGElement {
  const groups = byGroup(terms);
  const height = TOP + groups.reduce((sum, [, members]) => sum + members.length * ROW + GROUP_GAP, 0);
  const svg = svgElement('svg', {
    class: 'weight-chart',
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: 'img',
    'aria-label': 'Learned weights of the standardised features with 95 percent intervals',
    'data-testid': 'weight-chart',
  });
  const learned = terms.filter((term) => term.fixedBecause === '');
  const largestWeight = Math.max(1e-9, ...learned.map((term) => Math.abs(term.weight)));
  const reach = Math.min(
    LONGEST_INTERVAL * largestWeight,
    Math.max(largestWeight, ...learned.flatMap((term) => term.interval.map(Math.abs))),
  );
  const x = (weight: number) =>
    AXIS_FROM + ((Math.min(Math.max(weight, -reach), reach) + reach) / (2 * reach)) * (AXIS_TO - AXIS_FROM);

  svg.append(
    text('dislikes', AXIS_FROM, 12, 'start', 'weight-chart__faint'),
    text('likes', AXIS_TO, 12, 'end', 'weight-chart__faint'),
    svgElement('line', { x1: x(0), x2: x(0), y1: TOP - 4, y2: height - GROUP_GAP, class: 'weight-chart__zero' }),
  );
  let y = TOP;
  for (const [group, members] of groups) {
    for (const [k, term] of members.entries()) {
      const middle = y + ROW / 2;
      const row = svgElement('g', { 'data-feature': term.name, class: `group-${group}` });
      row.append(svgElement('title', {}, describe(term)));
      if (k === 0) row.append(text(group, 0, middle, 'start', 'weight-chart__group'));
      row.append(text(identifierWords(term.name), NAME_END, middle, 'end', 'weight-chart__name'));
      if (term.fixedBecause === '') drawTerm(row, term, middle, x, reach);
      else row.append(text('not excited by these drives', x(0) + 8, middle, 'start', 'weight-chart__faint'));
      svg.append(row);
      y += ROW;
    }
    y += GROUP_GAP;
  }
  return svg;
}

function drawTerm(row: SVGGElement, term: LearnedTerm, y: number, x: (weight: number) => number, reach: number): void {
  const from = x(Math.min(0, term.weight));
  const to = x(Math.max(0, term.weight));
  const [low, high] = term.interval;
  row.append(
    svgElement('rect', {
      x: from,
      y: y - 6,
      width: Math.max(to - from, 1),
      height: 12,
      rx: 2,
      class: 'weight-chart__bar',
    }),
    svgElement('line', { x1: x(low), x2: x(high), y1: y, y2: y, class: 'weight-chart__interval' }),
    text(
      `${formatFigure(term.weight)} ± ${formatFigure((high - low) / 2)}`,
      VALUE_FROM,
      y,
      'start',
      'weight-chart__value',
    ),
  );
  for (const [end, sign] of [
    [low, -1],
    [high, 1],
  ] as const) {
    const at = x(end);
    const isCut = Math.abs(end) > reach;
    row.append(
      isCut
        ? svgElement('path', {
            d: `M${at - sign * 5} ${y - 4}L${at} ${y}L${at - sign * 5} ${y + 4}`,
            class: 'weight-chart__interval',
          })
        : svgElement('line', { x1: at, x2: at, y1: y - 4, y2: y + 4, class: 'weight-chart__interval' }),
    );
  }
}

function describe(term: LearnedTerm): string {
  const spec = featureSpec(term.name);
  const formula = spec ? ` ${spec.formula}.` : '';
  if (term.fixedBecause !== '') return `${identifierWords(term.name)}: ${term.fixedBecause}.${formula}`;
  const [low, high] = term.interval.map(formatFigure);
  return `${identifierWords(term.name)}: weight ${formatFigure(term.weight)}, 95 % between ${low} and ${high}.${formula}`;
}

function text(content: string, x: number, y: number, anchor: 'start' | 'end', className: string): SVGTextElement {
  return svgElement('text', { x, y, 'text-anchor': anchor, 'dominant-baseline': 'central', class: className }, content);
}
