import type { InputDevices } from '../../sim/input/inputDevices.ts';
import type { ViewFrame } from '../../sim/view/viewFrame.ts';
import type { KeyAction, KeyContext } from '../keyTable.ts';
import type { RecordingShelf } from '../recordings/recordingShelf.ts';
import type { RewardLearner } from '../rewards/rewardLearner.ts';
import type { RewardShelf } from '../rewards/rewardShelf.ts';
import type { PreferenceStore } from './preferences.ts';
import type { Route } from './route.ts';
import type { Stage } from './stage.ts';
import type { Toasts } from './toasts.ts';

/** What every mode works with. */
export interface AppContext {
  readonly stage: Stage;
  readonly toasts: Toasts;
  readonly devices: InputDevices;
  readonly preferences: PreferenceStore;
  readonly recordings: RecordingShelf;
  readonly rewards: RewardShelf;
  readonly learner: RewardLearner;
  /** Where panels are put. */
  readonly overlay: HTMLElement;
  /** Goes to another mode or changes what the address says of this one. */
  navigate(route: Route): void;
  /** Writes the address without leaving the mode. */
  rewriteRoute(route: Route): void;
  /** Next camera, kept for the next visit. */
  cycleCamera(): void;
}

/** One face of the page. A mode builds its panels when it is entered and takes them away when it is left. */
export interface Mode {
  /** Which keys hold at the moment. */
  readonly keys: KeyContext;
  enter(route: Route): Promise<void> | void;
  leave(): void;
  /** What to draw now; null keeps the picture. */
  frame(elapsedS: number, nowMs: number): ViewFrame | null;
  /** @returns whether the action meant something here */
  act(action: KeyAction): boolean;
}
