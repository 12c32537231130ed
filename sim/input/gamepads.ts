import type { RawInput } from './rawInput.ts';

/** Gamepads and wheels, read by polling. */
export interface Gamepads {
  /** The report of the device that was moved last, or null when none has been moved since it was connected. */
  poll(): Extract<RawInput, { device: 'gamepad' | 'wheel' }> | null;
  /** Counts the polls in which a device was moved, so that the caller sees which of several devices acts. */
  readonly movements: number;
  /** Name the browser gives the device that was moved last, or null. */
  readonly name: string | null;
}

/** Change of an axis or button that counts as a movement; worn sticks tremble below it. */
const MOVEMENT = 0.08;

/** Reads `navigator.getGamepads()`; devices that are plugged in or out are noticed at the next poll. */
export function createGamepads(navigator: Navigator): Gamepads {
  const resting = new Map<number, { readonly id: string; readonly values: number[] }>();
  let active: number | null = null;
  let movements = 0;
  let name: string | null = null;

  const moved = (pad: Gamepad): boolean => {
    const values = [...pad.axes, ...pad.buttons.map((button) => button.value)];
    const before = resting.get(pad.index);
    if (before === undefined || before.id !== pad.id || before.values.length !== values.length) {
      resting.set(pad.index, { id: pad.id, values });
      return false;
    }
    if (!values.some((value, i) => Math.abs(value - before.values[i]!) > MOVEMENT)) return false;
    resting.set(pad.index, { id: pad.id, values });
    return true;
  };

  return {
    get movements() {
      return movements;
    },
    get name() {
      return name;
    },
    poll() {
      const pads = navigator.getGamepads?.() ?? [];
      for (const pad of pads) {
        if (!pad?.connected) continue;
        if (moved(pad)) {
          active = pad.index;
          movements++;
        }
      }
      const pad = active === null ? null : pads[active];
      if (!pad?.connected) {
        if (active !== null) resting.delete(active);
        active = null;
        name = null;
        return null;
      }
      name = pad.id;
      return {
        device: pad.mapping === 'standard' ? 'gamepad' : 'wheel',
        axes: [...pad.axes],
        buttons: pad.buttons.map((button) => button.value),
      };
    },
  };
}
