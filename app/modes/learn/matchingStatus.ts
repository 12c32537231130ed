import type { ClosedLoopReport } from '../../../irl/learn/learner.ts';
import type { MatchingRound } from '../../../irl/learn/learningProgress.ts';
import type { LearningSummary } from '../../../irl/learn/learnReward.ts';
import { element } from '../../shell/element.ts';
import { formatFigure } from '../../shell/formatQuantity.ts';
import { identifierWords } from '../../shell/wording.ts';
import { createGapChart } from './gapChart.ts';

/** Says how far the agent's own driving is from the person's, while that is being learned. */
export interface MatchingStatus {
  readonly element: HTMLElement;
  /** @param share of the rollouts of all rounds that have been driven, 0..1 */
  progress(share: number): void;
  round(round: MatchingRound): void;
  /** The person has had enough, and the worker does not know yet. */
  stopping(): void;
}

/** The status while the agent is being matched. */
export function createMatchingStatus(onStop: () => void): MatchingStatus {
  const bar = element('progress', {
    class: 'progress',
    attributes: { max: 1, value: 0, 'aria-label': 'Progress of matching' },
  });
  const text = element('p', {
    class: 'matching__text',
    text: 'Round 1: the agent drives on from moments of these drives.',
    attributes: { role: 'status' },
    data: { testid: 'matching-text' },
  });
  const chart = element('div', { class: 'matching__chart' });
  const stop = element('button', {
    class: 'button',
    text: 'Stop, keep the best',
    attributes: { type: 'button' },
    data: { testid: 'stop-matching' },
    on: { click: onStop },
  });
  const rounds: MatchingRound[] = [];
  const root = block('going-on', 'Ready to watch; the agent is still being matched.', [text, chart, bar], stop);
  return {
    element: root,
    progress(share) {
      bar.value = share;
    },
    round(round) {
      rounds.push(round);
      text.textContent = roundText(round);
      chart.replaceChildren(createGapChart(rounds));
    },
    stopping() {
      stop.disabled = true;
      text.textContent = 'Stopping with the best so far…';
    },
  };
}

/** The status after learning; null where nothing was to be matched. */
export function matchingOutcome({ closedLoop, insteadOf }: LearningSummary): HTMLElement | null {
  if (insteadOf) {
    const text = element('p', {
      class: 'matching__text',
      text: `These are the weights of maximum entropy: ${insteadOf.because}.`,
      data: { testid: 'matching-text' },
    });
    return block('left-out', 'The agent itself was not matched.', [text]);
  }
  if (!closedLoop) return null;
  const [kind, heading] = isFar(closedLoop) ? FAR : OUTCOMES[closedLoop.ended];
  const text = element('p', {
    class: 'matching__text',
    text: outcomeText(closedLoop),
    data: { testid: 'matching-text' },
  });
  return block(kind, heading, [text]);
}

const OUTCOMES: Readonly<Record<ClosedLoopReport['ended'], readonly [kind: string, heading: string]>> = {
  matched: ['matched', 'The agent drives like the driver of these drives.'],
  'within-noise': ['matched', 'The agent drives like the driver, as far as this much driving can tell.'],
  mixed: ['matched', 'Several agents by turns drive like the driver; no single one does.'],
  'no-progress': ['apart', 'The agent comes close to the driver, but does not match.'],
  budget: ['apart', 'The agent comes close to the driver, but does not match.'],
  stopped: ['stopped', 'Stopped: the best so far is kept.'],
};

const FAR = ['apart', 'The agent does not drive like the driver.'] as const;
/** Largest gap that still is close, in tolerances. */
const CLOSE = 3;

/** Whether the search ended with a gap that nobody would call close. */
function isFar({ ended, tolerance, gaps, mixture }: ClosedLoopReport): boolean {
  const open = ended === 'no-progress' || ended === 'budget';
  return open && (mixture?.gaps ?? gaps).some(({ gap }) => Math.abs(gap) > CLOSE * tolerance);
}

function outcomeText({ starts, rounds, tolerance, gaps: single, ended, mixture }: ClosedLoopReport): string {
  const gaps = mixture?.gaps ?? single;
  const driven = `${rounds === 1 ? '1 round' : `${rounds} rounds`} of ${starts} drives of 5 s`;
  const largest = gaps.reduce((most, one) => (Math.abs(one.gap) > Math.abs(most.gap) ? one : most));
  const first = gaps.reduce((most, one) => Math.max(most, Math.abs(one.atStart)), 0);
  const last = Math.abs(largest.gap);
  const moved = rounds > 1 ? `, ${formatFigure(first)} at first` : '';
  const chance = ended === 'within-noise' ? ' Chance explains what is left.' : '';
  const unmoved = gaps.filter(({ why }) => why !== '' && why !== 'noise').map(({ name }) => identifierWords(name));
  const mixed =
    mixture === undefined || mixture.agents < 2
      ? ''
      : ` The reward holds ${mixture.agents} agents, one of which is drawn for each drive.`;
  const still = ended === 'stopped' ? 'Still open' : 'What would not close';
  const left = unmoved.length > 0 ? ` ${still}: ${unmoved.join(', ')}.` : '';
  return `After ${driven} the largest gap to the driver is ${formatFigure(last)} (${identifierWords(largest.name)}${moved}); ${tolerance} counts as matched.${chance}${left}${mixed}`;
}

function roundText({ round, rounds, largestGap, feature, tolerance }: MatchingRound): string {
  return `Round ${round} of at most ${rounds}: largest gap ${formatFigure(largestGap)} in ${identifierWords(feature)}; ${tolerance} counts as matched.`;
}

function block(kind: string, heading: string, content: readonly HTMLElement[], action?: HTMLElement): HTMLElement {
  return element(
    'section',
    { class: `matching matching--${kind}`, data: { testid: 'matching', matching: kind } },
    element('div', { class: 'matching__words' }, element('h3', { text: heading }), ...content),
    action ?? null,
  );
}
