import { describe, expect, test } from 'vitest';
import { WRECK_CAPACITY } from '../../../../sim/contact/wrecks.ts';
import { advanceSubstep } from '../../../../sim/core/advanceWorld.ts';
import { createWorld, type World } from '../../../../sim/core/world.ts';
import { mainLane } from '../../../../sim/road/createRoad.ts';
import { meanProfile } from '../../../../sim/traffic/driverProfile.ts';
import type { VehicleSpec } from '../../../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../../../sim/traffic/vehicleColumns.ts';
import { neutralCommand } from '../../../../sim/vehicle/egoCommand.ts';

function worldWith(speed: number, vehicles: readonly VehicleSpec[], lateralSpeed = 0): World {
  return createWorld({
    road: {
      pieces: [{ kind: 'straight', length: 2000 }],
      lanes: [mainLane(3.6, 33), mainLane(3.6, 33), mainLane(3.6, 33)],
      shoulderLeft: 1,
      shoulderRight: 2,
      railLeft: true,
      railRight: true,
    },
    seed: 1,
    ego: { s: 100, d: -5.4, speed, lateralSpeed },
    vehicles,
    inflow: [],
    driverMix: { timid: 0, normal: 1, brisk: 0, truck: 0 },
    scripts: [],
    tracks: [],
  });
}

/** A standing car: its cap lets it wish for no speed at all. */
function standing(s: number, kind: 'car' | 'truck' = 'car'): VehicleSpec {
  return {
    id: 1,
    kind: VEHICLE_KIND[kind],
    control: VEHICLE_CONTROL.model,
    s,
    d: -5.4,
    speed: 0,
    length: kind === 'car' ? 4.6 : 13,
    width: kind === 'car' ? 1.8 : 2.5,
    profile: { ...meanProfile('normal'), speedCap: 1e-6 },
    choosesLane: false,
  };
}

/** Runs and returns the deepest overlap of the ego with anything [m], checking that every number stays finite. */
function run(world: World, ticks: number, command = neutralCommand()): number {
  let deepest = 0;
  for (let k = 0; k < ticks * 6; k++) {
    advanceSubstep(world, command);
    expect(Object.values(world.ego).every(Number.isFinite)).toBe(true);
    const { vehicles, ego, car } = world;
    for (let i = 1; i < vehicles.count; i++) {
      const along = (vehicles.length[i]! + car.length) / 2 - Math.abs(vehicles.s[i]! - ego.s);
      const across = (vehicles.width[i]! + car.width) / 2 - Math.abs(vehicles.d[i]! - ego.d);
      if (Math.abs(ego.headingOffset) < 0.1 && Math.abs(vehicles.headingOffset[i]!) < 0.1) {
        deepest = Math.max(deepest, Math.min(along, across));
      }
    }
  }
  return deepest;
}

describe('rear-end crashes', () => {
  test.each([
    [10, 'car'],
    [25, 'car'],
    [45, 'car'],
    [45, 'truck'],
  ] as const)('at %d m/s into a standing %s: noted, no tunnelling, momentum shared', (speed, kind) => {
    const world = worldWith(speed, [standing(160, kind)]);
    const deepest = run(world, 150, { ...neutralCommand(), brake: speed > 20 ? 0.1 : 0 });
    const collision = world.events.find((event) => event.kind === 'collision');
    expect(collision).toMatchObject({ other: 1 });
    expect(deepest).toBeLessThan(speed / 60 + 0.25);
    expect(world.ego.s).toBeLessThan(world.vehicles.s[1]!);
    expect(world.vehicles.control[1]).toBe(VEHICLE_CONTROL.wreck);
    expect(world.vehicles.s[1]!).toBeGreaterThan(160.3);
    expect(world.vehicles.sDot[1]).toBeCloseTo(0, 1);
  });

  test('a heavy truck is moved less than a car and slows the ego more', () => {
    const [car, truck] = (['car', 'truck'] as const).map((kind) => {
      const world = worldWith(25, [standing(160, kind)]);
      while (!world.events.some((event) => event.kind === 'collision')) run(world, 1);
      return world.vehicles.sDot[1]!;
    });
    expect(truck!).toBeLessThan(0.5 * car!);
  });
});

test('a car that ploughs through more cars than can slide at once passes through none of them', () => {
  const cars = Array.from({ length: 2 * WRECK_CAPACITY }, (_, k) => ({ ...standing(140 + 7 * k), id: k + 1 }));
  const world = worldWith(30, cars);
  const deepest = run(world, 300, { ...neutralCommand(), throttle: 1 });
  expect(cars.filter((_, k) => world.vehicles.control[k + 1] === VEHICLE_CONTROL.wreck).length).toBeGreaterThan(
    WRECK_CAPACITY,
  );
  expect(deepest).toBeLessThan(30 / 60 + 0.25);
  const hit = world.events.flatMap((event) => (event.kind === 'collision' ? [event.other] : []));
  expect(new Set(hit).size).toBe(hit.length);
});

describe('guard rails', () => {
  test.each([1.5, 5, 12])('the ego that drifts at %d m/s into the rail stays on the road', (lateralSpeed) => {
    for (const side of [1, -1]) {
      const world = worldWith(30, [], side * lateralSpeed);
      run(world, 60);
      expect(world.events.some((event) => event.kind === 'collision' && event.other === -1)).toBe(true);
      expect(world.ego.d).toBeLessThan(1.3);
      expect(world.ego.d).toBeGreaterThan(-13.1);
      // A rail turns the car along the road: most of the speed along it is left.
      expect(world.ego.sDot).toBeGreaterThan(15);
    }
  });
});

test('without contact the solver is not asked and the ego coasts straight', () => {
  const world = worldWith(30, []);
  run(world, 50);
  expect(world.events).toEqual([]);
  expect(world.ego.d).toBeCloseTo(-5.4, 9);
});
