import { element, setText } from '../../shell/element.ts';
import type { RewindReason } from './rewindReason.ts';

/** What the prompt's buttons do. */
export interface RewindActions {
  readonly rewind: () => void;
  readonly restart: () => void;
}

/** What is said of going back: an offer, or, while the world stands after a rewind, that it goes on soon. */
export type RewindOffer =
  | { readonly kind: 'offer'; readonly reason: RewindReason; readonly gamepad: boolean }
  /** @property left share of the pause that is left, 0..1 */
  | { readonly kind: 'pause'; readonly left: number };

const TITLES: Readonly<Record<RewindReason, string>> = { contact: 'Contact', 'off-road': 'Off the road' };
const HINTS: Readonly<Record<RewindReason, string>> = {
  contact: 'What follows is recorded, but not learned from.',
  'off-road': 'Drive back onto the road, or go back in time.',
};

/** The lines above the instruments that offer to go back in time; hidden while there is nothing to say. */
export function createRewindPrompt(actions: RewindActions): {
  readonly element: HTMLElement;
  update(offer: RewindOffer | null): void;
} {
  const title = element('strong', { class: 'rewind__title' });
  const hint = element('span', { class: 'rewind__hint' });
  const rewindKey = element('kbd', { class: 'key key--on-accent', text: 'Backspace' });
  const button = (label: string, cap: HTMLElement, run: () => void, primary: boolean, testid: string) =>
    element(
      'button',
      {
        class: primary ? 'button button--primary button--small' : 'button button--small',
        attributes: { type: 'button', tabindex: -1 },
        data: { testid },
        // The focus stays with the road: Space must go on braking.
        on: { mousedown: (event) => event.preventDefault(), click: run },
      },
      `${label} `,
      cap,
    );
  const buttons = element(
    'div',
    { class: 'rewind__actions' },
    button('Rewind 5 s', rewindKey, actions.rewind, true, 'rewind'),
    button('Restart', element('kbd', { class: 'key', text: 'R' }), actions.restart, false, 'restart'),
  );
  const bar = element('span', { class: 'rewind__bar' });
  const root = element(
    'div',
    { class: 'rewind', data: { testid: 'rewind-prompt' }, attributes: { role: 'status', hidden: true } },
    element('div', { class: 'rewind__text' }, title, hint),
    buttons,
    bar,
  );
  return {
    element: root,
    update(offer) {
      root.hidden = offer === null;
      if (!offer) return;
      const paused = offer.kind === 'pause';
      root.dataset['kind'] = offer.kind;
      setText(title, paused ? 'Rewound' : TITLES[offer.reason]);
      setText(hint, paused ? 'Hold what you want to drive on with.' : HINTS[offer.reason]);
      buttons.hidden = paused;
      bar.hidden = !paused;
      if (paused) bar.style.setProperty('--left', offer.left.toFixed(3));
      else setText(rewindKey, offer.gamepad ? 'Back' : 'Backspace');
    },
  };
}
