import { DRIVING_KEYS } from './drivingKeys.ts';

/** The driving keys that are held. */
export interface Keyboard {
  /** Codes of the held driving keys, sorted; the same array until it changes. */
  readonly held: readonly string[];
  /** While false, keys are ignored and none is held. */
  enabled: boolean;
  releaseAll(): void;
  dispose(): void;
}

const NONE: readonly string[] = [];

/**
 * Listens to a window's keys. All keys are released when the window loses the focus or is hidden, since their `keyup`
 * is never seen then; keys typed into form fields, and shortcuts with Ctrl, Alt or Meta, are left alone.
 */
export function createKeyboard(window: Window): Keyboard {
  const down = new Set<string>();
  let held = NONE;
  let enabled = true;

  const refresh = () => {
    held = down.size === 0 ? NONE : [...down].sort();
  };
  const releaseAll = () => {
    down.clear();
    refresh();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!enabled || !(event.code in DRIVING_KEYS)) return;
    if (event.ctrlKey || event.altKey || event.metaKey || belongsToPage(event)) return;
    // Arrows and space would scroll the page.
    event.preventDefault();
    if (down.has(event.code)) return;
    down.add(event.code);
    refresh();
  };
  const onKeyUp = (event: KeyboardEvent) => {
    // macOS sends no keyup for keys that go up while Meta is held.
    if (event.key === 'Meta') releaseAll();
    else if (down.delete(event.code)) refresh();
  };
  const onVisibility = () => {
    if (window.document.hidden) releaseAll();
  };

  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', releaseAll);
  window.document.addEventListener('visibilitychange', onVisibility);
  return {
    get held() {
      return held;
    },
    get enabled() {
      return enabled;
    },
    set enabled(value: boolean) {
      enabled = value;
      if (!value) releaseAll();
    },
    releaseAll,
    dispose() {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', releaseAll);
      window.document.removeEventListener('visibilitychange', onVisibility);
      releaseAll();
    },
  };
}

/** Whether the focused element needs this key itself: text and sliders all of them, buttons and links the space bar. */
function belongsToPage(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [role="slider"], [role="textbox"]')) return true;
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  return event.code === 'Space' && target.closest('button, a[href], summary, [role="button"]') !== null;
}
