import { element } from './element.ts';

/** What the card's buttons do. */
export interface WelcomeActions {
  readonly onDrive: () => void;
  readonly onWatch: () => void;
}

/** The first thing a new visitor reads. */
export interface WelcomeCard {
  readonly element: HTMLElement;
  /** Says what moves behind the card. */
  setCaption(text: string): void;
  /** Says what is being waited for; the buttons rest. */
  setBusy(text: string): void;
}

export function createWelcomeCard({ onDrive, onWatch }: WelcomeActions): WelcomeCard {
  const button = (text: string, run: () => void, testid: string, primary: boolean) =>
    element('button', {
      class: `button button--large${primary ? ' button--primary' : ''}`,
      text,
      attributes: { type: 'button' },
      data: { testid },
      on: { click: run },
    });
  const buttons = [
    button('Drive', onDrive, 'welcome-drive', true),
    button('Watch a demo', onWatch, 'welcome-watch', false),
  ];
  const caption = element('p', { class: 'welcome__caption', attributes: { role: 'status' } });
  return {
    element: element(
      'section',
      { class: 'welcome', data: { testid: 'welcome' }, attributes: { 'aria-labelledby': 'welcome-title' } },
      element('h2', { text: 'Drive. It learns. Watch it drive like you.', attributes: { id: 'welcome-title' } }),
      element('p', {
        text: 'Drive the highway for a minute or two. Understudy learns from the recording what you care about – speed, lane, distance, comfort – and an agent then drives any scenario that way, beside your ghost.',
      }),
      element('div', { class: 'card__actions' }, ...buttons),
      caption,
    ),
    setCaption(text) {
      caption.textContent = text;
    },
    setBusy(text) {
      caption.textContent = text;
      for (const each of buttons) each.disabled = true;
    },
  };
}
