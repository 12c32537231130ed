import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShaperState, shape } from '../../../../sim/input/commandShaper.ts';
import type { RawInput } from '../../../../sim/input/rawInput.ts';
import {
  advanceKeyDeflection,
  lateralAccelerationBound,
  steerAngle,
  steerLimit,
  UNDERSTEER_GRADIENT,
  WHEELBASE,
} from '../../../../sim/input/steeringShaper.ts';
import { neutralCommand } from '../../../../sim/vehicle/egoCommand.ts';

const speed = fc.double({ min: 0, max: 90, noNaN: true });
const deflection = fc.double({ min: -1, max: 1, noNaN: true });
const heldKeys = fc.subarray(['KeyW', 'KeyS', 'KeyA', 'KeyD', 'Space', 'KeyQ', 'KeyE']);

describe('steering shaper', () => {
  it('has an angle that rises with deflection and a limit that never rises with speed', () => {
    fc.assert(
      fc.property(deflection, deflection, speed, speed, (a, b, v, w) => {
        if (a + 1e-9 < b) expect(steerAngle(a, v)).toBeLessThan(steerAngle(b, v));
        if (v < w) expect(steerLimit(w)).toBeLessThanOrEqual(steerLimit(v));
      }),
    );
  });

  it('splits time freely', () => {
    fc.assert(
      fc.property(
        deflection,
        fc.constantFrom(-1, 0, 1),
        speed,
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (u, target, v, first, second) => {
          const split = advanceKeyDeflection(advanceKeyDeflection(u, target, v, first), target, v, second);
          expect(split).toBeCloseTo(advanceKeyDeflection(u, target, v, first + second), 9);
        },
      ),
    );
  });

  it('keeps every command in range and under the lateral bound, whatever is pressed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ held: heldKeys, v: speed, dt: fc.double({ min: 0.001, max: 0.2, noNaN: true }) }), {
          maxLength: 60,
        }),
        (steps) => {
          const state = createShaperState();
          const out = neutralCommand();
          for (const { held, v, dt } of steps) {
            const raw: RawInput = { device: 'keyboard', keys: held };
            shape(raw, v, dt, state, out);
            const steady = (v * v * Math.abs(out.steer)) / (WHEELBASE + UNDERSTEER_GRADIENT * v * v);
            expect(steady).toBeLessThanOrEqual(lateralAccelerationBound(v) + 1e-9);
            expect(out.throttle).toBeGreaterThanOrEqual(0);
            expect(out.throttle).toBeLessThanOrEqual(1);
            expect(out.brake).toBeGreaterThanOrEqual(0);
            expect(out.brake).toBeLessThanOrEqual(1);
            expect([-1, 0, 1]).toContain(out.indicator);
          }
        },
      ),
    );
  });
});
