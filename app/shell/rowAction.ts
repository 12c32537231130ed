import { element } from './element.ts';
import type { Toasts } from './toasts.ts';

/** What can be done with a row of a list. */
export interface RowAction {
  readonly label: string;
  readonly hint: string;
  readonly testid: string;
  run(): void | Promise<void>;
}

/**
 * The small button of an action. It waits for the action's end before it takes another press; a failure is told.
 * @param rowName id of the element that names the row
 */
export function createRowAction(
  toasts: Toasts,
  { label, hint, testid, run }: RowAction,
  rowName: string,
): HTMLButtonElement {
  const act = async () => {
    button.disabled = true;
    try {
      await run();
    } catch (error) {
      toasts.fail(`${label} failed`, error);
    } finally {
      button.disabled = false;
    }
  };
  const button = element('button', {
    class: 'button button--quiet button--small',
    text: label,
    attributes: { type: 'button', title: hint, 'aria-describedby': rowName },
    data: { testid },
    on: { click: () => void act() },
  });
  return button;
}
