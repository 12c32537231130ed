import { expect, test } from 'vitest';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { driveOutcome } from '../../../scenarios/driveOutcome.ts';
import { advanceTick } from '../../../sim/core/advanceWorld.ts';
import { createWorld } from '../../../sim/core/world.ts';

const drive = (id: string, driver = 'idm-mobil') =>
  driveOutcome(buildScenario(id), findBaselineDriver(driver).create());

test('who does not brake hits the braking leader with its front, and the drive ends there', () => {
  const outcome = drive('hard-braking-leader@1?gap=15&density=0#1', 'constant-velocity');
  expect(outcome.collision?.kind).toBe('front');
  expect(outcome.collision!.impact).toBeGreaterThan(1);
  expect(outcome.seconds).toBeLessThan(45);
  expect(outcome.nearMisses).toBeGreaterThan(0);
});

test('who does not change lanes hits the standing car', () => {
  const outcome = drive('stopped-vehicle@1?density=0#1', 'constant-velocity');
  expect(outcome.collision).toMatchObject({ kind: 'front' });
  expect(outcome.collision!.at).toBeGreaterThan(320 / 27 - 0.5);
});

test('a drive ends with the road', () => {
  const { spec, ...scenario } = buildScenario('free-flow@1?density=0#1');
  const short = { ...scenario, spec: { ...spec, road: { ...spec.road, pieces: [{ kind: 'straight', length: 900 }] } } };
  const outcome = driveOutcome(
    short as typeof scenario & { spec: typeof spec },
    findBaselineDriver('idm-mobil').create(),
  );
  expect(spec.ego.s + outcome.distance).toBeGreaterThanOrEqual(900);
  expect(spec.ego.s + outcome.distance).toBeLessThan(905);
  expect(outcome.seconds).toBeLessThan(scenario.durationS);
});

test('goals: the ramp is left for the main road, the main road for the exit', () => {
  const merge = drive('on-ramp-merge@1?density=4#1');
  expect(merge.collision).toBeNull();
  expect(merge.goalAt).toBeGreaterThan(15);
  expect(drive('off-ramp-exit@1?density=4#1').goalAt).toBeGreaterThan(15);
  expect(drive('off-ramp-exit@1?density=4#1', 'constant-velocity').goalAt).toBeNull();
  expect(drive('free-flow@1#1').goalAt).toBeNull();
});

test('goals of an auxiliary lane: out of it before its opening ends, or in it beyond', () => {
  const { openTo } = buildScenario('weaving-section@1#1').spec.road.lanes[3]!;
  const scenario = buildScenario('weaving-section@1?density=4&rampDensity=0#1');
  const merge = drive(scenario.id);
  expect(merge.collision).toBeNull();
  // Not before the section is behind it.
  expect(merge.goalAt).toBeGreaterThan((openTo - scenario.spec.ego.s) / 28);
  const exit = (leavesByExit: boolean) => {
    const spec = { ...scenario.spec, ego: { ...scenario.spec.ego, leavesByExit } };
    return driveOutcome({ ...scenario, goal: 'exit', spec }, findBaselineDriver('idm-mobil').create());
  };
  expect(exit(true).goalAt).toBeGreaterThan((openTo - scenario.spec.ego.s) / 28);
  expect(exit(false).goalAt).toBeNull();
});

test('alone on the road nobody is ahead, and who keeps the speed has hardly any jerk', () => {
  const { minHeadway, minTtc, rmsJerk, meanSpeed, laneChanges } = drive('free-flow@1?density=0#1', 'constant-velocity');
  expect({ minHeadway, minTtc, laneChanges }).toEqual({ minHeadway: null, minTtc: null, laneChanges: 0 });
  expect(rmsJerk).toBeLessThan(0.15);
  expect(meanSpeed).toBeCloseTo(buildScenario('free-flow@1?density=0#1').spec.ego.speed, 0);
});

test('headway and jerk are those of the drive, worked out anew from its states', () => {
  const scenario = buildScenario('hard-braking-leader@1?density=0#1');
  const { minHeadway, rmsJerk, seconds } = drive(scenario.id, 'tailgating');
  const world = createWorld(scenario.spec);
  const driver = findBaselineDriver('tailgating').create();
  driver.start(world);
  const speeds = [world.ego.vx];
  const headways: number[] = [];
  for (let tick = 0; tick < Math.round(seconds * 10); tick++) {
    advanceTick(world, driver);
    speeds.push(world.ego.vx);
    const { s, length } = world.vehicles;
    headways.push((s[1]! - s[0]! - (length[1]! + length[0]!) / 2) / world.ego.sDot);
  }
  const jerks = speeds.slice(2).map((speed, k) => (speed - 2 * speeds[k + 1]! + speeds[k]!) * 100);
  expect(minHeadway).toBeCloseTo(Math.min(...headways), 9);
  expect(rmsJerk).toBeCloseTo(Math.sqrt(jerks.reduce((sum, jerk) => sum + jerk * jerk, 0) / jerks.length), 6);
});

test('whoever keeps its lane meets the braking leader, whoever has left it does not', () => {
  expect(drive('hard-braking-leader@1?density=0#1', 'idm').metScript).toBe(true);
  expect(drive('free-flow@1#1', 'idm').metScript).toBeNull();
  const scenario = buildScenario('hard-braking-leader@1?density=0#1');
  const aside = { ...scenario, spec: { ...scenario.spec, ego: { ...scenario.spec.ego, d: -1.8 } } };
  expect(driveOutcome(aside, findBaselineDriver('idm').create()).metScript).toBe(false);
});
