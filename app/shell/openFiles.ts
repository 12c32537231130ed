import type { AppContext } from './appContext.ts';
import { element } from './element.ts';
import { receiveFile } from './receiveFile.ts';

/** Takes files one by one. One that cannot be used is told of and does not keep the others out. */
export async function openFiles(context: AppContext, files: Iterable<File>): Promise<void> {
  for (const file of files) {
    try {
      await receiveFile(context, file);
    } catch (error) {
      // Errors of recordings begin with the file's name themselves.
      const reason = error instanceof Error ? error.message : String(error);
      const named = reason.startsWith(`${file.name}: `) ? reason : `${file.name}: ${reason}`;
      context.toasts.fail(named);
    }
  }
}

/** A button that lets recordings and rewards be chosen from this computer. */
export function createOpenFilesButton(context: AppContext): HTMLElement {
  const input = element('input', {
    attributes: { type: 'file', accept: '.mcap,.json', multiple: true, hidden: true, 'aria-label': 'Files to open' },
    data: { testid: 'open-files' },
    on: {
      change: () => {
        const files = [...(input.files ?? [])];
        // The same file chosen again is a change, too.
        input.value = '';
        void openFiles(context, files);
      },
    },
  });
  const button = element('button', {
    class: 'button button--small',
    text: 'Open files…',
    attributes: {
      type: 'button',
      title: 'Recordings (.mcap) and rewards (.json); they can be dropped on the page as well',
    },
    on: { click: () => input.click() },
  });
  return element('div', { class: 'open-files' }, button, input);
}
