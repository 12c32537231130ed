import type { LearningMethod } from '../../../irl/learn/learnReward.ts';
import { createRecordingList, type RecordingList } from '../../recordings/recordingList.ts';
import { DEFAULT_LEARN_OPTIONS, type LearnOptions } from '../../rewards/rewardLearner.ts';
import { createRewardList } from '../../rewards/rewardList.ts';
import type { AppContext } from '../../shell/appContext.ts';
import { element } from '../../shell/element.ts';
import { formatDuration } from '../../shell/formatQuantity.ts';
import { createPanel } from '../../shell/panel.ts';

/** The panel in which drives and learner are chosen. */
export interface LearnSetup {
  readonly element: HTMLElement;
  readonly selected: readonly string[];
  readonly options: LearnOptions;
  /** Shows progress, 0..1 or null for unknown; `undefined` when nothing runs. */
  setProgress(share: number | null | undefined, text: string): void;
  /** While the agent is matched nothing else can be learned. */
  setMatching(matching: boolean): void;
  dispose(): void;
}

/** Without a method the default one is used, or maximum entropy where the agent cannot drive on from the recordings. */
const LEARNERS: readonly { readonly method: LearningMethod | undefined; readonly title: string }[] = [
  { method: undefined, title: 'Maximum entropy, agent matched' },
  { method: 'maxent', title: 'Maximum entropy only (seconds)' },
  { method: 'projection', title: 'Projection (Abbeel & Ng 2004, minutes)' },
  { method: 'huang2021', title: 'Huang et al. 2021 (published baseline)' },
];

export function createLearnSetup(
  context: AppContext,
  selected: readonly string[],
  onLearn: () => void,
  onCancel: () => void,
): LearnSetup {
  const panel = createPanel('Learn from drives', 'left', 'learn-setup');
  const total = element('p', { class: 'setup__hint' });
  const button = element('button', {
    class: 'button button--primary button--large',
    text: 'Learn',
    attributes: { type: 'button' },
    data: { testid: 'learn-start' },
    on: { click: onLearn },
  });
  const cancel = element('button', {
    class: 'button',
    text: 'Cancel',
    attributes: { type: 'button', hidden: true },
    data: { testid: 'learn-cancel' },
    on: { click: onCancel },
  });
  const bar = element('progress', { class: 'progress', attributes: { max: 1, 'aria-label': 'Progress of learning' } });
  const stage = element('p', { class: 'setup__hint', attributes: { role: 'status' } });
  const progress = element('div', { class: 'learn-progress', attributes: { hidden: true } }, bar, stage);

  const list: RecordingList = createRecordingList(context, {
    selectable: true,
    selected,
    onSelect: () => showTotal(),
  });
  let busy = false;
  let matching = false;
  const showTotal = () => {
    const chosen = list.selected.map((id) => context.recordings.find(id)).filter((entry) => entry !== undefined);
    const seconds = chosen.reduce((sum, entry) => sum + entry.durationS, 0);
    const drives = chosen.length === 1 ? '1 drive' : `${chosen.length} drives`;
    const choice = chosen.length === 0 ? 'Choose at least one drive.' : `${drives}, ${formatDuration(seconds)}`;
    total.textContent = matching ? 'Stop the matching to learn anew.' : choice;
    button.disabled = busy || matching || chosen.length === 0;
  };
  showTotal();
  const stop = context.recordings.onChange(showTotal);
  const fold = createAdvancedFold();

  const rewardList = createRewardList(context);
  panel.body.append(list.element, fold.element, rewardList.element);
  panel.element.append(element('footer', { class: 'panel__footer' }, total, progress, button, cancel));
  return {
    element: panel.element,
    get selected() {
      return list.selected;
    },
    get options() {
      return fold.options();
    },
    setProgress(share, text) {
      busy = share !== undefined;
      progress.hidden = !busy;
      cancel.hidden = !busy;
      button.hidden = busy;
      stage.textContent = text;
      if (typeof share === 'number') bar.value = share;
      else bar.removeAttribute('value');
      showTotal();
    },
    setMatching(on) {
      matching = on;
      showTotal();
    },
    dispose() {
      stop();
      list.dispose();
      rewardList.dispose();
    },
  };
}

/** Learner and its numbers, folded away: the defaults are right for most. */
function createAdvancedFold(): { readonly element: HTMLElement; options(): LearnOptions } {
  const learner = element(
    'select',
    { class: 'select', attributes: { id: 'learn-method' }, data: { testid: 'learn-method' } },
    ...LEARNERS.map(({ method, title }) => element('option', { text: title, attributes: { value: method ?? '' } })),
  );
  const number = (id: string, value: number | '', min: number, max: number, step: number) =>
    element('input', { class: 'input', attributes: { id, type: 'number', value, min, max, step } });
  const candidates = number('learn-candidates', '', 20, 1000, 10);
  candidates.placeholder = 'chosen by the number of scenes';
  const stride = number('learn-stride', '', 0.1, 5, 0.1);
  stride.placeholder = 'chosen by the length of the drives';
  const prior = number('learn-prior', '', 0.1, 100, 0.1);
  prior.placeholder = 'chosen by the drives';
  const seed = number('learn-seed', DEFAULT_LEARN_OPTIONS.seed, 0, 1e6, 1);
  const field = (label: string, input: HTMLElement) =>
    element('div', { class: 'field' }, element('label', { text: label, attributes: { for: input.id } }), input);
  const valid = (input: HTMLInputElement, name: string): number => {
    if (input.checkValidity() && input.value !== '') return input.valueAsNumber;
    throw new RangeError(`${name}: "${input.value}"; expected a number from ${input.min} to ${input.max}`);
  };
  const isLeftOpen = (input: HTMLInputElement) => input.disabled || (input.validity.valid && input.value === '');
  learner.addEventListener('change', () => {
    // The published method has 30 candidates and a prior of its own.
    for (const input of [candidates, prior]) input.disabled = learner.value === 'huang2021';
  });
  return {
    element: element(
      'details',
      { class: 'fold' },
      element('summary', { text: 'Advanced' }),
      element(
        'div',
        { class: 'fold__fields' },
        field('Learner', learner),
        field('Candidates a scene', candidates),
        field('Time between scenes [s]', stride),
        field('Prior spread of weights [1]', prior),
        field('Seed', seed),
      ),
    ),
    options() {
      const { method } = LEARNERS[learner.selectedIndex]!;
      return {
        ...(method === undefined ? {} : { method }),
        ...(isLeftOpen(candidates) ? {} : { candidates: Math.round(valid(candidates, 'Candidates a scene')) }),
        ...(isLeftOpen(stride) ? {} : { strideTicks: Math.round(valid(stride, 'Time between scenes') * 10) }),
        ...(isLeftOpen(prior) ? {} : { priorSd: valid(prior, 'Prior spread of weights') }),
        seed: Math.round(valid(seed, 'Seed')),
      };
    },
  };
}
