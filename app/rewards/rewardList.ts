import type { Reward } from '../../irl/features/reward.ts';
import { formatReward } from '../../irl/learn/rewardFile.ts';
import type { AppContext } from '../shell/appContext.ts';
import { element } from '../shell/element.ts';
import { createRowAction, type RowAction } from '../shell/rowAction.ts';
import { saveFile } from '../shell/saveFile.ts';
import type { ShelfReward } from './rewardShelf.ts';

/** The rewards kept in this browser, folded away, with what can be done with each. */
export interface RewardList {
  readonly element: HTMLElement;
  dispose(): void;
}

/** Makes the list; it follows the shelf until it is disposed of, and is hidden while the shelf is empty. */
export function createRewardList(context: AppContext): RewardList {
  const { rewards } = context;
  const summary = element('summary');
  const list = element('ul', { class: 'recordings', data: { testid: 'reward-list' } });
  const root = element('details', { class: 'fold', data: { testid: 'kept-rewards' } }, summary, list);
  const render = () => {
    root.hidden = rewards.entries.length === 0;
    summary.textContent = `Rewards kept here (${rewards.entries.length})`;
    list.replaceChildren(...rewards.entries.map((entry) => rewardRow(context, entry)));
  };
  render();
  const stop = rewards.onChange(render);
  return { element: root, dispose: stop };
}

function rewardRow(context: AppContext, { id, reward, addedAt }: ShelfReward): HTMLElement {
  const { rewards, toasts, navigate } = context;
  const name = element('span', { class: 'recording__name', text: reward.name, attributes: { title: reward.name } });
  const actions: readonly RowAction[] = [
    {
      label: 'Watch',
      hint: 'Let an agent drive by this reward',
      testid: 'watch-reward',
      run: () => navigate({ mode: 'watch', driver: id }),
    },
    {
      label: 'Tune',
      hint: 'Trade safety against comfort and progress',
      testid: 'tune-reward',
      run: () => navigate({ mode: 'tune', driver: id }),
    },
    {
      label: 'Save',
      hint: 'Save as reward.json',
      testid: 'save-kept-reward',
      run: () => saveFile(formatReward(reward), `${reward.name}.reward.json`, 'application/json'),
    },
    {
      label: 'Rename',
      hint: 'Give it another name',
      testid: 'rename-reward',
      run: () => editName(name, (next) => rewards.rename(id, next)),
    },
    {
      label: 'Delete',
      hint: 'Delete from this browser',
      testid: 'delete-reward',
      run() {
        const restore = rewards.remove(id);
        toasts.tell(`Deleted the reward “${reward.name}”.`, { label: 'Undo', run: restore });
      },
    },
  ];
  return element(
    'li',
    { class: 'recording', data: { testid: 'reward', reward: id } },
    element(
      'div',
      { class: 'recording__text' },
      name,
      element('span', { class: 'recording__facts', text: rewardFacts(reward, addedAt) }),
    ),
    element('div', { class: 'recording__actions' }, ...actions.map((action) => createRowAction(toasts, action))),
  );
}

/** By which learner, tuned or not, from how much, and when. */
function rewardFacts({ learner, mixture, fit }: Reward, addedAt: string): string {
  const kept = new Date(addedAt);
  return [
    learner.name,
    ...(learner.options['tuned'] === true ? ['tuned'] : []),
    ...(mixture ? [`${mixture.length} agents`] : []),
    `${fit.scenes} scenes`,
    ...(Number.isNaN(kept.getTime())
      ? []
      : [kept.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })]),
  ].join(' · ');
}

/** Puts a field in the place of a name until Enter, Esc or a click elsewhere; an empty name changes nothing. */
function editName(name: HTMLElement, onName: (name: string) => void): void {
  const old = name.textContent ?? '';
  const input = element('input', {
    class: 'input',
    attributes: { type: 'text', maxlength: 60, value: old, 'aria-label': 'Name of the reward' },
    data: { testid: 'reward-name' },
    on: {
      blur: () => end(input.value.trim()),
      keydown: (event) => {
        if (event.code === 'Enter' || event.code === 'NumpadEnter') input.blur();
        else if (event.code === 'Escape') end(old);
        else return;
        event.preventDefault();
      },
    },
  });
  let open = true;
  const end = (next: string) => {
    if (!open) return;
    // Taking the field away is a loss of focus, too.
    open = false;
    input.replaceWith(name);
    if (next !== '' && next !== old) onName(next);
  };
  name.replaceWith(input);
  input.select();
}
