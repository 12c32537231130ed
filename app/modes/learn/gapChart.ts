import type { MatchingRound } from '../../../irl/learn/learningProgress.ts';
import { svgElement } from '../../shell/element.ts';
import { formatFigure } from '../../shell/formatQuantity.ts';
import { identifierWords } from '../../shell/wording.ts';

const HEIGHT = 40;
const STEP = 16;
const BAR = 11;
/** So many tolerances reach the top, or the largest gap where that is more. */
const REACH = 6;

/** A bar for each round, as high as its largest gap, and the tolerance as a line; rounds to come are left free. */
export function createGapChart(rounds: readonly MatchingRound[]): SVGSVGElement {
  const { rounds: most, tolerance } = rounds.at(-1)!;
  const width = most * STEP;
  // By the logarithm, so that gaps of any size show whether they get smaller.
  const height = (gap: number) => Math.log1p(gap / tolerance);
  const top = Math.max(height(REACH * tolerance), ...rounds.map(({ largestGap }) => height(largestGap)));
  const y = (gap: number) => HEIGHT - (height(gap) / top) * HEIGHT;
  const svg = svgElement('svg', {
    class: 'gap-chart',
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: 'img',
    'aria-label': `Largest gap of each round: ${rounds.map(({ largestGap }) => formatFigure(largestGap)).join(', ')}`,
    'data-testid': 'gap-chart',
  });
  for (const { round, largestGap, feature } of rounds) {
    const upper = Math.min(y(largestGap), HEIGHT - 1);
    svg.append(
      svgElement(
        'rect',
        {
          x: (round - 1) * STEP,
          y: upper,
          width: BAR,
          height: HEIGHT - upper,
          rx: 2,
          class: 'gap-chart__bar',
        },
        svgElement('title', {}, `Round ${round}: ${formatFigure(largestGap)}, ${identifierWords(feature)}`),
      ),
    );
  }
  svg.append(
    svgElement('line', { x1: 0, x2: width, y1: y(tolerance), y2: y(tolerance), class: 'gap-chart__tolerance' }),
  );
  return svg;
}
