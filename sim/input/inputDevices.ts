import { createGamepads } from './gamepads.ts';
import { createKeyboard } from './keyboard.ts';
import type { RawInput } from './rawInput.ts';

/** Every device a person can drive with, as one. */
export interface InputDevices {
  /** The present report of the device that was used last; to be asked in every substep. */
  sample(): RawInput;
  /** The device of the last sample. */
  readonly device: 'keyboard' | 'gamepad' | 'wheel';
  /** Name the browser gives the gamepad or wheel in use, or null. */
  readonly deviceName: string | null;
  /** While false, driving keys are left to the page and every sample is a keyboard without held keys. */
  enabled: boolean;
  /** Releases all keys, as at a change of mode. */
  releaseAll(): void;
  dispose(): void;
}

/** Opens the keyboard and the gamepads of a window. The keyboard is in use until another device is moved. */
export function createInputDevices(window: Window): InputDevices {
  const keyboard = createKeyboard(window);
  const gamepads = createGamepads(window.navigator);
  let device: InputDevices['device'] = 'keyboard';
  let seenMovements = 0;
  let keys: RawInput = { device: 'keyboard', keys: keyboard.held };

  return {
    get device() {
      return device;
    },
    get deviceName() {
      return device === 'keyboard' ? null : gamepads.name;
    },
    get enabled() {
      return keyboard.enabled;
    },
    set enabled(value: boolean) {
      keyboard.enabled = value;
    },
    releaseAll: () => keyboard.releaseAll(),
    sample() {
      if (keys.device === 'keyboard' && keys.keys !== keyboard.held) keys = { device: 'keyboard', keys: keyboard.held };
      if (!keyboard.enabled) {
        device = 'keyboard';
        return keys;
      }
      const pad = gamepads.poll();
      if (keyboard.held.length > 0 || pad === null) device = 'keyboard';
      else if (gamepads.movements !== seenMovements) device = pad.device;
      seenMovements = gamepads.movements;
      return device === 'keyboard' || pad === null ? keys : pad;
    },
    dispose: () => keyboard.dispose(),
  };
}
