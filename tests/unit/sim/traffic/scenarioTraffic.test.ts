import { describe, expect, test } from 'vitest';
import { findBaselineDriver } from '../../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { createWorld, type World } from '../../../../sim/core/world.ts';
import { slotOf } from '../../../../sim/traffic/trafficState.ts';
import { HAZARD_LIGHTS } from '../../../../sim/traffic/vehicleColumns.ts';

/** Drives an id and looks at every tick. */
function drive(id: string, driverName: string, ticks: number, look: (world: World) => void): World {
  const world = createWorld(buildScenario(id).spec);
  const driver = findBaselineDriver(driverName).create();
  driver.start(world);
  for (let k = 0; k < ticks; k++) {
    advanceTick(world, driver);
    look(world);
  }
  return world;
}

describe('exits', () => {
  test('most of those who want to leave are on the off-ramp in the end, and nobody else is', () => {
    const { spec } = buildScenario('off-ramp-exit@1?exitShare=0.4&density=8#3');
    const wanting = new Set(spec.vehicles.filter((v) => v.leavesByExit && v.s < 900).map(({ id }) => id));
    const left = new Set<number>();
    drive('off-ramp-exit@1?exitShare=0.4&density=8#3', 'calm', 600, ({ vehicles: v }) => {
      for (let i = 1; i < v.count; i++) if (v.lane[i] === 3) left.add(v.id[i]!);
    });
    const through = spec.vehicles.filter((v) => !v.leavesByExit).map(({ id }) => id);
    expect(through.filter((id) => left.has(id))).toEqual([]);
    const share = [...wanting].filter((id) => left.has(id)).length / wanting.size;
    expect(wanting.size).toBeGreaterThan(3);
    expect(share).toBeGreaterThan(0.7);
  });

  test('nobody stops at the end of the road because the off-ramp ends there too', () => {
    drive('off-ramp-exit@1?exitShare=0.5&density=6#4', 'calm', 500, ({ vehicles: v, road }) => {
      for (let i = 1; i < v.count; i++) {
        if (v.lane[i] === 3 && v.s[i]! > road.length - 200) expect(v.sDot[i]).toBeGreaterThan(10);
      }
    });
  });
});

test('where a main lane ends, all who were in it are in the others by the end of its taper', () => {
  let passed = 0;
  drive('lane-drop@1?density=6#2', 'calm', 500, ({ vehicles: v, tick }) => {
    for (let i = 1; i < v.count; i++) {
      const rear = v.s[i]! - v.length[i]! / 2;
      if (rear < 1560 || rear > 1620) continue;
      expect(v.d[i], `tick ${tick}`).toBeGreaterThan(-7.2);
      passed++;
    }
  });
  expect(passed).toBeGreaterThan(100);
});

test('the leader cuts out late without touching the slow car, which then is ahead of the ego', () => {
  let closest = Number.POSITIVE_INFINITY;
  const world = drive('cut-out@1?density=0#1', 'tailgating', 250, ({ vehicles: v }) => {
    const leader = slotOf(v, 1);
    const slow = slotOf(v, 2);
    const apart = Math.abs(v.d[leader]! - v.d[slow]!) - (v.width[leader]! + v.width[slow]!) / 2;
    const gap = Math.abs(v.s[slow]! - v.s[leader]!) - (v.length[slow]! + v.length[leader]!) / 2;
    if (apart < 0) closest = Math.min(closest, gap);
  });
  const { vehicles } = world;
  expect(closest).toBeGreaterThan(0);
  expect(closest).toBeLessThan(40);
  expect(world.road.laneAt(vehicles.s[slotOf(vehicles, 1)]!, vehicles.d[slotOf(vehicles, 1)]!)).toBe(0);
  expect(world.scripts[0]!.phase).toBe(3);
  expect(vehicles.sDot[slotOf(vehicles, 2)]).toBeCloseTo(10, 0);
});

test('where there is no room the leader does not cut out, but brakes', () => {
  const { spec } = buildScenario('cut-out@1?density=0#1');
  const leader = spec.vehicles[0]!;
  // A wall of cars in the lane it would go to.
  const wall = Array.from({ length: 60 }, (_, k) => ({ ...leader, id: 10 + k, s: 300 + 9 * k, d: -1.8 }));
  const world = createWorld({ ...spec, vehicles: [...spec.vehicles, ...wall] });
  const driver = findBaselineDriver('tailgating').create();
  driver.start(world);
  for (let k = 0; k < 140; k++) advanceTick(world, driver);
  const slot = slotOf(world.vehicles, 1);
  expect(world.scripts[0]!.phase).toBe(3);
  expect(world.vehicles.lane[slot]).toBe(1);
  expect(world.vehicles.sDot[slot]).toBeLessThan(leader.speed - 5);
});

test('a tailgater follows closely and never changes lanes', () => {
  const headways: number[] = [];
  drive('tailgater@1?headway=0.4&gap=8#1', 'tailgating', 300, ({ vehicles: v, ego, tick }) => {
    const slot = slotOf(v, 1);
    expect(v.lane[slot]).toBe(0);
    if (tick > 150) headways.push((ego.s - v.s[slot]! - (v.length[slot]! + 4.7) / 2) / v.sDot[slot]!);
  });
  expect(Math.max(...headways)).toBeLessThan(0.8);
  expect(Math.min(...headways)).toBeGreaterThan(0.2);
});

test('a standing car stands, with its hazard lights on, and the others drive around it', () => {
  const start = buildScenario('stopped-vehicle@1?density=8#5').spec.vehicles[0]!;
  const passed = new Set<number>();
  drive('stopped-vehicle@1?density=8#5', 'idm-mobil', 300, ({ vehicles: v }) => {
    const slot = slotOf(v, 1);
    expect([v.s[slot], v.d[slot], v.sDot[slot]]).toEqual([start.s, start.d, 0]);
    expect(v.indicator[slot]).toBe(HAZARD_LIGHTS);
    for (let i = 2; i < v.count; i++) {
      if (v.s[i]! > start.s && v.s[i]! < start.s + 60 && v.d[i]! > -7.2) passed.add(v.id[i]!);
    }
  });
  expect(passed.size).toBeGreaterThan(5);
});

test('a wave of slow traffic moves upstream against the driving direction', () => {
  const slowest = (world: World) => {
    const { vehicles: v } = world;
    const slow = [...Array(v.count).keys()].filter((i) => i > 0 && v.sDot[i]! < 4);
    return slow.reduce((sum, i) => sum + v.s[i]!, 0) / slow.length;
  };
  const id = 'stop-and-go-wave@1?waves=1&distance=500&length=300&jamDensity=110&density=24#1';
  let before = 0;
  const world = drive(id, 'idm-mobil', 300, (w) => {
    if (w.tick === 50) before = slowest(w);
  });
  expect(slowest(world)).toBeLessThan(before - 25);
});

test('an actor that is beside the ego when its time comes cuts in once it is ahead, not into its side', () => {
  const id = 'cut-in@1?gap=7.363&dv=-8.17&at=11.18&density=12.63&speed=35.79#1701257517';
  const { spec, durationS } = buildScenario(id);
  const world = createWorld(spec);
  const driver = findBaselineDriver('idm-mobil').create();
  driver.start(world);
  let begun: number | undefined;
  for (let tick = 0; tick < durationS * 10; tick++) {
    const slot = world.vehicles.id.indexOf(spec.scripts[0]!.actor);
    const gap = world.vehicles.s[slot]! - world.ego.s - (world.vehicles.length[slot]! + world.car.length) / 2;
    advanceTick(world, driver);
    if (begun === undefined && world.scripts[0]!.phase > 0) begun = gap;
  }
  expect(begun ?? 1).toBeGreaterThanOrEqual(1);
  expect(world.events.filter(({ kind }) => kind === 'collision')).toEqual([]);
});
