/** Where the page is, as far as keys are concerned: the same key may mean different things in different contexts. */
export type KeyContext = 'setup' | 'driving' | 'learn' | 'playback' | 'takeover';

/** What a key press asks the page to do. */
export type KeyAction =
  | 'start'
  | 'stop'
  | 'restart'
  | 'rewind'
  | 'hand-over'
  | 'camera'
  | 'hud'
  | 'help'
  | 'play-pause'
  | 'step-back'
  | 'step-forward'
  | 'second-back'
  | 'second-forward'
  | 'to-start'
  | 'to-end'
  | 'slower'
  | 'faster'
  | 'loop'
  | 'candidates'
  | 'plots';

/** One row of the key table; the help overlay is printed from it. */
export interface KeyBinding {
  /** As shown on the key cap. */
  readonly caps: readonly string[];
  /** `KeyboardEvent.code` for keys that are a place, `KeyboardEvent.key` for signs such as `?`. */
  readonly match: readonly string[];
  /** Whether Shift has to be held; signs (`?`) leave it open. */
  readonly shift?: boolean;
  /** Absent for driving keys, which `sim/input` reads while they are held. */
  readonly action?: KeyAction;
  readonly text: string;
  readonly contexts: readonly KeyContext[];
}

const AT_THE_WHEEL: readonly KeyContext[] = ['driving', 'takeover'];
const REPLAY: readonly KeyContext[] = ['playback'];
const WITH_SCENE: readonly KeyContext[] = ['setup', 'driving', 'playback', 'takeover'];
const EVERYWHERE: readonly KeyContext[] = [...WITH_SCENE, 'learn'];

/** Every key of the page. */
export const KEY_TABLE: readonly KeyBinding[] = [
  { caps: ['Enter'], match: ['Enter'], action: 'start', text: 'Start driving', contexts: ['setup'] },
  { caps: ['W', '↑'], match: ['KeyW', 'ArrowUp'], text: 'Accelerate', contexts: AT_THE_WHEEL },
  { caps: ['S', '↓'], match: ['KeyS', 'ArrowDown'], text: 'Brake', contexts: AT_THE_WHEEL },
  { caps: ['A', '←'], match: ['KeyA', 'ArrowLeft'], text: 'Steer left', contexts: AT_THE_WHEEL },
  { caps: ['D', '→'], match: ['KeyD', 'ArrowRight'], text: 'Steer right', contexts: AT_THE_WHEEL },
  { caps: ['Space'], match: ['Space'], text: 'Brake as hard as the tyres allow', contexts: AT_THE_WHEEL },
  { caps: ['Q', 'E'], match: ['KeyQ', 'KeyE'], text: 'Indicate left, right', contexts: AT_THE_WHEEL },
  {
    caps: ['P'],
    match: ['KeyP'],
    action: 'hand-over',
    text: 'Hand the wheel over, take it back',
    contexts: ['driving', 'playback', 'takeover'],
  },
  {
    caps: ['Backspace'],
    match: ['Backspace'],
    action: 'rewind',
    text: 'Rewind five seconds',
    contexts: ['driving'],
  },
  { caps: ['R'], match: ['KeyR'], action: 'restart', text: 'Restart this scenario', contexts: ['driving'] },
  { caps: ['Esc'], match: ['Escape'], action: 'stop', text: 'Stop driving', contexts: AT_THE_WHEEL },
  { caps: ['C'], match: ['KeyC'], action: 'camera', text: 'Next camera', contexts: WITH_SCENE },
  { caps: ['H'], match: ['KeyH'], action: 'hud', text: 'Show or hide the panels', contexts: EVERYWHERE },
  { caps: ['Space'], match: ['Space'], action: 'play-pause', text: 'Play, pause', contexts: REPLAY },
  {
    caps: ['←', '→'],
    match: ['ArrowLeft'],
    shift: false,
    action: 'step-back',
    text: 'One tick (0.1 s) back, forward',
    contexts: REPLAY,
  },
  { caps: [], match: ['ArrowRight'], shift: false, action: 'step-forward', text: '', contexts: REPLAY },
  {
    caps: ['Shift ←', 'Shift →'],
    match: ['ArrowLeft'],
    shift: true,
    action: 'second-back',
    text: 'One second back, forward',
    contexts: REPLAY,
  },
  { caps: [], match: ['ArrowRight'], shift: true, action: 'second-forward', text: '', contexts: REPLAY },
  { caps: ['Home', 'End'], match: ['Home'], action: 'to-start', text: 'To the start, the end', contexts: REPLAY },
  { caps: [], match: ['End'], action: 'to-end', text: '', contexts: REPLAY },
  { caps: ['[', ']'], match: ['[', 'BracketLeft'], action: 'slower', text: 'Slower, faster', contexts: REPLAY },
  { caps: [], match: [']', 'BracketRight'], action: 'faster', text: '', contexts: REPLAY },
  { caps: ['L'], match: ['KeyL'], action: 'loop', text: 'Loop', contexts: REPLAY },
  {
    caps: ['K'],
    match: ['KeyK'],
    action: 'candidates',
    text: "Show the agent's candidates on the road",
    contexts: REPLAY,
  },
  { caps: ['G'], match: ['KeyG'], action: 'plots', text: 'Show or hide the plots', contexts: REPLAY },
  {
    caps: ['?'],
    match: ['?', 'F1'],
    action: 'help',
    text: 'This list',
    contexts: EVERYWHERE,
  },
];

/** What of a `KeyboardEvent` decides its meaning. */
export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
}

/** The action of a key press in a context, or null when it has none there. */
export function keyAction(press: KeyPress, context: KeyContext, table = KEY_TABLE): KeyAction | null {
  const binding = table.find(
    ({ match, shift, action, contexts }) =>
      action !== undefined &&
      contexts.includes(context) &&
      (match.includes(press.code) || match.includes(press.key)) &&
      (shift === undefined || shift === press.shiftKey),
  );
  return binding?.action ?? null;
}
