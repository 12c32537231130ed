import { createInputDevices } from '../../sim/input/inputDevices.ts';
import type { ViewFrame } from '../../sim/view/viewFrame.ts';
import { keyAction } from '../keyTable.ts';
import { createDriveMode } from '../modes/drive/driveMode.ts';
import { bundledDemos } from '../recordings/bundledDemos.ts';
import { describeDemos } from '../recordings/describeDemos.ts';
import { offerUnfinished } from '../recordings/offerUnfinished.ts';
import { openRecordingShelf } from '../recordings/openRecordingShelf.ts';
import { offerUnusableRewards } from '../rewards/offerUnusableRewards.ts';
import { createRewardLearner } from '../rewards/rewardLearner.ts';
import { openRewardShelf, REWARDS_KEY } from '../rewards/rewardShelf.ts';
import type { AppContext, Mode } from './appContext.ts';
import { element } from './element.ts';
import { acceptDroppedFiles } from './fileDrop.ts';
import { createHelpOverlay } from './helpOverlay.ts';
import { openFiles } from './openFiles.ts';
import { openPreferences } from './preferences.ts';
import { formatRoute, type ModeId, parseRoute, type Route } from './route.ts';
import { CAMERAS, createStage } from './stage.ts';
import { createToasts } from './toasts.ts';
import { createTopBar } from './topBar.ts';
import { startWelcome } from './welcome.ts';

/** Puts the page together: stage, panels, modes, keys, files. */
export function startApp(root: HTMLElement): void {
  const storage = openLocalStorage();
  const toasts = createToasts();
  const preferences = openPreferences(storage);
  const stage = createStage(preferences, (reason) => toasts.fail(reason));
  stage.setCamera(preferences.current.camera);
  const devices = createInputDevices(window);
  devices.enabled = false;
  const overlay = element('main', { class: 'overlay' });
  const recordings = openRecordingShelf(openStore, bundledDemos(), (what, error) => toasts.fail(what, error));
  const rewards = openRewardShelf(
    storage,
    () => new Date(),
    (what, error) => toasts.fail(what, error),
  );
  if (rewards.unusable.length > 0) offerUnusableRewards(rewards, toasts);
  window.addEventListener('storage', ({ key }) => {
    // Without a key everything has been cleared.
    if (key === null || key === REWARDS_KEY) rewards.refresh();
  });

  let mode: Mode | null = null;
  let modeId: ModeId | null = null;
  /** The mode that was asked for last, which may still be loading. */
  let asked: ModeId | null = null;
  /** Counts changes of mode, so that a mode that loads slowly does not enter after a later one. */
  let change = 0;

  const context: AppContext = {
    stage,
    toasts,
    devices,
    preferences,
    recordings,
    rewards,
    learner: createRewardLearner({ recordings, rewards }),
    overlay,
    navigate(route) {
      const hash = formatRoute(route);
      if (window.location.hash === hash) void enter(route);
      else window.location.hash = hash;
    },
    rewriteRoute: (route) => window.history.replaceState(null, '', formatRoute(route)),
    cycleCamera() {
      const next = CAMERAS[(CAMERAS.indexOf(preferences.current.camera) + 1) % CAMERAS.length]!;
      preferences.set({ camera: next });
      stage.setCamera(next);
    },
  };
  const drive = createDriveMode(context);
  const loaded: Partial<Record<ModeId, Mode>> = { drive };

  /** The other modes bring libraries that driving does not need. */
  const loadMode = async (id: ModeId): Promise<Mode> => {
    const known = loaded[id];
    if (known) return known;
    const made =
      id === 'learn'
        ? (await import('../modes/learn/learnMode.ts')).createLearnMode(context)
        : (await import('../modes/watch/watchMode.ts')).createWatchMode(context, id === 'tune');
    loaded[id] = made;
    return made;
  };

  const enter = async (route: Route) => {
    const mine = ++change;
    asked = route.mode;
    welcome?.close();
    topBar.select(route.mode);
    try {
      const next = await loadMode(route.mode);
      if (mine !== change) return;
      mode?.leave();
      overlay.replaceChildren();
      devices.enabled = false;
      if (route.mode !== modeId) document.body.classList.remove('panels-hidden');
      mode = next;
      modeId = route.mode;
      document.body.dataset['mode'] = modeId;
      await next.enter(route);
    } catch (error) {
      if (mine === change) asked = modeId;
      toasts.fail(`${route.mode} could not be opened`, error);
    }
  };

  const topBar = createTopBar(
    (id) => {
      if (id !== asked) context.navigate({ ...sharedRoute(parseRoute(window.location.hash), id), mode: id });
    },
    () => help.toggle(),
  );
  const help = createHelpOverlay();
  const dropHint = acceptDroppedFiles(window, (files) => void openFiles(context, files));
  root.append(stage.element, overlay, topBar.element, toasts.element, dropHint, help.element);

  window.addEventListener('hashchange', () => void enter(parseRoute(window.location.hash)));
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return;
    // The space bar brakes: a button that Tab had reached would take it.
    if (event.code === 'Tab' && mode?.keys === 'driving') return event.preventDefault();
    const action = keyAction(event, mode?.keys ?? 'setup');
    if (action === null || (needsFocus(event) && action !== 'stop')) return;
    // The open list of keys has them all; Esc closes it by itself.
    if (help.element.open && action !== 'help') return;
    event.preventDefault();
    if (event.repeat && !action.startsWith('step') && !action.startsWith('second')) return;
    if (action === 'help') help.toggle();
    else if (action === 'hud') document.body.classList.toggle('panels-hidden');
    else mode?.act(action);
  });
  window.addEventListener('unhandledrejection', (event) => toasts.fail('Something went wrong', event.reason));

  const first = parseRoute(window.location.hash);
  const welcome = window.location.hash === '' && !preferences.current.welcomed ? startWelcome(context) : null;
  if (!welcome) void enter(first);

  stage.run((elapsedS, nowMs): ViewFrame | null => {
    // The list of keys hides the road, so that nobody drives on behind it.
    const frame = mode ? mode.frame(help.element.open ? 0 : elapsedS, nowMs) : (welcome?.frame(elapsedS) ?? null);
    document.body.dataset['frameMs'] = stage.meter.workMs.toFixed(2);
    document.body.dataset['fps'] = stage.meter.rate.toFixed(0);
    return frame;
  });
  recordings
    .refresh()
    .then(() => {
      offerUnfinished(context);
      describeDemos(recordings, () => mode?.keys === 'driving' || mode?.keys === 'takeover');
    })
    .catch((error: unknown) => toasts.fail('The recordings kept in this browser cannot be read', error));
}

/** The store brings the MCAP reader and writer, which the first picture does not need. */
async function openStore() {
  return (await import('../../recordings/store.ts')).openRecordingStore();
}

/** Watch and Tune show the same thing, so changing between them keeps it. */
function sharedRoute(from: Route, to: ModeId): Omit<Route, 'mode'> {
  const both = [from.mode, to];
  if (!both.every((id) => id === 'watch' || id === 'tune')) return {};
  const { mode: _, ...rest } = from;
  return rest;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  // A closed list has no use for Enter.
  if (target instanceof HTMLSelectElement) return event.code !== 'Enter';
  if (target.isContentEditable || target.closest('textarea') !== null) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

/** Enter and Space belong to a focused button or link. */
function needsFocus(event: KeyboardEvent): boolean {
  if (event.code !== 'Space' && event.code !== 'Enter') return false;
  const target = event.composedPath()[0];
  return target instanceof Element && target.closest('button, a[href], summary, input, label') !== null;
}

function openLocalStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
