import { describe, expect, test } from 'vitest';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { boxSeparation } from '../../../../sim/contact/boxOverlap.ts';
import { railFace } from '../../../../sim/contact/contactSolver.ts';
import { makeWreck } from '../../../../sim/contact/resolveContacts.ts';
import { WRECK_CAPACITY } from '../../../../sim/contact/wrecks.ts';
import { advanceSubstep } from '../../../../sim/core/advanceWorld.ts';
import { createWorld, type World } from '../../../../sim/core/world.ts';
import { createRoad, mainLane } from '../../../../sim/road/createRoad.ts';
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

/** Distance between the boxes of two vehicles on a straight road [m]; negative when they overlap. */
function separationOf({ vehicles }: World, i: number, j: number): number {
  const box = (k: number) =>
    [vehicles.s[k]!, vehicles.d[k]!, vehicles.headingOffset[k]!, vehicles.length[k]!, vehicles.width[k]!] as const;
  return boxSeparation(...box(i), ...box(j));
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
  const cars = Array.from({ length: 2 * WRECK_CAPACITY }, (_, k) => ({ ...standing(140 + 5.5 * k), id: k + 1 }));
  const world = worldWith(60, cars);
  const deepest = run(world, 900, { ...neutralCommand(), throttle: 1 });
  expect(cars.filter((_, k) => world.vehicles.control[k + 1] === VEHICLE_CONTROL.wreck).length).toBeGreaterThan(
    WRECK_CAPACITY,
  );
  // No more than the way of a substep.
  expect(deepest).toBeLessThan(60 / 60);
  const hit = world.events.flatMap((event) => (event.kind === 'collision' ? [event.other] : []));
  expect(new Set(hit).size).toBe(hit.length);
});

test('traffic that runs into a wreck far from the ego becomes one: their momentum is shared, and nobody is in nobody', () => {
  const world = worldWith(0, [standing(900), { ...standing(892), id: 2, speed: 24, profile: meanProfile('normal') }]);
  const { vehicles } = world;
  const body = { x: 900, y: -5.4, yaw: 0.4, vx: 0, vy: 0, yawRate: 0, mass: 1, length: 4.6, width: 1.8 };
  makeWreck(world, 1, body);
  for (let k = 0; k < 12; k++) advanceSubstep(world, neutralCommand());
  expect(vehicles.control[2]).toBe(VEHICLE_CONTROL.wreck);
  expect(vehicles.sDot[2]).toBeGreaterThan(8);
  expect(vehicles.sDot[2]).toBeLessThan(13);
  for (let k = 0; k < 300; k++) advanceSubstep(world, neutralCommand());
  expect(separationOf(world, 1, 2)).toBeGreaterThan(-0.05);
  expect(vehicles.sDot[1]).toBe(0);
  expect(vehicles.sDot[2]).toBe(0);
});

test('who comes upon a wreck that lies across two lanes stops, in both', () => {
  const comer = (id: number, d: number): VehicleSpec => ({
    ...standing(500),
    id,
    d,
    speed: 25,
    profile: meanProfile('normal'),
  });
  const truck = { ...standing(800, 'truck'), d: -1.8, id: 3 };
  const world = worldWith(0, [comer(1, -1.8), comer(2, -5.4), truck]);
  makeWreck(world, 3, { x: 800, y: -1.8, yaw: Math.PI / 2, vx: 0, vy: 0, yawRate: 0, mass: 1, length: 13, width: 2.5 });
  for (let k = 0; k < 60 * 30; k++) advanceSubstep(world, neutralCommand());
  const { control, sDot, s } = world.vehicles;
  for (const slot of [1, 2]) {
    expect(control[slot], `vehicle ${slot}`).toBe(VEHICLE_CONTROL.model);
    expect(sDot[slot]).toBeLessThan(0.5);
    expect(s[slot]).toBeLessThan(800);
  }
});

test('a wreck that slides across the road comes to rest before the rail, all of it', () => {
  const world = worldWith(0, [{ ...standing(800), d: -9 }]);
  makeWreck(world, 1, { x: 800, y: -9, yaw: Math.PI / 2, vx: 0, vy: -9, yawRate: 0, mass: 1, length: 4.6, width: 1.8 });
  for (let k = 0; k < 300; k++) advanceSubstep(world, neutralCommand());
  expect(world.vehicles.dDot[1]).toBe(0);
  expect(world.vehicles.d[1]! - 4.6 / 2).toBeGreaterThan(railFace(world.road, 800, false) - 0.01);
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

describe('where a lane ends', () => {
  /** Drives at 30 m/s along the road, `offset` from the centre of the lane that ends, and on beyond its end. */
  function pastTheEnd(id: string, lane: number, offset: number) {
    const { spec } = buildScenario(id);
    const { to } = spec.road.lanes[lane]!;
    const d = createRoad(spec.road).laneCentre(lane) + offset;
    const world = createWorld({ ...spec, vehicles: [], inflow: [], ego: { s: to - 60, d, speed: 30 } });
    const command = neutralCommand();
    let sideways = 0;
    let behindRail = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < 60 * 8; k++) {
      command.throttle = 0.2;
      command.steer = Math.min(Math.max(-0.3 * world.ego.headingOffset, -0.02), 0.02);
      advanceSubstep(world, command);
      sideways = Math.max(sideways, Math.abs(world.ego.dDot));
      behindRail = Math.max(behindRail, railFace(world.road, world.ego.s, false) - world.ego.d);
    }
    return { world, sideways, behindRail, to };
  }

  describe.each([
    ['lane-drop@1#1', 2],
    ['on-ramp-merge@1#1', 3],
    ['on-ramp-merge-mainline@1#1', 3],
  ])('%s', (id, lane) => {
    test.each([0, -0.6, -1.2, -2.4, -3.6])(
      '%d m beside its centre the rail leads the car on, and throws nobody',
      (offset) => {
        const { world, sideways, behindRail, to } = pastTheEnd(id, lane, offset);
        expect(sideways).toBeLessThan(4);
        // Less than nothing: the centre stays half a car before the face.
        expect(behindRail).toBeLessThan(-0.7);
        expect(world.ego.s).toBeGreaterThan(to + 60);
        expect(world.ego.vx).toBeGreaterThan(18);
      },
    );
  });
});
