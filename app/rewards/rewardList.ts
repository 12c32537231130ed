import type { Reward } from '../../irl/features/reward.ts';
import type { AppContext } from '../shell/appContext.ts';
import { element, setText } from '../shell/element.ts';
import { formatMoment } from '../shell/formatQuantity.ts';
import { createRowAction, type RowAction } from '../shell/rowAction.ts';
import type { ShelfReward } from './rewardShelf.ts';
import { saveReward } from './saveReward.ts';

/** The rewards kept in this browser, folded away, with what can be done with each. */
export interface RewardList {
  readonly element: HTMLElement;
  dispose(): void;
}

/** One reward in the list. Its element stays, so that neither a name being typed nor a press is lost by a change. */
interface RewardRow {
  readonly element: HTMLElement;
  update(entry: ShelfReward): void;
}

/** Makes the list; it follows the shelf until it is disposed of, and is hidden while the shelf is empty. */
export function createRewardList(context: AppContext): RewardList {
  const { rewards } = context;
  const summary = element('summary');
  const list = element('ul', { class: 'recordings', data: { testid: 'reward-list' } });
  const root = element('details', { class: 'fold', data: { testid: 'kept-rewards' } }, summary, list);
  const rows = new Map<string, RewardRow>();
  const update = () => {
    const { entries } = rewards;
    root.hidden = entries.length === 0;
    setText(summary, `Rewards kept here (${entries.length})`);
    for (const [id, row] of rows) {
      if (rewards.find(id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    for (const [place, entry] of entries.entries()) {
      const row = rows.get(entry.id) ?? createRow(context, entry.id, summary);
      rows.set(entry.id, row);
      row.update(entry);
      const there = list.children[place] ?? null;
      if (there !== row.element) list.insertBefore(row.element, there);
    }
  };
  update();
  const stop = rewards.onChange(update);
  return { element: root, dispose: stop };
}

/** @param summary takes the focus when the last row goes */
function createRow({ rewards, toasts, navigate }: AppContext, id: string, summary: HTMLElement): RewardRow {
  const reward = () => rewards.find(id)!.reward;
  const name = element('span', { class: 'recording__name', attributes: { id: `name-${id}` } });
  const facts = element('span', { class: 'recording__facts' });
  const watch: RowAction = {
    label: 'Watch',
    hint: 'Let an agent drive by this reward',
    testid: 'watch-reward',
    run: () => navigate({ mode: 'watch', driver: id }),
  };
  const tune: RowAction = {
    label: 'Tune',
    hint: 'Trade safety against comfort and progress',
    testid: 'tune-reward',
    run: () => navigate({ mode: 'tune', driver: id }),
  };
  const save: RowAction = {
    label: 'Save',
    hint: 'Save as reward.json',
    testid: 'save-kept-reward',
    run: () => saveReward(reward()),
  };
  const rename: RowAction = {
    label: 'Rename',
    hint: 'Give it another name',
    testid: 'rename-reward',
    run: () =>
      editName(
        name,
        (next) => rewards.rename(id, next),
        () => renameButton.focus(),
      ),
  };
  const remove: RowAction = {
    label: 'Delete',
    hint: 'Delete from this browser',
    testid: 'delete-reward',
    run() {
      const next = root.nextElementSibling ?? root.previousElementSibling;
      const text = `Deleted the reward “${reward().name}”.`;
      toasts.tell(text, { label: 'Undo', run: rewards.remove(id) });
      (next?.querySelector<HTMLElement>('[data-testid=delete-reward]') ?? summary).focus();
    },
  };
  const button = (action: RowAction) => createRowAction(toasts, action, name.id);
  const renameButton = button(rename);
  const root = element(
    'li',
    { class: 'recording', data: { testid: 'reward', reward: id } },
    element('div', { class: 'recording__text' }, name, facts),
    element(
      'div',
      { class: 'recording__actions' },
      button(watch),
      button(tune),
      button(save),
      renameButton,
      button(remove),
    ),
  );
  return {
    element: root,
    update({ reward, addedAt }) {
      setText(name, reward.name);
      name.title = reward.name;
      setText(facts, rewardFacts(reward, addedAt));
    },
  };
}

/** By which learner, tuned or not, from how much, and when. */
function rewardFacts({ learner, mixture, fit }: Reward, addedAt: string): string {
  const facts = [
    learner.name,
    learner.options['tuned'] === true ? 'tuned' : null,
    mixture ? counted(mixture.length, 'agent') : null,
    counted(fit.scenes, 'scene'),
    formatMoment(addedAt),
  ];
  return facts.filter((fact) => fact !== null).join(' · ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/**
 * Puts a field in the place of a name until Enter, Esc or a click elsewhere; an empty name changes nothing.
 * @param onEndByKey told when the field that had the focus is gone
 */
function editName(name: HTMLElement, onName: (name: string) => void, onEndByKey: () => void): void {
  const old = name.textContent ?? '';
  let open = true;
  const end = (next: string) => {
    // Taking the field away is a loss of focus, too.
    if (!open) return;
    open = false;
    input.replaceWith(name);
    if (next !== '' && next !== old) onName(next);
  };
  const input = element('input', {
    class: 'input',
    attributes: { type: 'text', maxlength: 60, value: old, 'aria-label': 'Name of the reward' },
    data: { testid: 'reward-name' },
    on: {
      blur: () => end(input.value.trim()),
      keydown: (event) => {
        // These keys also end a word that an input method composes.
        if (event.isComposing || !['Enter', 'NumpadEnter', 'Escape'].includes(event.code)) return;
        event.preventDefault();
        end(event.code === 'Escape' ? old : input.value.trim());
        onEndByKey();
      },
    },
  });
  name.replaceWith(input);
  input.focus();
  input.select();
}
