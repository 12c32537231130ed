import { TICK_S } from '../../sim/core/time.ts';
import type { AppContext } from '../shell/appContext.ts';
import { element } from '../shell/element.ts';
import { formatBytes, formatDuration, formatMoment } from '../shell/formatQuantity.ts';
import { createOpenFilesButton } from '../shell/openFiles.ts';
import { createRowAction, type RowAction } from '../shell/rowAction.ts';
import { saveFile } from '../shell/saveFile.ts';
import { recoverDrive } from './offerUnfinished.ts';
import type { ShelfEntry } from './recordingShelf.ts';

export interface RecordingListOptions {
  /** Whether each row has a checkbox, as for learning. */
  readonly selectable: boolean;
  /** Ids that are checked at the start. */
  readonly selected?: readonly string[];
  /** Told after every change of the selection. */
  readonly onSelect?: (ids: readonly string[]) => void;
}

/** The list of recordings with what can be done with each. */
export interface RecordingList {
  readonly element: HTMLElement;
  readonly selected: readonly string[];
  dispose(): void;
}

/** Makes the list; it follows the shelf until it is disposed of. */
export function createRecordingList(context: AppContext, options: RecordingListOptions): RecordingList {
  const { recordings } = context;
  const selected = new Set(options.selected ?? []);
  const list = element('ul', { class: 'recordings', data: { testid: 'recording-list' } });
  const empty = element('p', {
    class: 'recordings__empty',
    text: 'Nothing recorded yet. Start a drive, or open a recording (.mcap).',
  });
  const root = element('div', { class: 'recordings-box' }, list, empty, createOpenFilesButton(context));

  const onCheck = (id: string, checked: boolean) => {
    if (checked) selected.add(id);
    else selected.delete(id);
    options.onSelect?.([...selected]);
  };
  const render = () => {
    const entries = recordings.entries.filter((entry) => entry.finished || !options.selectable);
    for (const id of selected) if (!entries.some((entry) => entry.id === id)) selected.delete(id);
    empty.hidden = entries.length > 0;
    list.replaceChildren(
      ...entries.map((entry) =>
        recordingRow(context, entry, options.selectable ? { checked: selected.has(entry.id), onCheck } : null),
      ),
    );
  };
  render();
  const stop = recordings.onChange(render);

  return {
    element: root,
    get selected() {
      return [...selected];
    },
    dispose: stop,
  };
}

interface RowSelection {
  readonly checked: boolean;
  onCheck(id: string, checked: boolean): void;
}

function recordingRow(context: AppContext, entry: ShelfEntry, selection: RowSelection | null): HTMLElement {
  const { id, driverLabel, driverName, scenarioId } = entry;
  const heading = element('span', {
    class: 'recording__name',
    text: driverName || 'anonymous',
    attributes: { id: `name-${id}` },
  });
  const chip = element('span', { class: `chip chip--${driverLabel}`, text: driverLabel });
  const facts = [
    ...(entry.durationS > 0 ? [formatDuration(entry.durationS)] : []),
    ...(entry.bytes > 0 ? [formatBytes(entry.bytes)] : []),
    recordedWhen(entry),
    ...(entry.branchTick === undefined ? [] : [rewoundTo(entry.branchTick)]),
  ];
  const text = element(
    'div',
    { class: 'recording__text' },
    element('div', { class: 'recording__head' }, heading, chip),
    element('code', { class: 'recording__scenario', text: scenarioId }),
    element('span', { class: 'recording__facts', text: facts.join(' · ') }),
    ...entry.warnings.map((warning) => element('p', { class: 'recording__warning', text: `⚠ ${warning}` })),
    entry.finished
      ? null
      : element('p', {
          class: 'recording__warning',
          text: '⚠ The page was closed during this drive; what was saved can be used.',
        }),
  );
  const row = element('li', { class: 'recording', data: { testid: 'recording', recording: id, label: driverLabel } });
  if (selection) {
    const box = element('input', {
      class: 'recording__check',
      attributes: {
        type: 'checkbox',
        id: `pick-${id}`,
        checked: selection.checked,
        'aria-label': `Learn from ${driverName}`,
      },
      on: { change: () => selection.onCheck(id, box.checked) },
    });
    const label = element('label', { class: 'recording__pick', attributes: { for: `pick-${id}` } }, text);
    row.append(box, label);
  } else {
    row.append(text, rowActions(context, entry));
  }
  return row;
}

function rowActions(context: AppContext, entry: ShelfEntry): HTMLElement {
  const { recordings, toasts, navigate } = context;
  const recover: RowAction = {
    label: 'Recover',
    hint: 'Make a recording of what was saved',
    testid: 'recover-recording',
    run: () => recoverDrive(context, entry.id),
  };
  const remove: RowAction = {
    label: 'Delete',
    hint: 'Delete from this browser',
    testid: 'delete-recording',
    async run() {
      const restore = await recordings.remove(entry.id);
      toasts.tell(`Deleted the drive of ${entry.driverName || 'anonymous'} in ${entry.scenarioId}.`, {
        label: 'Undo',
        run: () => void restore().catch((error: unknown) => toasts.fail('The drive could not be brought back', error)),
      });
    },
  };
  const use: readonly RowAction[] = [
    {
      label: 'Watch',
      hint: 'An agent drives the same scenario beside this drive',
      testid: 'watch-recording',
      run: () => navigate({ mode: 'watch', recording: entry.id }),
    },
    {
      label: 'Learn',
      hint: 'Learn a reward from this drive',
      testid: 'learn-recording',
      run: () => navigate({ mode: 'learn', recording: entry.id }),
    },
    {
      label: 'Download',
      hint: 'Save as .mcap',
      testid: 'download-recording',
      run: async () => saveFile(await recordings.bytes(entry.id), entry.name, 'application/octet-stream'),
    },
  ];
  const actions = [...(entry.finished ? use : [recover]), ...(entry.origin === 'kept' ? [remove] : [])];
  return element(
    'div',
    { class: 'recording__actions' },
    ...actions.map((action) => createRowAction(toasts, action, `name-${entry.id}`)),
  );
}

/** Tells what was driven after a rewind from the drive it was rewound in. */
export function rewoundTo(branchTick: number): string {
  return `rewound to ${formatDuration(branchTick * TICK_S, true)}`;
}

/** When a recording was made, in the words of the list. */
export function recordedWhen(entry: ShelfEntry): string {
  if (entry.origin === 'bundled') return 'bundled';
  return formatMoment(entry.startedAt) ?? 'date unknown';
}
