import { element } from './element.ts';

/** Messages that come and go without stopping anything. */
export interface Toasts {
  readonly element: HTMLElement;
  /** Something happened. @param action offered beside the text, such as an undo */
  tell(text: string, action?: ToastAction): void;
  /** Something waits for an answer; stays until it is answered or closed. */
  ask(text: string, action: ToastAction): void;
  /**
   * Something failed; stays until it is closed, or the page is full of newer messages.
   * @param error its message is shown after `what`
   */
  fail(what: string, error?: unknown): void;
}

export interface ToastAction {
  readonly label: string;
  run(): void;
}

const SHOWN_MS = 6000;
/** Messages from which the oldest note, or else the oldest failure, makes room for a new one. */
const MOST_SHOWN = 4;

/** Makes the corner where messages appear; plain ones are announced politely, failures at once. */
export function createToasts(): Toasts {
  const root = element('div', { class: 'toasts', data: { testid: 'toasts' } });

  const show = (kind: 'note' | 'question' | 'failure', text: string, action?: ToastAction): void => {
    const close = element('button', {
      class: 'button button--quiet button--icon',
      text: '✕',
      attributes: { type: 'button', 'aria-label': 'Dismiss' },
    });
    const toast = element(
      'div',
      {
        class: `toast toast--${kind}`,
        data: { testid: 'toast' },
        attributes: { role: kind === 'failure' ? 'alert' : 'status' },
      },
      element('p', { text }),
    );
    const remove = () => toast.remove();
    if (action) {
      const button = element('button', { class: 'button', text: action.label, attributes: { type: 'button' } });
      button.addEventListener('click', () => {
        remove();
        action.run();
      });
      toast.append(button);
    }
    close.addEventListener('click', remove);
    toast.append(close);
    if (kind === 'failure') {
      // The same failure again stands once.
      for (const shown of root.querySelectorAll('.toast--failure')) {
        if (shown.querySelector('p')?.textContent === text) shown.remove();
      }
    }
    root.append(toast);
    const before = (kind: 'note' | 'failure') =>
      [...root.querySelectorAll(`.toast--${kind}`)].find((shown) => shown !== toast);
    while (root.childElementCount > MOST_SHOWN) {
      const oldest = before('note') ?? before('failure');
      if (!oldest) break;
      oldest.remove();
    }
    if (kind === 'note') setTimeout(remove, action ? SHOWN_MS * 1.5 : SHOWN_MS);
  };

  return {
    element: root,
    tell: (text, action) => show('note', text, action),
    ask: (text, action) => show('question', text, action),
    fail(what, error) {
      const reason = error instanceof Error ? error.message : error === undefined ? '' : String(error);
      show('failure', reason === '' ? what : what === '' ? reason : `${what}: ${reason}`);
    },
  };
}
