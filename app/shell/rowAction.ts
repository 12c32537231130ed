import { element } from './element.ts';
import type { Toasts } from './toasts.ts';

/** What can be done with a row of a list. */
export interface RowAction {
  readonly label: string;
  readonly hint: string;
  readonly testid: string;
  run(): void | Promise<void>;
}

/** The small button of an action; a failure is told. */
export function createRowAction(toasts: Toasts, { label, hint, testid, run }: RowAction): HTMLButtonElement {
  return element('button', {
    class: 'button button--quiet button--small',
    text: label,
    attributes: { type: 'button', title: hint },
    data: { testid },
    on: {
      click: () => {
        // A run that throws at once fails like one that rejects.
        void (async () => run())().catch((error: unknown) => toasts.fail(`${label} failed`, error));
      },
    },
  });
}
