import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { buildScenario, instantiate } from '../../../scenarios/buildScenario.ts';
import { SCENARIO_FAMILIES } from '../../../scenarios/registry.ts';
import type { GeneratedFamily } from '../../../scenarios/scenarioFamily.ts';
import { advanceTick } from '../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../sim/core/snapshot.ts';
import { createWorld } from '../../../sim/core/world.ts';
import { createRoad } from '../../../sim/road/createRoad.ts';

const generated = SCENARIO_FAMILIES.filter((family): family is GeneratedFamily => family.kind === 'generated');

/** Any values of the family's parameters, at three decimals as a person would write them. */
function parametersOf(family: GeneratedFamily): fc.Arbitrary<Record<string, number>> {
  return fc.record(
    Object.fromEntries(
      Object.entries(family.parameters).map(([name, { min, max }]) => [
        name,
        fc.double({ min, max, noNaN: true }).map((x) => Math.min(max, Math.max(min, Number(x.toFixed(3))))),
      ]),
    ),
  );
}
const seed = fc.integer({ min: 0, max: 0xffffffff });

describe.each(generated.map((family) => [family.family, family] as const))('%s', (_, family) => {
  test('any draw is rebuilt from its id, overlaps nowhere at the start and keeps everyone on the road', () => {
    fc.assert(
      fc.property(parametersOf(family), seed, (parameters, anySeed) => {
        const scenario = instantiate(family, parameters, anySeed);
        expect(buildScenario(scenario.id)).toEqual(scenario);
        const road = createRoad(scenario.spec.road);
        const bodies = [
          { s: scenario.spec.ego.s, d: scenario.spec.ego.d, length: 4.7, width: 1.84 },
          ...scenario.spec.vehicles,
        ];
        for (const [i, a] of bodies.entries()) {
          expect(a.d).toBeLessThan(0);
          expect(a.d).toBeGreaterThan(road.rightEdge(a.s));
          const overlapping = bodies.findIndex(
            (b, j) =>
              j < i && Math.abs(a.s - b.s) < (a.length + b.length) / 2 && Math.abs(a.d - b.d) < (a.width + b.width) / 2,
          );
          expect(overlapping).toBe(-1);
        }
        const ids = scenario.spec.vehicles.map((vehicle) => vehicle.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).not.toContain(0);
      }),
      { numRuns: 60 },
    );
  });

  test('any draw runs: finite, reproducible, and nobody in the traffic brakes as in an emergency at the start', () => {
    fc.assert(
      fc.property(parametersOf(family), seed, (parameters, anySeed) => {
        const { spec } = instantiate(family, parameters, anySeed);
        const run = () => {
          const world = createWorld(spec);
          const driver = findBaselineDriver('idm-mobil').create();
          driver.start(world);
          for (let k = 0; k < 15; k++) {
            advanceTick(world, driver);
            const { count, s, sDot, a, lane } = world.vehicles;
            for (let i = 1; i < count; i++) {
              const nearEgo = Math.abs(s[i]! - world.ego.s) < 150 && Math.abs(lane[i]! - lane[0]!) <= 1;
              if (!Number.isFinite(s[i]! + sDot[i]!) || (!nearEgo && a[i]! < -6)) {
                throw new Error(`tick ${k}: vehicle ${i} at ${s[i]} m, ${sDot[i]} m/s brakes with ${a[i]} m/s²`);
              }
            }
          }
          return hashWorld(world);
        };
        expect(run()).toBe(run());
      }),
      { numRuns: 8 },
    );
  });
});
