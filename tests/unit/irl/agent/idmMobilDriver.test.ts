import { expect, test } from 'vitest';
import { BASELINE_DRIVERS, findBaselineDriver } from '../../../../irl/agent/baselineDrivers.ts';
import { COOLNESS, createIdmMobilDriver } from '../../../../irl/agent/idmMobilDriver.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { advanceTick } from '../../../../sim/core/advanceWorld.ts';
import { TICK_S } from '../../../../sim/core/time.ts';
import { createWorld, type World } from '../../../../sim/core/world.ts';
import { meanProfile } from '../../../../sim/traffic/driverProfile.ts';

/** Drives an id to its end; accelerations along the road, tick by tick [m/s²]. */
function drive(id: string, driverName: string, look: (world: World) => void = () => {}) {
  const scenario = buildScenario(id);
  const world = createWorld(scenario.spec);
  const driver = findBaselineDriver(driverName).create();
  driver.start(world);
  const accelerations: number[] = [];
  for (let k = 0; k < scenario.durationS / TICK_S; k++) {
    const before = world.ego.sDot;
    advanceTick(world, driver);
    accelerations.push((world.ego.sDot - before) / TICK_S);
    look(world);
  }
  expect(world.events.filter(({ kind }) => kind === 'collision' || kind === 'off-road')).toEqual([]);
  return { world, accelerations };
}

// Neighbouring lanes are full, so that nobody gets away sideways.
const BRAKING = [
  ['calm', 'hard-braking-leader@1?gap=12&deceleration=8&untilSpeed=0&at=4&density=16#3'],
  ['idm-mobil', 'hard-braking-leader@1?gap=14&deceleration=8&untilSpeed=0&at=5&density=16#3'],
  ['tailgating', 'hard-braking-leader@1?gap=14&deceleration=5&untilSpeed=5&at=8&density=10#2'],
] as const;

test.each(BRAKING)('%s brakes hard behind a leader that does, but not from one tick to the next', (name, id) => {
  const { accelerations } = drive(id, name);
  const jerks = accelerations.slice(1).map((a, k) => Math.abs(a - accelerations[k]!) / TICK_S);
  expect(Math.max(...jerks)).toBeLessThan(25);
  expect(Math.min(...accelerations)).toBeLessThan(-4);
});

test.each(BASELINE_DRIVERS.filter(({ name }) => name !== 'constant-velocity').map(({ name }) => name))(
  '%s comes to terms with a car that stands in its lane',
  (name) => {
    const { world, accelerations } = drive('stopped-vehicle@1?distance=220&density=0#1', name);
    expect(accelerations.every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(world.ego.s)).toBe(true);
  },
);

test('at the end of its lane it signals before it has found a gap', () => {
  let signalledAt = Number.NaN;
  let leftAt = Number.NaN;
  drive('lane-drop@1?density=19.21&speed=25.64#2447055895', 'idm-mobil', ({ vehicles, ego, tick }) => {
    if (Number.isNaN(signalledAt) && vehicles.indicator[0] === 1) signalledAt = tick;
    if (Number.isNaN(leftAt) && ego.d > -7.2) leftAt = tick;
  });
  expect(signalledAt).toBeLessThan(leftAt - 20);
});

test('the cool take a car that cuts in at their own speed calmly, where the IDM brakes hard', () => {
  const profile = { ...meanProfile('normal'), timeHeadway: 2.1, minimumGap: 3, acceleration: 0.9, deceleration: 1.3 };
  const hardest = (coolness: number) => {
    const world = createWorld(buildScenario('dense@1#10').spec);
    const driver = createIdmMobilDriver('test', { profile, changeFrequency: 1, changeAcceleration: 1, coolness });
    driver.start(world);
    let least = 0;
    // A car at 21.5 m/s moves in 20 m ahead of the driver's 22 m/s after half a second.
    for (let k = 0; k < 20; k++) {
      const before = world.ego.sDot;
      advanceTick(world, driver);
      least = Math.min(least, (world.ego.sDot - before) / TICK_S);
    }
    return least;
  };
  expect(hardest(0)).toBeLessThan(-4);
  expect(hardest(COOLNESS)).toBeGreaterThan(-1.6);
  expect(hardest(COOLNESS)).toBeLessThan(-0.5);
});
