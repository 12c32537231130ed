import { element } from './element.ts';

/**
 * Lets files be dropped anywhere on the page.
 * @param onFile called for each file; what it throws goes to `onError` together with the file's name
 */
export function acceptDroppedFiles(
  window: Window,
  onFile: (file: File) => Promise<void>,
  onError: (name: string, error: unknown) => void,
): HTMLElement {
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
    for (const file of event.dataTransfer?.files ?? []) {
      onFile(file).catch((error: unknown) => onError(file.name, error));
    }
  });
  return hint;
}
