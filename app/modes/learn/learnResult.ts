import type { Reward } from '../../../irl/features/reward.ts';
import type { EnoughDriving } from '../../../irl/learn/enoughDriving.ts';
import { element } from '../../shell/element.ts';
import { formatFigure } from '../../shell/formatQuantity.ts';
import { identifierWords } from '../../shell/wording.ts';
import type { LearnAnswer } from '../../workers/learnInterface.ts';
import { createFeatureMeansTable } from './featureMeansTable.ts';
import { createWeightChart } from './weightChart.ts';

/** Under this many scenes the weights say little, and the result says so. */
const FEW_SCENES = 30;
/** More features than this are counted instead of named. */
const FEW_NAMES = 5;
/** Distance by which the candidate family may miss real driving (design, section 6) [m]. */
const PROJECTION_BOUND = 0.4;

/**
 * Shows what was learned: fit, warnings, weights, feature means, and what to do with it.
 * @param matching how the agent's own driving compares with the person's; null where it was not compared
 */
export function createLearnResult(
  answer: LearnAnswer,
  matching: HTMLElement | null,
  onWatch: () => void,
  onSave: () => void,
): HTMLElement {
  const { summary, terms, reward } = answer.result;
  const figures: [string, string, string][] = [
    ['Scenes', String(summary.scenes), 'windows of 5 s that were used'],
    ['Candidates', `${summary.candidatesPerScene}`, 'motions the person could have chosen, in each scene'],
    ['NLL', `${formatFigure(summary.nll)} nat`, 'mean negative log-likelihood of what the person did'],
    [
      'Projection',
      `${formatFigure(summary.projectionErrorP95)} m`,
      '95 % of the driving is at most this far from what the candidates can do',
    ],
    ['Gradient', summary.gradientNorm.toExponential(0), 'what is left of it: 0 is the best fit'],
    ['Took', `${answer.seconds.toFixed(1)} s`, 'in the worker'],
  ];
  const list = element('dl', { class: 'figures figures--six', data: { testid: 'fit-figures' } });
  for (const [name, value, hint] of figures) {
    list.append(
      element('div', { attributes: { title: hint } }, element('dt', { text: name }), element('dd', { text: value })),
    );
  }
  const warnings = warningsOf(answer);
  return element(
    'div',
    { class: 'learned', data: { testid: 'learn-result' } },
    element(
      'div',
      { class: 'card__actions learned__actions' },
      element('button', {
        class: 'button button--primary',
        text: 'Watch it drive',
        attributes: { type: 'button' },
        data: { testid: 'watch-learned' },
        on: { click: onWatch },
      }),
      element('button', {
        class: 'button',
        text: 'Save reward.json',
        attributes: { type: 'button' },
        data: { testid: 'save-reward' },
        on: { click: onSave },
      }),
    ),
    matching,
    list,
    element('p', { class: 'learned__note', text: sourcesText(reward.sources), data: { testid: 'learned-from' } }),
    ...(summary.enoughDriving === undefined ? [] : [enoughDrivingNote(summary.enoughDriving)]),
    ...(warnings.length > 0
      ? [
          element(
            'ul',
            { class: 'learned__warnings', data: { testid: 'learn-warnings' } },
            ...warnings.map((warning) => element('li', { text: warning })),
          ),
        ]
      : []),
    element('h3', { text: 'What it likes and dislikes' }),
    element('p', {
      class: 'learned__note',
      text: 'Weights of the features in units of their spread within a scene. Lines: 95 % intervals, checked by simulation; they do not include that the model itself may be wrong.',
    }),
    createWeightChart(terms),
    element('h3', {
      text: summary.closedLoop
        ? 'What the person does, and what the agent does'
        : 'What the person does, and what the model expects',
    }),
    element('p', {
      class: 'learned__note',
      text: summary.closedLoop
        ? 'Means over both drives as they were driven, with every jolt.'
        : 'Means over the motions weighed. The person’s is the nearest smooth one, so its jerk is less than that of the drive itself.',
    }),
    createFeatureMeansTable(terms, summary.closedLoop ? 'Agent' : 'Model'),
  );
}

/** Which drives were learned from; beyond a few they are counted. */
function sourcesText(sources: Reward['sources']): string {
  const names = sources
    .slice(0, FEW_NAMES)
    .map(({ driver, scenarioId }) => `${driver || 'anonymous'} in ${scenarioId}`);
  const more = sources.length > names.length ? ` and ${sources.length - names.length} more` : '';
  return `Learned from ${names.join(', ')}${more}.`;
}

const VERDICTS: Readonly<Record<EnoughDriving['verdict'], string>> = {
  enough: 'Enough driving for situations like these.',
  nearly: 'Nearly enough driving for situations like these.',
  'not yet': 'Not enough driving yet.',
};

function enoughDrivingNote({ verdict, evdBound95 }: EnoughDriving): HTMLElement {
  return element(
    'p',
    { class: 'learned__note', data: { testid: 'enough-driving' } },
    element('strong', { text: VERDICTS[verdict] }),
    ` With 95 % confidence, choosing by these weights loses at most ${(100 * evdBound95).toFixed(1)} % of the way from chance to the person's own best choices.`,
  );
}

function warningsOf({ result: { reward, summary, terms }, warnings }: LearnAnswer): string[] {
  const unexcited = terms.filter((term) => term.fixedBecause !== '');
  const { afterCollision = 0, handedOver = 0, standing = 0, offRoad = 0, shared = 0 } = summary.counts;
  const left: string[] = [];
  if (summary.scenes < FEW_SCENES) {
    left.push(`Only ${summary.scenes} scenes: drive a minute or two more, best in other scenarios.`);
  }
  if (unexcited.length > 0) {
    const names = unexcited.map((term) => identifierWords(term.name)).join(', ');
    left.push(
      `These drives say nothing about ${names}; ${unexcited.length === 1 ? 'its weight stays' : 'their weights stay'} 0.`,
    );
  }
  if (summary.projectionErrorP95 > PROJECTION_BOUND) {
    left.push(
      `The candidates miss this driving by ${formatFigure(summary.projectionErrorP95)} m (95th percentile); expected at most ${PROJECTION_BOUND} m.`,
    );
  }
  const skipped = [
    [afterCollision, 'after a collision'],
    [handedOver, 'driven by somebody else'],
    [standing, 'standing'],
    [offRoad, 'off the road'],
    [shared, 'before a rewind, in another of these drives as well'],
  ] as const;
  const told = skipped.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  if (told.length > 0) left.push(`Windows left out: ${told.join(', ')}.`);
  const { closedLoop, identifiability, unexpectedSigns = [] } = summary;
  const titles = (names: readonly string[]) => names.map(identifierWords).join(', ');
  if (identifiability && identifiability.undecided.length > 0) {
    const { undecided } = identifiability;
    const which = undecided.length > FEW_NAMES ? `${undecided.length} of ${terms.length} weights` : titles(undecided);
    left.push(`Hardly decided by these drives, so mostly assumed: ${which}.`);
  }
  if (unexpectedSigns.length > 0) {
    left.push(`Against expectation these drives clearly speak for the other sign of ${titles(unexpectedSigns)}.`);
  }
  const unknown = (closedLoop?.mixture?.gaps ?? closedLoop?.gaps ?? [])
    .filter(({ why }) => why === 'noise')
    .map(({ name }) => identifierWords(name));
  if (unknown.length > 0) {
    left.push(`Too little driving to tell whether the agent matches the person in ${unknown.join(', ')}.`);
  }
  if (identifiability?.driveNext) {
    const { family, why } = identifiability.driveNext;
    const driven = reward.sources.some(({ scenarioId }) => scenarioId.startsWith(`${family}@`));
    left.push(`To learn more, drive ${family}${driven ? ' again, with another seed' : ''}: ${why}.`);
  }
  return [...left, ...warnings];
}
