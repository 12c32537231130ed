import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInputDevices, type InputDevices } from '../../../../sim/input/inputDevices.ts';

let devices: InputDevices;
const press = (code: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true, composed: true, ...init });
  target.dispatchEvent(event);
  return event;
};
const release = (code: string) =>
  document.body.dispatchEvent(new KeyboardEvent('keyup', { code, bubbles: true, composed: true }));
const held = () => {
  const raw = devices.sample();
  return raw.device === 'keyboard' ? raw.keys : raw.device;
};

beforeEach(() => {
  devices = createInputDevices(window);
});
afterEach(() => {
  devices.dispose();
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe('keyboard', () => {
  it('reports held driving keys, sorted, and keeps the page from scrolling', () => {
    press('KeyW');
    expect(press('ArrowLeft').defaultPrevented).toBe(true);
    press('KeyZ');
    expect(held()).toEqual(['ArrowLeft', 'KeyW']);
    release('KeyW');
    expect(held()).toEqual(['ArrowLeft']);
  });

  it('returns the same report until a key changes', () => {
    press('KeyW');
    const first = devices.sample();
    press('KeyW', { repeat: true });
    expect(devices.sample()).toBe(first);
  });

  it('releases every key when the window loses the focus or is hidden', () => {
    press('KeyW');
    press('KeyD');
    window.dispatchEvent(new Event('blur'));
    expect(held()).toEqual([]);
    press('KeyW');
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(held()).toEqual([]);
  });

  it('leaves typing and shortcuts alone', () => {
    const input = document.createElement('input');
    document.body.append(input);
    expect(press('KeyW', {}, input).defaultPrevented).toBe(false);
    press('KeyS', { ctrlKey: true });
    const button = document.createElement('button');
    document.body.append(button);
    press('Space', {}, button);
    expect(held()).toEqual([]);
    press('KeyW', {}, button);
    expect(held()).toEqual(['KeyW']);
  });

  it('holds nothing while disabled or after dispose', () => {
    press('KeyW');
    devices.enabled = false;
    expect(held()).toEqual([]);
    expect(press('KeyW').defaultPrevented).toBe(false);
    devices.enabled = true;
    expect(held()).toEqual([]);
    devices.dispose();
    press('KeyW');
    expect(held()).toEqual([]);
  });
});

describe('gamepad', () => {
  const pad = (mapping: string, axes: number[], values: number[] = []) =>
    ({
      connected: true,
      id: 'a pad',
      index: 0,
      mapping,
      axes,
      buttons: values.map((value) => ({ value, pressed: value > 0.5, touched: value > 0 })),
    }) as unknown as Gamepad;
  const plug = (...pads: (Gamepad | null)[]) => vi.spyOn(navigator, 'getGamepads').mockReturnValue(pads);

  it('takes over when it is moved, and gives back to the keyboard', () => {
    plug(pad('standard', [0, 0], [0, 0]));
    expect(held()).toEqual([]);
    plug(pad('standard', [0.5, 0], [0, 0]));
    expect(devices.sample()).toEqual({ device: 'gamepad', axes: [0.5, 0], buttons: [0, 0] });
    expect(devices.deviceName).toBe('a pad');
    press('KeyW');
    expect(held()).toEqual(['KeyW']);
    release('KeyW');
    expect(held()).toEqual([]);
    plug(pad('standard', [-0.5, 0], [0, 0]));
    expect(held()).toBe('gamepad');
    plug(null);
    expect(held()).toEqual([]);
  });

  it('calls a device without the standard mapping a wheel', () => {
    plug(pad('', [0, 0, 0]));
    devices.sample();
    plug(pad('', [0.3, 0, 0]));
    expect(held()).toBe('wheel');
  });
});
