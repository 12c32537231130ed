import { expect, test } from 'vitest';
import { createPersonWheel } from '../../../app/modes/drive/personWheel.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { createWorld, type World, type WorldSpec } from '../../../sim/core/world.ts';
import type { InputDevices } from '../../../sim/input/inputDevices.ts';
import { neutralCommand } from '../../../sim/vehicle/egoCommand.ts';

const { spec } = buildScenario('free-flow@1#1');
const alone: WorldSpec = { ...spec, vehicles: [], inflow: [] };

/** Devices on which a script holds keys. */
function devicesHolding(keys: () => readonly string[]): InputDevices {
  return {
    sample: () => ({ device: 'keyboard', keys: keys() }),
    device: 'keyboard',
    deviceName: null,
    enabled: true,
    releaseAll: () => {},
    dispose: () => {},
  };
}

function drive(laneAssist: boolean, seconds: number, keys: (timeS: number) => readonly string[], from = alone): World {
  const world = createWorld(from);
  let timeS = 0;
  const { driver } = createPersonWheel(
    devicesHolding(() => keys(timeS)),
    () => ({ laneAssist }),
    'Ada',
  );
  driver.start(world);
  const command = neutralCommand();
  for (let k = 0; k < seconds * 60; k++) {
    timeS = k / 60;
    driver.command(world, command);
    advanceSubstep(world, command);
  }
  return world;
}

test('with the steering keys released the car stays in its lane for a minute, bends included', () => {
  const world = drive(true, 60, () => ['KeyW']);
  expect(world.ego.s).toBeGreaterThan(spec.ego.s + 1500);
  expect(Math.abs(world.ego.d - spec.ego.d)).toBeLessThan(0.8);
  expect(world.events).toEqual([]);
});

test('without the assist the same hands leave the lane', () => {
  const world = drive(false, 60, () => ['KeyW']);
  expect(world.events.length).toBeGreaterThan(0);
});

test('a tap of a steering key moves the car across, and it then runs parallel to the road again', () => {
  const world = drive(true, 8, (t) => (t > 1 && t < 1.8 ? ['KeyA', 'KeyW'] : ['KeyW']));
  expect(world.ego.d - spec.ego.d).toBeGreaterThan(0.4);
  expect(Math.abs(world.ego.headingOffset)).toBeLessThan(0.01);
});

test('held steering keys act the same with and without the assist', () => {
  const held = (t: number) => (t > 1 ? ['KeyD', 'KeyW'] : ['KeyW']);
  const [helped, alone2] = [drive(true, 2.2, held), drive(false, 2.2, held)];
  expect(Math.abs(helped.ego.yawRate - alone2.ego.yawRate)).toBeLessThan(0.02);
});
