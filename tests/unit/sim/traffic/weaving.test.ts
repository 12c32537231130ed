import { beforeAll, describe, expect, test } from 'vitest';
import { findBaselineDriver } from '../../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../../sim/core/world.ts';
import { createRoad } from '../../../../sim/road/createRoad.ts';
import { LANE_CHOICE } from '../../../../sim/traffic/driverColumns.ts';
import { overlapping } from './overlapping.ts';

/** Auxiliary lane of `weaving-section`. */
const AUXILIARY = 3;

/** Where a vehicle was first seen, who drives it, and whether it was ever in the auxiliary lane. */
interface Trip {
  readonly s: number;
  readonly lane: number;
  readonly leaves: boolean;
  usedAuxiliary: boolean;
}

/** Everybody who passes the end of the section, some of whom were first seen only when they entered the road. */
function weave(density: number, seeds: number) {
  const cameIn = { all: 0, through: 0 };
  const leaving = { all: 0, left: 0, entered: 0, enteredAndLeft: 0 };
  let intruders = 0;
  let onNose = 0;
  const touching = new Set<string>();
  for (let seed = 1; seed <= seeds; seed++) {
    const id = `weaving-section@1?density=${density}&exitShare=0.3&rampDensity=9#${seed}`;
    const world = createWorld(buildScenario(id).spec);
    const { openTo } = world.road.spec.lanes[AUXILIARY]!;
    const driver = findBaselineDriver('idm-mobil').create();
    driver.start(world);
    const trips = new Map<number, Trip>();
    const done = new Set<number>();
    while (world.tick < 900) {
      const { vehicles: v, traffic } = world;
      for (let i = 1; i < v.count; i++) {
        const vehicle = v.id[i]!;
        const trip: Trip = trips.get(vehicle) ?? {
          s: v.s[i]!,
          lane: v.lane[i]!,
          leaves: traffic.drivers.choosesLane[i] === LANE_CHOICE.exit,
          usedAuxiliary: false,
        };
        trips.set(vehicle, trip);
        if (v.lane[i] === AUXILIARY) trip.usedAuxiliary = true;
        if (v.s[i]! < openTo || trip.s > openTo - 400 || done.has(vehicle)) continue;
        done.add(vehicle);
        const isOff = v.lane[i] === AUXILIARY;
        if (Math.abs(v.d[i]! - world.road.laneLeftEdge(AUXILIARY)) < v.width[i]! / 2 - 0.1) onNose++;
        if (trip.lane === AUXILIARY) {
          cameIn.all++;
          if (!isOff) cameIn.through++;
        } else if (!trip.leaves) {
          if (trip.usedAuxiliary) intruders++;
        } else if (trip.s < openTo - 1200) {
          leaving.all++;
          if (isOff) leaving.left++;
        }
        if (trip.leaves && trip.s < 1) leaving.entered++;
        if (trip.leaves && trip.s < 1 && isOff) leaving.enteredAndLeft++;
      }
      if (world.tick % 5 === 0) for (const pair of overlapping(v, 1)) touching.add(`${id}: ${pair}`);
      advanceTick(world, driver);
    }
  }
  return { cameIn, leaving, intruders, onNose, touching: [...touching] };
}

describe.each([8, 16])('a weaving section at %d veh/km/lane', (density) => {
  let seen: ReturnType<typeof weave>;
  beforeAll(() => {
    seen = weave(density, 8);
  });

  test('who came in by the auxiliary lane and goes through is out of it in time', () => {
    expect(seen.cameIn.all).toBeGreaterThan(40);
    expect(seen.cameIn.through).toBe(seen.cameIn.all);
  });

  test('who wants to leave, and has 1200 m or more, gets into it', () => {
    expect(seen.leaving.all).toBeGreaterThan(30);
    expect(seen.leaving.left / seen.leaving.all).toBeGreaterThanOrEqual(0.95);
  });

  test('of those who enter the road later some leave too', () => {
    expect(seen.leaving.entered).toBeGreaterThan(10);
    expect(seen.leaving.enteredAndLeft / seen.leaving.entered).toBeGreaterThanOrEqual(0.95);
  });

  test('nobody else uses it, nobody is on the nose, and nobody is hit', () => {
    expect(seen.intruders).toBe(0);
    expect(seen.onNose).toBe(0);
    expect(seen.touching).toEqual([]);
  });
});

test('nobody starts on the auxiliary lane beyond its opening', () => {
  const { spec } = buildScenario('weaving-section@1?rampDensity=12#1');
  const road = createRoad(spec.road);
  const there = spec.vehicles.filter(({ s, d }) => road.laneAt(s, d) === AUXILIARY);
  expect(there.length).toBeGreaterThan(3);
  expect(Math.max(...there.map(({ s }) => s))).toBeLessThan(road.lanes.openTo[AUXILIARY]!);
});
