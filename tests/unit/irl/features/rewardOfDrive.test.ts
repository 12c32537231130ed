import { describe, expect, it } from 'vitest';
import { createLearnedDriver } from '../../../../irl/agent/learnedDriver.ts';
import type { Reward } from '../../../../irl/features/reward.ts';
import { rewardOfDrive } from '../../../../irl/features/rewardOfDrive.ts';
import { rollOut } from '../../../../irl/learn/rollOut.ts';
import { buildScenario } from '../../../../scenarios/buildScenario.ts';
import { createWorld } from '../../../../sim/core/world.ts';
import { handmadeReward } from '../../../fixtures/handmadeReward.ts';

const slow = handmadeReward({ speed: 8, speedSquared: -7.5 });
const fast = handmadeReward({ speed: 15, speedSquared: -7.5 });
const weightsOf = ({ features }: Reward) => features.map(({ weight }) => weight);
const mixed: Reward = {
  ...handmadeReward(),
  mixture: [
    { share: 0.25, weights: weightsOf(slow) },
    { share: 0.75, weights: weightsOf(fast) },
  ],
};

describe('rewardOfDrive', () => {
  it('draws each agent in its share of the drives, the same one for the same seed', () => {
    const drawn = Array.from({ length: 2000 }, (_, seed) => rewardOfDrive(mixed, seed));
    const slowOnes = drawn.filter((one) => weightsOf(one)[0] === weightsOf(slow)[0]);
    // Three standard errors of a share of 0.25 in 2000 draws.
    expect(Math.abs(slowOnes.length / 2000 - 0.25)).toBeLessThan(3 * Math.sqrt((0.25 * 0.75) / 2000));
    for (const [seed, one] of drawn.slice(0, 20).entries()) {
      expect(one.mixture).toBeUndefined();
      expect(rewardOfDrive(mixed, seed)).toEqual(one);
      expect([weightsOf(slow), weightsOf(fast)]).toContainEqual(weightsOf(one));
    }
  });

  it('leaves a reward without a mixture as it is', () => {
    expect(rewardOfDrive(slow, 3)).toBe(slow);
  });
});

describe('an agent under a mixture', () => {
  it('drives each drive as the agent that was drawn for it would', () => {
    const options = { candidates: 40 };
    const driver = createLearnedDriver(mixed, options);
    const seedsOf = (member: Reward) =>
      Array.from({ length: 50 }, (_, seed) => seed)
        .filter((seed) => weightsOf(rewardOfDrive(mixed, seed))[0] === weightsOf(member)[0])
        .slice(0, 2);
    const seeds = [...seedsOf(slow), ...seedsOf(fast)];
    expect(seeds).toHaveLength(4);
    for (const seed of seeds) {
      const drive = (by: typeof driver) =>
        rollOut(createWorld(buildScenario(`free-flow@1#${seed}`).spec), by, 40).ego.s.at(-1);
      expect(drive(driver)).toBe(drive(createLearnedDriver(rewardOfDrive(mixed, seed), options)));
    }
  });

  it('draws from the reward that it is given later, and forgets the mixture with it', () => {
    const driver = createLearnedDriver(slow, { candidates: 40 });
    const world = () => createWorld(buildScenario('free-flow@1#1').spec);
    const alone = rollOut(world(), driver, 40).ego.s.at(-1);
    driver.setReward(mixed);
    expect(rollOut(world(), driver, 40).ego.s.at(-1)).toBe(
      rollOut(world(), createLearnedDriver(mixed, { candidates: 40 }), 40).ego.s.at(-1),
    );
    driver.setReward(slow);
    expect(rollOut(world(), driver, 40).ego.s.at(-1)).toBe(alone);
  });
});
