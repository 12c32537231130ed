import { describe, expect, test } from 'vitest';
import { Rollout } from '../../../app/modes/watch/rollout.ts';
import { findBaselineDriver } from '../../../irl/agent/baselineDrivers.ts';
import { createLearnedDriver } from '../../../irl/agent/learnedDriver.ts';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

const { spec } = buildScenario('dense@1#1');
const driver = (name: string) => findBaselineDriver(name).create();
const finish = (rollout: Rollout) => {
  while (!rollout.complete) rollout.tick();
  return hashWorld(rollout.world);
};

describe('Rollout', () => {
  test('remembers every tick as it was', () => {
    const rollout = new Rollout(spec, 30, driver('calm'));
    const seen = [rollout.world.ego.s];
    while (!rollout.complete) {
      rollout.tick();
      seen.push(rollout.world.ego.s);
    }
    expect(seen.map((_, tick) => rollout.frame(tick).s[0])).toEqual(seen);
    expect(seen.map((_, tick) => rollout.pose(tick).s)).toEqual(seen);
    expect(Array.from(rollout.speed).every((speed) => speed > 10)).toBe(true);
  });

  test.each([0, 7, 10, 23, 30])('branching at tick %i comes back to the same bits', (tick) => {
    const rollout = new Rollout(spec, 30, driver('brisk'));
    const hashes: string[] = [hashWorld(rollout.world)];
    while (!rollout.complete) {
      rollout.tick();
      hashes.push(hashWorld(rollout.world));
    }
    rollout.branch(tick, driver('calm'));
    expect(rollout.head).toBe(tick);
    expect(hashWorld(rollout.world)).toBe(hashes[tick]);
  });

  test('a branch under another driver goes another way, and twice the same way', () => {
    const ends = [1, 2].map(() => {
      const rollout = new Rollout(spec, 60, driver('brisk'));
      const straight = finish(rollout);
      rollout.branch(15, driver('calm'));
      const branched = finish(rollout);
      expect(branched).not.toBe(straight);
      return branched;
    });
    expect(ends[0]).toBe(ends[1]);
  });

  test('take-overs are noted, survive a later branch, and vanish with an earlier one', () => {
    const rollout = new Rollout(spec, 40, driver('brisk'));
    finish(rollout);
    rollout.branch(12, driver('calm'));
    finish(rollout);
    rollout.branch(25, driver('tailgating'));
    const takeOvers = () => rollout.events.filter((event) => event.kind === 'take-over').map((event) => event.tick);
    expect(takeOvers()).toEqual([12, 25]);
    expect([5, 12, 30].map((tick) => rollout.driverAt(tick).name)).toEqual(['brisk', 'calm', 'tailgating']);
    rollout.branch(8, driver('brisk'));
    expect(takeOvers()).toEqual([8]);
  });

  test('hands every decision of a learned driver out once', () => {
    const ticks: number[] = [];
    const rollout = new Rollout(spec, 10, createLearnedDriver(handmadeReward()), (decision) =>
      ticks.push(decision.tick),
    );
    finish(rollout);
    expect(ticks).toEqual([0, 2, 4, 6, 8]);
  });

  test('refuses to branch where nothing has been simulated', () => {
    const rollout = new Rollout(spec, 30, driver('calm'));
    expect(() => rollout.branch(1, driver('calm'))).toThrow('cannot branch at tick 1; expected one from 0 to 0');
  });
});
