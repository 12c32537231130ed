import { BASELINE_DRIVERS } from '../../irl/agent/baselineDrivers.ts';
import { createLearnedDriver, type LearnedDriver } from '../../irl/agent/learnedDriver.ts';
import type { Reward } from '../../irl/features/reward.ts';
import type { Driver } from '../../sim/core/driver.ts';
import type { RewardShelf } from '../rewards/rewardShelf.ts';

/** Somebody who can be put at the agent's wheel. */
export type DriverChoice =
  | { readonly kind: 'learned'; readonly id: string; readonly title: string; readonly reward: Reward }
  | { readonly kind: 'baseline'; readonly id: string; readonly title: string; readonly summary: string };

/** All choices: the learned rewards, newest first, then the baselines. */
export function driverChoices(rewards: RewardShelf): DriverChoice[] {
  return [
    ...rewards.entries.map(({ id, reward }): DriverChoice => ({ kind: 'learned', id, title: reward.name, reward })),
    ...BASELINE_DRIVERS.map(
      ({ name, label, summary }): DriverChoice => ({
        kind: 'baseline',
        id: name,
        title: `${name} (${label})`,
        summary,
      }),
    ),
  ];
}

/** The choice of an id; the first one, so the newest reward, when the id is not known. */
export function findDriverChoice(rewards: RewardShelf, id: string | undefined): DriverChoice {
  const choices = driverChoices(rewards);
  return choices.find((choice) => choice.id === id) ?? choices[0]!;
}

/** Puts a choice at the wheel. */
export function createChosenDriver(choice: DriverChoice): Driver | LearnedDriver {
  if (choice.kind === 'learned') return createLearnedDriver(choice.reward);
  return BASELINE_DRIVERS.find((driver) => driver.name === choice.id)!.create();
}
