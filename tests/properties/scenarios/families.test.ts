import { describe, expect, test } from 'vitest';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { buildScenario, type Scenario } from '../../../scenarios/buildScenario.ts';
import { drawScenarios } from '../../../scenarios/drawScenarios.ts';
import { driveOutcome } from '../../../scenarios/driveOutcome.ts';
import { SCENARIO_FAMILIES } from '../../../scenarios/registry.ts';
import type { GeneratedFamily } from '../../../scenarios/scenarioFamily.ts';
import { advanceTick } from '../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { createWorld, type World } from '../../../sim/core/world.ts';
import { createRoad } from '../../../sim/road/createRoad.ts';
import type { VehicleColumns } from '../../../sim/traffic/vehicleColumns.ts';
import { MIDSIZE_CAR } from '../../../sim/vehicle/bicycleParameters.ts';

/*
 * The contract of every family: any draw from its ranges is rebuilt from its id, starts without an overlap and on the
 * road, runs the same twice, keeps the traffic from colliding with itself, and can be driven by IDM+MOBIL without a
 * collision unless the family says why not.
 */

const DRAWS = 200;
/** Draws that are driven to the end; `understudy scenarios sweep` drives thousands. */
const DRIVEN = 4;
const SEED = 20;

const generated = SCENARIO_FAMILIES.filter((family): family is GeneratedFamily => family.kind === 'generated');

interface Box {
  readonly s: number;
  readonly d: number;
  readonly length: number;
  readonly width: number;
}

/** The first pair of boxes that overlap, as text; undefined when all are apart. */
function overlap(boxes: readonly Box[]): string | undefined {
  const sorted = [...boxes].sort((a, b) => a.s - b.s);
  for (const [i, a] of sorted.entries()) {
    for (let j = i + 1; j < sorted.length && sorted[j]!.s - a.s < 30; j++) {
      const b = sorted[j]!;
      if (b.s - a.s < (a.length + b.length) / 2 && Math.abs(a.d - b.d) < (a.width + b.width) / 2) {
        return `boxes at ${a.s} m and ${b.s} m, ${a.d} m and ${b.d} m`;
      }
    }
  }
  return undefined;
}

function boxesAtStart({ spec }: Scenario): Box[] {
  return [{ s: spec.ego.s, d: spec.ego.d, length: MIDSIZE_CAR.length, width: MIDSIZE_CAR.width }, ...spec.vehicles];
}

/** Boxes of the traffic, without the ego. */
function boxesOf(v: VehicleColumns): Box[] {
  return Array.from({ length: v.count - 1 }, (_, k) => {
    const i = k + 1;
    return { s: v.s[i]!, d: v.d[i]!, length: v.length[i]!, width: v.width[i]! };
  });
}

function drive(scenario: Scenario, ticks: number, each?: (world: World) => void): World {
  const world = createWorld(scenario.spec);
  const driver = findBaselineDriver('idm-mobil').create();
  driver.start(world);
  for (let k = 0; k < ticks; k++) {
    advanceTick(world, driver);
    each?.(world);
  }
  return world;
}

test('there are as many families as the design asks for, each with a name of its own', () => {
  expect(SCENARIO_FAMILIES.length).toBeGreaterThanOrEqual(13);
  expect(new Set(SCENARIO_FAMILIES.map(({ family }) => family)).size).toBe(SCENARIO_FAMILIES.length);
});

describe.each(generated.map((family) => [family.family, family] as const))('%s', (_, family) => {
  test(`${DRAWS} draws: rebuilt from the id, no overlap at the start, everybody on the road`, () => {
    let drawn = 0;
    for (const scenario of drawScenarios(family, DRAWS, SEED)) {
      drawn++;
      expect(JSON.stringify(buildScenario(scenario.id)), scenario.id).toBe(JSON.stringify(scenario));
      expect(overlap(boxesAtStart(scenario)), scenario.id).toBeUndefined();
      const road = createRoad(scenario.spec.road);
      for (const { s, d } of boxesAtStart(scenario)) {
        if (!(d < 0 && d > road.rightEdge(s)))
          throw new Error(`${scenario.id}: somebody is off the road at ${s}, ${d}`);
      }
      const ids = [0, ...scenario.spec.vehicles.map(({ id }) => id)];
      expect(new Set(ids).size, scenario.id).toBe(ids.length);
    }
    expect(drawn).toBe(DRAWS);
  });

  test('runs the same twice; at the start nobody away from the ego brakes as in an emergency, no traffic overlaps later', () => {
    for (const scenario of drawScenarios(family, 1, SEED + 1)) {
      const world = drive(scenario, 15, ({ vehicles: v, ego, tick }) => {
        for (let i = 1; i < v.count; i++) {
          const nearEgo = Math.abs(v.s[i]! - ego.s) < 150 && Math.abs(v.lane[i]! - v.lane[0]!) <= 1;
          if (!Number.isFinite(v.s[i]! + v.sDot[i]!) || (!nearEgo && v.a[i]! < -6)) {
            throw new Error(
              `${scenario.id}, tick ${tick}: vehicle ${v.id[i]} at ${v.s[i]} m brakes with ${v.a[i]} m/s²`,
            );
          }
        }
      });
      expect(hashWorld(drive(scenario, 15)), scenario.id).toBe(hashWorld(world));
      drive(scenario, 10 * scenario.durationS, ({ vehicles, tick }) => {
        if (tick % 5 === 0) expect(overlap(boxesOf(vehicles)), `${scenario.id}, tick ${tick}`).toBeUndefined();
      });
    }
  });

  test('IDM+MOBIL drives it without a collision, or the family says why not', () => {
    const outcomes = [...drawScenarios(family, DRIVEN, SEED + 2)].map((scenario) =>
      driveOutcome(scenario, findBaselineDriver('idm-mobil').create()),
    );
    const crashed = outcomes.filter(({ collision }) => collision !== null).map(({ id }) => id);
    if (family.adversarial === undefined) expect(crashed).toEqual([]);
    for (const { id, seconds, distance, collision } of outcomes) {
      if (collision === null) expect(seconds, id).toBeCloseTo(family.durationS);
      expect(distance, id).toBeGreaterThan(0);
    }
    if (family.goal !== undefined) expect(outcomes.some(({ goalAt }) => goalAt !== null)).toBe(true);
  });
});
