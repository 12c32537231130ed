import type { CameraMode } from '../../sim/view/viewFrame.ts';

/** What a person chose and expects to find again. */
export interface Preferences {
  driverName: string;
  camera: CameraMode;
  /** `auto` watches the frame rate. */
  quality: 'auto' | 'low' | 'high';
  /** How far `auto` had to go down on this machine; 0 is the best picture. */
  autoLevel: number;
  laneAssist: boolean;
  /** Whether the welcome card was dismissed before. */
  welcomed: boolean;
  /** Whether plots are shown in Watch and Tune. */
  plots: boolean;
}

const DEFAULTS: Preferences = {
  driverName: '',
  camera: 'chase',
  quality: 'auto',
  autoLevel: 0,
  laneAssist: true,
  welcomed: false,
  plots: true,
};
const KEY = 'understudy.preferences';

/**
 * Preferences that keep themselves: `set` stores at once. Where nothing can be stored they last as long as the page.
 */
export interface PreferenceStore {
  readonly current: Readonly<Preferences>;
  set(change: Partial<Preferences>): void;
}

export function openPreferences(storage: Pick<Storage, 'getItem' | 'setItem'> | null): PreferenceStore {
  let current: Preferences = { ...DEFAULTS, ...readStored(storage) };
  return {
    get current() {
      return current;
    },
    set(change) {
      current = { ...current, ...change };
      try {
        storage?.setItem(KEY, JSON.stringify(current));
      } catch {
        // Private windows and full disks refuse; the choice still holds until the page is left.
      }
    },
  };
}

function readStored(storage: Pick<Storage, 'getItem'> | null): Partial<Preferences> {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    // A value of another kind was written by another version of the page.
    const fitting = Object.entries(stored).filter(
      ([name, value]) => name in DEFAULTS && typeof value === typeof DEFAULTS[name as keyof Preferences],
    );
    return Object.fromEntries(fitting);
  } catch {
    return {};
  }
}
