import { KEY_TABLE, type KeyBinding, type KeyContext } from '../keyTable.ts';
import { element } from './element.ts';

const SECTIONS: readonly { readonly title: string; readonly contexts: readonly KeyContext[] }[] = [
  { title: 'At the wheel', contexts: ['driving', 'takeover'] },
  { title: 'Watch and Tune', contexts: ['playback'] },
  { title: 'Everywhere', contexts: ['setup', 'learn'] },
];

/** The list of keys, printed from the key table; a native dialog, so Esc closes it and the focus stays inside. */
export function createHelpOverlay(): { readonly element: HTMLDialogElement; toggle(): void } {
  const close = element('button', {
    class: 'button button--quiet button--icon',
    text: '✕',
    attributes: { type: 'button', 'aria-label': 'Close' },
  });
  const dialog = element(
    'dialog',
    { class: 'help', attributes: { 'aria-labelledby': 'help-title' }, data: { testid: 'help' } },
    element(
      'header',
      { class: 'panel__header' },
      element('h2', { text: 'Keys', attributes: { id: 'help-title' } }),
      close,
    ),
    element('div', { class: 'help__sections' }, ...helpSections()),
    element('p', {
      class: 'help__note',
      text: 'A gamepad or steering wheel is used as soon as it is moved. Keys are left alone while you type in a field.',
    }),
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return {
    element: dialog,
    toggle() {
      if (dialog.open) dialog.close();
      else dialog.showModal();
    },
  };
}

function helpSections(): HTMLElement[] {
  const told = new Set<KeyBinding>();
  return SECTIONS.map(({ title, contexts }) => {
    const rows = KEY_TABLE.filter(
      (binding) => binding.caps.length > 0 && !told.has(binding) && binding.contexts.some((c) => contexts.includes(c)),
    );
    for (const row of rows) told.add(row);
    const list = element('dl', { class: 'help__keys' });
    for (const { caps, text } of rows) {
      const keys = element('dt');
      for (const cap of caps) keys.append(element('kbd', { class: 'key', text: cap }), ' ');
      list.append(keys, element('dd', { text }));
    }
    return element('section', {}, element('h3', { text: title }), list);
  });
}
