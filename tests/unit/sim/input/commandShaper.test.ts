import { describe, expect, it } from 'vitest';
import { createShaperState, shape } from '../../../../sim/input/commandShaper.ts';
import type { RawInput } from '../../../../sim/input/rawInput.ts';
import { MAX_STEER } from '../../../../sim/input/steeringShaper.ts';
import { neutralCommand } from '../../../../sim/vehicle/egoCommand.ts';

const keys = (...held: string[]): RawInput => ({ device: 'keyboard', keys: held });

function run(reports: readonly { raw: RawInput; seconds: number }[], speed = 30, rate = 60) {
  const state = createShaperState();
  const out = neutralCommand();
  for (const { raw, seconds } of reports)
    for (let i = 0; i < Math.round(seconds * rate); i++) shape(raw, speed, 1 / rate, state, out);
  return { out, state };
}

describe('command shaper', () => {
  it('drives with WASD and with arrows alike', () => {
    for (const [a, b] of [
      ['KeyW', 'ArrowUp'],
      ['KeyS', 'ArrowDown'],
      ['KeyA', 'ArrowLeft'],
      ['KeyD', 'ArrowRight'],
    ] as const)
      expect(run([{ raw: keys(a), seconds: 0.5 }]).out).toEqual(run([{ raw: keys(b), seconds: 0.5 }]).out);
  });

  it('steers left positive, and not at all with both keys held', () => {
    expect(run([{ raw: keys('KeyA'), seconds: 0.5 }]).out.steer).toBeGreaterThan(0);
    expect(run([{ raw: keys('KeyD'), seconds: 0.5 }]).out.steer).toBeLessThan(0);
    expect(run([{ raw: keys('KeyA', 'KeyD'), seconds: 0.5 }]).out.steer).toBe(0);
  });

  it('moves the pedals over their stated times and braking lifts the throttle', () => {
    expect(run([{ raw: keys('KeyW'), seconds: 0.4 }]).out.throttle).toBeCloseTo(0.5, 9);
    expect(run([{ raw: keys('KeyS'), seconds: 0.5 }]).out.brake).toBeCloseTo(0.5, 9);
    expect(run([{ raw: keys('Space'), seconds: 0.15 }]).out.brake).toBeCloseTo(1, 9);
    const braked = run([
      { raw: keys('KeyW'), seconds: 1 },
      { raw: keys('KeyS', 'KeyW'), seconds: 0.1 },
    ]).out;
    expect(braked.throttle).toBe(0);
    const released = run([
      { raw: keys('KeyS'), seconds: 1 },
      { raw: keys(), seconds: 0.2 },
    ]).out;
    expect(released.brake).toBeCloseTo(0, 9);
  });

  it('gives the same command after the same time at every rate', () => {
    const reports = [
      { raw: keys('KeyA', 'KeyW'), seconds: 0.5 },
      { raw: keys('KeyD'), seconds: 0.4 },
      { raw: keys(), seconds: 0.1 },
    ];
    const reference = run(reports, 33, 60).out;
    for (const rate of [10, 20, 240]) {
      const { out } = run(reports, 33, rate);
      expect(out.steer).toBeCloseTo(reference.steer, 10);
      expect(out.throttle).toBeCloseTo(reference.throttle, 10);
    }
  });

  it('indicates by toggle and switches itself off after a lane change', () => {
    expect(run([{ raw: keys('KeyQ'), seconds: 0.3 }]).out.indicator).toBe(1);
    const twice = [
      { raw: keys('KeyE'), seconds: 0.1 },
      { raw: keys(), seconds: 0.1 },
      { raw: keys('KeyE'), seconds: 0.1 },
    ];
    expect(run(twice.slice(0, 2)).out.indicator).toBe(-1);
    expect(run(twice).out.indicator).toBe(0);
    const change = [
      { raw: keys('KeyQ'), seconds: 0.1 },
      { raw: keys('KeyA'), seconds: 0.4 },
      { raw: keys(), seconds: 0.5 },
      { raw: keys('KeyD'), seconds: 0.4 },
      { raw: keys(), seconds: 0.5 },
    ];
    expect(run(change.slice(0, 4)).out.indicator).toBe(1);
    expect(run(change).out.indicator).toBe(0);
  });

  it('reads the standard gamepad: right stick direction, triggers, dead zone', () => {
    const pad = (x: number, throttle: number, brake: number): RawInput => {
      const buttons = new Array<number>(17).fill(0);
      buttons[7] = throttle;
      buttons[6] = brake;
      return { device: 'gamepad', axes: [x, 0, 0, 0], buttons };
    };
    expect(run([{ raw: pad(0.1, 0, 0), seconds: 0.5 }]).out.steer).toBeCloseTo(0, 12);
    expect(run([{ raw: pad(1, 0, 0), seconds: 0.5 }], 0).out.steer).toBeCloseTo(-MAX_STEER, 9);
    const half = run([{ raw: pad(0, 0.52, 0), seconds: 0.5 }]).out;
    expect(half.throttle).toBeCloseTo(0.5, 9);
    expect(run([{ raw: pad(0, 0, 1), seconds: 0.5 }]).out.brake).toBe(1);
  });

  it('treats pedals that read 0 as released until they move', () => {
    const wheel = (...axes: number[]): RawInput => ({ device: 'wheel', axes, buttons: [] });
    const untouched = run([{ raw: wheel(0, 0, 0, 0), seconds: 1 }]).out;
    expect([untouched.throttle, untouched.brake]).toEqual([0, 0]);
    const touched = run([
      { raw: wheel(0, 0, 0, 0), seconds: 0.1 },
      { raw: wheel(0, 0, -1, 1), seconds: 0.5 },
    ]).out;
    expect([touched.throttle, touched.brake]).toEqual([1, 0]);
    const through = run([
      { raw: wheel(0, 0, -0.2, 1), seconds: 0.1 },
      { raw: wheel(0, 0, 0, 1), seconds: 0.5 },
    ]).out;
    expect(through.throttle).toBeGreaterThan(0.4);
  });

  it('turns the road wheels with a steering wheel by its ratio, at any speed', () => {
    const { out } = run([{ raw: { device: 'wheel', axes: [-1, 0, 0, 0], buttons: [] }, seconds: 0.1 }], 40);
    expect(out.steer).toBeCloseTo(7.854 / 16, 9);
  });

  it('names the control when a wheel has too few axes', () => {
    expect(() => run([{ raw: { device: 'wheel', axes: [0, 0], buttons: [] }, seconds: 0.1 }])).toThrow(
      /throttle is bound to axis 2, but the device has 2 axes/,
    );
  });
});
