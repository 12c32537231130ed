import { FILTER_REASONS } from '../../../irl/candidates/refusal.ts';
import { featureSpec } from '../../rewards/featureGroups.ts';
import { element } from '../../shell/element.ts';
import { formatFigure } from '../../shell/formatQuantity.ts';
import { identifierWords } from '../../shell/wording.ts';
import type { DecisionRecord } from './decisionRecord.ts';

/** Features that are shown: those that separate the two motions most. */
const MOST_SHOWN = 6;

/** Says why the agent chose what it chose. */
export interface WhyPanel {
  readonly element: HTMLElement;
  show(decision: DecisionRecord | null): void;
}

export function createWhyPanel(): WhyPanel {
  const content = element('div', { class: 'why__content' });
  const root = element(
    'section',
    { class: 'why', data: { testid: 'why' }, attributes: { 'aria-label': 'Why the agent drives like this' } },
    element('h3', { text: 'Why' }),
    content,
  );
  let shown: DecisionRecord | null | undefined;
  return {
    element: root,
    show(decision) {
      if (decision === shown) return;
      shown = decision;
      root.hidden = decision === null;
      if (decision) content.replaceChildren(...explain(decision));
    },
  };
}

function explain(decision: DecisionRecord): HTMLElement[] {
  const { choice, alternative, features } = decision;
  const refused = element('p', { class: 'why__refused', text: refusalText(decision) });
  if (!choice) {
    return [element('p', { class: 'why__choice', text: 'No motion is allowed: minimum-risk manoeuvre.' }), refused];
  }
  const head = element(
    'p',
    { class: 'why__choice' },
    'Chose ',
    element('strong', { text: choice.title }),
    ...(alternative ? [' over ', element('span', { class: 'why__other', text: alternative.title })] : []),
  );
  if (!alternative) return [head, element('p', { class: 'why__refused', text: 'Nothing else is allowed.' }), refused];
  const differences = features
    .map((name, f) => ({ name, gain: choice.contributions[f]! - alternative.contributions[f]! }))
    .sort((a, b) => Math.abs(b.gain) - Math.abs(a.gain))
    .slice(0, MOST_SHOWN);
  const largest = Math.max(...differences.map(({ gain }) => Math.abs(gain)), 1e-9);
  const list = element('ul', { class: 'why__list' });
  for (const { name, gain } of differences) {
    const bar = element('span', { class: `why__bar group-${featureSpec(name)?.group ?? 'speed'}` });
    const width = (Math.abs(gain) / largest) * 50;
    bar.style.width = `${width}%`;
    bar.style.left = `${gain < 0 ? 50 - width : 50}%`;
    list.append(
      element(
        'li',
        {},
        element('span', {
          class: 'why__name',
          text: identifierWords(name),
          attributes: { title: featureSpec(name)?.formula ?? '' },
        }),
        element('span', { class: 'why__track', attributes: { 'aria-hidden': 'true' } }, bar),
        element('span', { class: 'why__gain', text: signed(gain) }),
      ),
    );
  }
  const total = choice.reward - alternative.reward;
  return [head, list, element('p', { class: 'why__total', text: `All features together: ${signed(total)}` }), refused];
}

function refusalText({ refusals, count }: DecisionRecord): string {
  const told = FILTER_REASONS.map((reason, code) => ({ reason, refused: code === 0 ? 0 : refusals[code]! }))
    .filter(({ refused }) => refused > 0)
    .map(({ reason, refused }) => `${refused} ${reason}`);
  return told.length === 0 ? `${count} motions weighed.` : `${count} motions weighed; refused: ${told.join(', ')}.`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${formatFigure(value)}`;
}
