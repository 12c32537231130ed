import { element } from './element.ts';

/** A panel over the scene. */
export interface Panel {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
}

/**
 * Makes a panel with a title and a body that scrolls.
 * @param side where it docks
 */
export function createPanel(title: string, side: 'left' | 'right' | 'wide', testid: string): Panel {
  const heading = element('h2', { text: title, attributes: { id: `${testid}-title` } });
  const body = element('div', { class: 'panel__body' });
  const root = element(
    'section',
    {
      class: `panel panel--${side}`,
      data: { testid },
      attributes: { 'aria-labelledby': `${testid}-title` },
    },
    element('header', { class: 'panel__header' }, heading),
    body,
  );
  return { element: root, body };
}
