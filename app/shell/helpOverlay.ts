import { KEY_TABLE, type KeyBinding } from '../keyTable.ts';
import { element } from './element.ts';

const SECTIONS = ['At the wheel', 'Watch and Tune', 'Drive, Watch and Tune', 'Everywhere'] as const;

function sectionOf({ contexts }: KeyBinding): (typeof SECTIONS)[number] {
  if (contexts.includes('learn')) return 'Everywhere';
  if (!contexts.includes('playback')) return 'At the wheel';
  return contexts.includes('driving') ? 'Drive, Watch and Tune' : 'Watch and Tune';
}

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
      text: 'A gamepad or steering wheel is used as soon as it is moved; Back (Select) on a gamepad rewinds. Keys are left alone while you type in a field.',
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
  return SECTIONS.map((title) => {
    const list = element('dl', { class: 'help__keys' });
    for (const binding of KEY_TABLE) {
      if (binding.caps.length === 0 || sectionOf(binding) !== title) continue;
      const keys = element('dt');
      for (const cap of binding.caps) keys.append(element('kbd', { class: 'key', text: cap }), ' ');
      list.append(keys, element('dd', { text: binding.text }));
    }
    return element('section', {}, element('h3', { text: title }), list);
  });
}
