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
 * The contract of every generated family, on draws that fill its ranges (Latin hypercubes with fixed seeds):
 *
 * - 200 draws: the same scenario and the same world when built again from the id, nobody overlapping at the start and
 *   everybody on the road.
 * - 200 draws driven by IDM+MOBIL to their end: no collision unless the family says why not (`adversarial`); a family
 *   with a goal reaches it in a share of the draws.
 * - 20 draws driven twice for 5 s: the same hash. Away from the ego nobody is placed so close that it brakes as in an
 *   emergency in the first tick, and in the first 1.5 s next to nobody does.
 * - 6 draws driven to their end, also beyond a collision of the ego: the traffic never collides with itself.
 */

const DRAWS = 200;
const REPEATED = 20;
const REPEATED_TICKS = 50;
/** Emergency braking is more than 6 m/s² within this many ticks from the start. */
const BEGINNING_TICKS = 15;
/**
 * Share of the vehicles that may do so [1]. Measured on 200 draws with each of two seeds: up to 0.0012 where lanes end
 * or are left, behind somebody who has to change at once, and almost 0 elsewhere.
 */
const MOST_EMERGENCIES = 0.003;
const WATCHED = 6;
const SEED = 20;

/** Share of the draws in which the goal has to be reached; well below what is measured, which stands beside it [1]. */
const GOAL_REACHED: Readonly<Record<string, number>> = {
  // 0.99 to 1 in twelve sets of 200 draws, as for those below.
  'on-ramp-merge': 0.9,
  // 0.885 to 0.94: in a full lane drop the ego may still be queueing when time is up.
  'lane-drop': 0.75,
  // 0.99 to 1 on 300 and on 1000 draws.
  'off-ramp-exit': 0.9,
  'weaving-section': 0.9,
};

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
      const again = buildScenario(scenario.id);
      expect(JSON.stringify(again), scenario.id).toBe(JSON.stringify(scenario));
      expect(hashWorld(createWorld(again.spec)), scenario.id).toBe(hashWorld(createWorld(scenario.spec)));
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

  test(`${REPEATED} draws run the same twice, and begin without emergencies away from the ego`, () => {
    let vehicles = 0;
    let emergencies = 0;
    for (const scenario of drawScenarios(family, REPEATED, SEED + 1)) {
      const braked = new Set<number>();
      const world = drive(scenario, REPEATED_TICKS, ({ vehicles: v, ego, tick }) => {
        for (let i = 1; i < v.count; i++) {
          if (!Number.isFinite(v.s[i]! + v.sDot[i]!))
            throw new Error(`${scenario.id}, tick ${tick}: ${v.id[i]} is lost`);
          const nearEgo = Math.abs(v.s[i]! - ego.s) < 150 && Math.abs(v.lane[i]! - v.lane[0]!) <= 1;
          if (tick <= BEGINNING_TICKS && !nearEgo && v.a[i]! < -6) braked.add(v.id[i]!);
        }
        if (tick === 1 && braked.size > 0) throw new Error(`${scenario.id}: ${[...braked]} are placed too close`);
      });
      expect(hashWorld(drive(buildScenario(scenario.id), REPEATED_TICKS)), scenario.id).toBe(hashWorld(world));
      vehicles += scenario.spec.vehicles.length;
      emergencies += braked.size;
    }
    expect(emergencies / vehicles).toBeLessThanOrEqual(MOST_EMERGENCIES);
  });

  test(`${WATCHED} draws to their end: the traffic does not collide with itself`, () => {
    for (const scenario of drawScenarios(family, WATCHED, SEED + 3)) {
      drive(scenario, 10 * scenario.durationS, ({ vehicles, tick }) => {
        const found = tick % 5 === 0 ? overlap(boxesOf(vehicles)) : undefined;
        if (found !== undefined) throw new Error(`${scenario.id}, tick ${tick}: ${found}`);
      });
    }
  });

  test(`IDM+MOBIL drives ${DRAWS} draws without a collision, or the family says why not, and reaches the goal`, () => {
    const outcomes = [...drawScenarios(family, DRAWS, SEED + 2)].map((scenario) =>
      driveOutcome(scenario, findBaselineDriver('idm-mobil').create()),
    );
    expect(outcomes).toHaveLength(DRAWS);
    const crashed = outcomes.filter(({ collision }) => collision !== null).map(({ id }) => id);
    if (family.adversarial === undefined) {
      expect(crashed).toEqual([]);
    }
    for (const { id, seconds, distance, collision } of outcomes) {
      if (collision === null) expect(seconds, id).toBeCloseTo(family.durationS);
      expect(distance, id).toBeGreaterThan(0);
    }
    if (family.goal === undefined) return;
    const reached = outcomes.filter(({ goalAt }) => goalAt !== null).length;
    expect(GOAL_REACHED[family.family], 'the share in which the goal has to be reached').toBeDefined();
    expect(reached / DRAWS).toBeGreaterThanOrEqual(GOAL_REACHED[family.family]!);
  });
});
