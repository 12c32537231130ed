import { expect, test } from 'vitest';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { driveOutcome } from '../../../scenarios/driveOutcome.ts';

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
