import { element } from './element.ts';

/**
 * Lets files be dropped anywhere on the page.
 * @param onFiles called with what was dropped
 */
export function acceptDroppedFiles(window: Window, onFiles: (files: readonly File[]) => void): HTMLElement {
  const hint = element(
    'div',
    { class: 'drop-hint', attributes: { hidden: true } },
    element('p', { text: 'Drop a recording (.mcap) or a reward (.json)' }),
  );
  // Entering a child leaves its parent: the depth tells when the pointer has really gone.
  let depth = 0;
  const show = (shown: boolean) => {
    hint.hidden = !shown;
    if (!shown) depth = 0;
  };
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  window.addEventListener('dragenter', (event) => {
    if (!carriesFiles(event)) return;
    depth++;
    show(true);
  });
  window.addEventListener('dragleave', (event) => {
    if (carriesFiles(event) && --depth <= 0) show(false);
  });
  window.addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  window.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  });
  return hint;
}
