import { describe, expect, it } from 'vitest';
import {
  advanceKeyDeflection,
  CENTRING_S,
  lateralAccelerationBound,
  steerAngle,
  steerLimit,
  UNDERSTEER_GRADIENT,
  WHEELBASE,
} from '../../../../sim/input/steeringShaper.ts';

function hold(target: number, speed: number, seconds: number, rate: number, from = 0): number {
  let u = from;
  for (let i = 0; i < Math.round(seconds * rate); i++) u = advanceKeyDeflection(u, target, speed, 1 / rate);
  return u;
}

describe('steering shaper', () => {
  it('never asks for more steady lateral acceleration than its bound', () => {
    for (let speed = 0.5; speed <= 80; speed += 0.5) {
      const steady = (speed * speed * steerLimit(speed)) / (WHEELBASE + UNDERSTEER_GRADIENT * speed * speed);
      expect(steady).toBeLessThanOrEqual(lateralAccelerationBound(speed) + 1e-12);
      expect(lateralAccelerationBound(speed)).toBeLessThanOrEqual(5);
    }
  });

  it('uses the bound up at highway speed and the whole range when parking', () => {
    const steady = (35 * 35 * steerLimit(35)) / (WHEELBASE + UNDERSTEER_GRADIENT * 35 * 35);
    expect(steady).toBeCloseTo(3.5, 9);
    expect(steerLimit(0)).toBe(0.5);
  });

  it('centres in the stated time at every speed', () => {
    for (const speed of [0, 12, 35]) {
      expect(hold(0, speed, CENTRING_S, 60, 1)).toBeCloseTo(0, 12);
      expect(hold(0, speed, CENTRING_S - 0.05, 60, 1)).toBeGreaterThan(0.1);
    }
  });

  it('deflects over 0.45 s when parking and 0.85 s at highway speed', () => {
    expect(hold(1, 0, 0.45, 60)).toBeCloseTo(1, 9);
    expect(hold(1, 0, 0.4, 60)).toBeLessThan(0.9);
    expect(hold(1, 35, 0.85, 60)).toBeCloseTo(1, 9);
    expect(hold(1, 35, 0.4, 60)).toBeLessThan(0.5);
  });

  it('ends where it ends at any frame rate, also through the centre', () => {
    for (const [target, from, seconds] of [
      [1, 0, 0.5],
      [-1, 0.8, 0.5],
      [0, -0.9, 0.2],
    ] as const) {
      const reference = hold(target, 30, seconds, 60, from);
      for (const rate of [20, 30, 120, 240])
        expect(hold(target, 30, seconds, rate, from), `${rate} Hz`).toBeCloseTo(reference, 10);
    }
  });

  it('gives a short tap less than its share of the angle', () => {
    expect(steerAngle(0.3, 30)).toBeLessThan(0.3 * steerLimit(30));
    expect(steerAngle(1, 30)).toBe(steerLimit(30));
    expect(steerAngle(-0.4, 30)).toBe(-steerAngle(0.4, 30));
  });
});
