import { describe, expect, test } from 'vitest';
import { BASELINE_DRIVERS, findBaselineDriver } from '../../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../../sim/core/hashWorld.ts';
import { restoreSnapshot, takeSnapshot } from '../../../../sim/core/snapshot.ts';
import { createWorld } from '../../../../sim/core/world.ts';

const IDS = ['free-flow@1#1', 'dense@1#2', 'cut-in@1#3', 'hard-braking-leader@1#4', 'on-ramp-merge@1#5'];

function driven(id: string, ticks: number, driverName = 'idm-mobil') {
  const world = createWorld(buildScenario(id).spec);
  const driver = findBaselineDriver(driverName).create();
  driver.start(world);
  for (let k = 0; k < ticks; k++) advanceTick(world, driver);
  return world;
}

describe('determinism', () => {
  test.each(IDS)('%s: two worlds of one id end in the same bits', (id) => {
    expect(hashWorld(driven(id, 150))).toBe(hashWorld(driven(id, 150)));
  });

  test('another seed gives another world', () => {
    expect(hashWorld(driven('dense@1#1', 1))).not.toBe(hashWorld(driven('dense@1#2', 1)));
  });

  test('the hash sees the smallest change of any vehicle', () => {
    const world = driven('dense@1#1', 5);
    const before = hashWorld(world);
    world.vehicles.d[7] = world.vehicles.d[7]! + 1e-12;
    expect(hashWorld(world)).not.toBe(before);
  });
});

describe('snapshots', () => {
  test.each(IDS)('%s: going back and on again ends in the same bits', (id) => {
    const world = createWorld(buildScenario(id).spec);
    const driver = findBaselineDriver('constant-velocity').create();
    driver.start(world);
    for (let k = 0; k < 60; k++) advanceTick(world, driver);
    const snapshot = takeSnapshot(world);
    const hashThere = hashWorld(world);
    const straightOn = () => {
      const cruise = findBaselineDriver('constant-velocity').create();
      cruise.start(world);
      for (let k = 0; k < 120; k++) advanceTick(world, cruise);
      return { hash: hashWorld(world), events: world.events.length };
    };
    const first = straightOn();
    restoreSnapshot(world, snapshot);
    expect(hashWorld(world)).toBe(hashThere);
    expect(straightOn()).toEqual(first);
  });

  test('a snapshot of a crash brings back wrecks and events', () => {
    const world = driven('hard-braking-leader@1?gap=12#1', 0);
    const driver = findBaselineDriver('constant-velocity').create();
    driver.start(world);
    while (!world.events.some((event) => event.kind === 'collision')) advanceTick(world, driver);
    const snapshot = takeSnapshot(world);
    const on = () => {
      for (let k = 0; k < 30; k++) advanceTick(world, driver);
      return hashWorld(world);
    };
    driver.start(world);
    const first = on();
    restoreSnapshot(world, snapshot);
    driver.start(world);
    expect(on()).toBe(first);
  });

  test('events are those of the snapshot, wherever the world has been meanwhile', () => {
    const { spec } = buildScenario('stopped-vehicle@1?distance=140&density=4#3');
    const world = createWorld(spec);
    const drive = (ticks: number, name: string) => {
      const driver = findBaselineDriver(name).create();
      driver.start(world);
      for (let k = 0; k < ticks; k++) advanceTick(world, driver);
    };
    const start = takeSnapshot(world);
    drive(100, 'constant-velocity');
    const crashed = takeSnapshot(world);
    const events = [...world.events];
    expect(events.map(({ kind }) => kind)).toContain('collision');
    restoreSnapshot(world, start);
    expect(world.events).toEqual([]);
    drive(150, 'idm-mobil');
    expect(world.events.map(({ kind }) => kind)).not.toContain('collision');
    restoreSnapshot(world, crashed);
    expect(world.events).toEqual(events);
    const fork = createWorld(spec);
    restoreSnapshot(fork, crashed);
    expect(fork.events).toEqual(events);
  });
});

describe('traffic', () => {
  test.each(IDS)('%s: nobody in the traffic touches anybody, and nobody reverses', (id) => {
    const world = createWorld(buildScenario(id).spec);
    const driver = findBaselineDriver('idm-mobil').create();
    driver.start(world);
    for (let k = 0; k < 300; k++) {
      advanceTick(world, driver);
      const { count, s, d, sDot, length, width } = world.vehicles;
      for (let i = 1; i < count; i++) {
        expect(sDot[i]).toBeGreaterThanOrEqual(0);
        for (let j = 1; j < i; j++) {
          const apart =
            Math.abs(s[i]! - s[j]!) >= (length[i]! + length[j]!) / 2 ||
            Math.abs(d[i]! - d[j]!) >= (width[i]! + width[j]!) / 2;
          if (!apart)
            throw new Error(`tick ${k}: vehicles ${world.vehicles.id[i]} and ${world.vehicles.id[j]} overlap`);
        }
      }
    }
  });

  test('vehicles enter and leave, so that the density holds', () => {
    const world = driven('dense@1#1', 0);
    const atStart = world.vehicles.count;
    const driver = findBaselineDriver('idm-mobil').create();
    driver.start(world);
    for (let k = 0; k < 600; k++) advanceTick(world, driver);
    const ids = [...world.vehicles.id.slice(0, world.vehicles.count)];
    expect(Math.max(...ids)).toBeGreaterThan(atStart);
    expect(world.vehicles.count).toBeGreaterThan(0.85 * atStart);
    expect(world.vehicles.count).toBeLessThan(1.15 * atStart);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('every baseline driver', () => {
  const attentive = BASELINE_DRIVERS.filter((driver) => driver.name !== 'constant-velocity');
  test.each(attentive.map((driver) => driver.name))('%s: stops behind a leader that brakes to a standstill', (name) => {
    const world = driven('hard-braking-leader@1?untilSpeed=0&deceleration=5&gap=40#1', 300, name);
    expect(world.events.filter((event) => event.kind === 'collision')).toEqual([]);
  });

  test.each(BASELINE_DRIVERS.map((driver) => driver.name))('%s: starts afresh in every world', (name) => {
    const driver = findBaselineDriver(name).create();
    const hashOf = (id: string) => {
      const world = createWorld(buildScenario(id).spec);
      driver.start(world);
      for (let k = 0; k < 80; k++) advanceTick(world, driver);
      return hashWorld(world);
    };
    const first = hashOf('dense@1#3');
    hashOf('on-ramp-merge@1#1');
    expect(hashOf('dense@1#3')).toBe(first);
  });
});
