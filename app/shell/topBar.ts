import { element, svgElement } from './element.ts';
import { MODES, type ModeId } from './route.ts';

const TITLES: Readonly<Record<ModeId, string>> = { drive: 'Drive', learn: 'Learn', watch: 'Watch', tune: 'Tune' };

/** Name, modes, and the way to the list of keys. */
export interface TopBar {
  readonly element: HTMLElement;
  select(mode: ModeId): void;
}

export function createTopBar(onMode: (mode: ModeId) => void, onHelp: () => void): TopBar {
  const tabs = new Map<ModeId, HTMLButtonElement>();
  const nav = element('nav', {
    class: 'tabs',
    attributes: { 'aria-label': 'Modes' },
    // A click with the mouse takes no focus, so that Enter goes on to start a drive.
    on: { mousedown: (event) => event.preventDefault() },
  });
  for (const mode of MODES) {
    const tab = element('button', {
      class: 'tabs__tab',
      text: TITLES[mode],
      attributes: { type: 'button' },
      data: { testid: `tab-${mode}` },
      on: { click: () => onMode(mode) },
    });
    tabs.set(mode, tab);
    nav.append(tab);
  }
  const help = element('button', {
    class: 'button button--icon top-bar__help',
    text: '?',
    attributes: { type: 'button', 'aria-label': 'Keys', title: 'Keys (?)' },
    data: { testid: 'help-button' },
    on: { click: onHelp },
  });
  return {
    element: element(
      'header',
      { class: 'top-bar' },
      element('h1', { class: 'top-bar__name' }, emblem(), 'Understudy'),
      nav,
      help,
    ),
    select(mode) {
      for (const [id, tab] of tabs) {
        if (id === mode) tab.setAttribute('aria-current', 'page');
        else tab.removeAttribute('aria-current');
      }
    },
  };
}

/** Two cars side by side: the one that drives and its ghost. */
function emblem(): SVGElement {
  const car = (x: number, y: number, colour: string) =>
    svgElement('rect', { x, y, width: 9, height: 17, rx: 3.2, fill: colour });
  const svg = svgElement('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  svg.append(car(4, 5, 'var(--ghost)'), car(11, 2, 'var(--ego)'));
  return svg;
}
