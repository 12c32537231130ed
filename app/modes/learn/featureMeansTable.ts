import type { LearnedTerm } from '../../../irl/learn/learner.ts';
import { byGroup, featureSpec } from '../../rewards/featureGroups.ts';
import { element } from '../../shell/element.ts';
import { formatFigure } from '../../shell/formatQuantity.ts';
import { identifierWords } from '../../shell/wording.ts';

/**
 * Table of mean feature values of the person and of what was learned, with a pair of bars in each row.
 * @param learned whose values are beside the person's: the agent's, as it drove, or the model's, as it chooses
 */
export function createFeatureMeansTable(terms: readonly LearnedTerm[], learned: 'Agent' | 'Model'): HTMLTableElement {
  const body = element('tbody');
  for (const [group, members] of byGroup(terms)) {
    for (const [k, term] of members.entries()) {
      const spec = featureSpec(term.name);
      const unit = spec && spec.unit !== '1' ? ` [${spec.unit}]` : '';
      body.append(
        element(
          'tr',
          { class: k === 0 ? 'means__first' : '', data: { feature: term.name } },
          element('th', {
            text: `${identifierWords(term.name)}${unit}`,
            attributes: { scope: 'row', title: spec?.formula ?? '' },
          }),
          element('td', { class: `means__bars group-${group}` }, bars(term)),
          element('td', { class: 'means__figure', text: formatFigure(term.personMean) }),
          element('td', { class: 'means__figure', text: formatFigure(term.modelMean) }),
        ),
      );
    }
  }
  return element(
    'table',
    { class: 'means', data: { testid: 'feature-means' } },
    element('caption', {
      class: 'visually-hidden',
      text: `Mean feature values of the person and of the learned ${learned.toLowerCase()}`,
    }),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { text: 'Feature', attributes: { scope: 'col' } }),
        element('th', { attributes: { scope: 'col' } }, element('span', { class: 'visually-hidden', text: 'Bars' })),
        element('th', { class: 'means__figure means__person', text: 'Person', attributes: { scope: 'col' } }),
        element('th', { class: 'means__figure means__model', text: learned, attributes: { scope: 'col' } }),
      ),
    ),
    body,
  );
}

/** Two bars on the scale of the longer one, or of the feature's spread where both are negligible against it. */
function bars(term: LearnedTerm): HTMLElement {
  const largest = Math.max(Math.abs(term.personMean), Math.abs(term.modelMean), term.scale);
  const bar = (value: number, name: string) => {
    const node = element('span', { class: `means__bar means__bar--${name}` });
    node.style.width = `${(Math.abs(value) / largest) * 100}%`;
    return node;
  };
  return element(
    'span',
    { class: 'means__pair', attributes: { 'aria-hidden': 'true' } },
    bar(term.personMean, 'person'),
    bar(term.modelMean, 'model'),
  );
}
