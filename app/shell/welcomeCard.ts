import { element } from './element.ts';

/** What the card needs to know of the drive behind it. */
export interface WelcomeOptions {
  /** Such as `A scripted driver ("calm") in dense@1#1`. */
  readonly caption: string;
  readonly onDrive: () => void;
  readonly onWatch: () => void;
}

/** The first thing a new visitor reads. */
export function createWelcomeCard({ caption, onDrive, onWatch }: WelcomeOptions): HTMLElement {
  const button = (text: string, run: () => void, testid: string, primary: boolean) =>
    element('button', {
      class: `button button--large${primary ? ' button--primary' : ''}`,
      text,
      attributes: { type: 'button' },
      data: { testid },
      on: { click: run },
    });
  return element(
    'section',
    { class: 'welcome', data: { testid: 'welcome' }, attributes: { 'aria-labelledby': 'welcome-title' } },
    element('h2', { text: 'Drive. It learns. Watch it drive like you.', attributes: { id: 'welcome-title' } }),
    element('p', {
      text: 'Drive the highway for a minute or two. Understudy learns from the recording what you care about – speed, lane, distance, comfort – and an agent then drives any scenario that way, beside your ghost.',
    }),
    element(
      'div',
      { class: 'card__actions' },
      button('Drive', onDrive, 'welcome-drive', true),
      button('Watch a demo', onWatch, 'welcome-watch', false),
    ),
    element('p', { class: 'welcome__caption', text: caption }),
  );
}
