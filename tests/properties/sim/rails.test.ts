import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantiate } from '../../../scenarios/buildScenario.ts';
import { SCENARIO_FAMILIES } from '../../../scenarios/registry.ts';
import type { GeneratedFamily } from '../../../scenarios/scenarioFamily.ts';
import { railFace } from '../../../sim/contact/contactSolver.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../sim/core/world.ts';
import { neutralCommand } from '../../../sim/vehicle/egoCommand.ts';

const FAMILIES = SCENARIO_FAMILIES.filter((family): family is GeneratedFamily => family.kind === 'generated');
/** Substeps for which the hands at the wheel stay where they are. */
const HELD = 40;

const hands = fc.record({
  steer: fc.oneof(fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.double({ min: -0.025, max: 0.025, noNaN: true })),
  throttle: fc.double({ min: 0, max: 1, noNaN: true }),
  brake: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.double({ min: 0, max: 1, noNaN: true })),
});

test.each(FAMILIES.map((family) => [family.family, family] as const))(
  '%s: however somebody drives, the car stays between the rails and every number finite',
  (_name, family) => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), fc.array(hands, { minLength: 75, maxLength: 75 }), (seed, held) => {
        const world = createWorld(instantiate(family, {}, seed).spec);
        const { road, ego } = world;
        const command = neutralCommand();
        for (let k = 0; k < held.length * HELD && ego.s < road.length - 20; k++) {
          Object.assign(command, held[Math.floor(k / HELD)]);
          advanceSubstep(world, command);
          expect(Object.values(ego).every(Number.isFinite)).toBe(true);
          if (road.spec.railRight) expect(ego.d).toBeGreaterThan(railFace(road, ego.s, false));
          if (road.spec.railLeft) expect(ego.d).toBeLessThan(railFace(road, ego.s, true));
        }
      }),
      { numRuns: 8 },
    );
  },
);
