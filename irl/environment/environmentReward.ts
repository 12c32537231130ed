import { clamp } from '../../sim/core/deterministicMath.ts';
import { TICK_S } from '../../sim/core/time.ts';
import type { World } from '../../sim/core/world.ts';
import { EnvironmentError, quoted } from './environmentError.ts';

/** How an episode ended before its time: the ego hit something, or left the lanes. */
export type Termination = 'collision' | 'off-road';

/** What an agent is rewarded for. Holds the memory of one episode; make one for each environment. */
export interface EnvironmentReward {
  readonly name: string;
  /** A new episode begins. */
  start(world: World): void;
  /** Reward of the tick that just ended; called once a tick. @param termination null while the episode goes on */
  tick(world: World, termination: Termination | null): number;
}

/** Taken off by `safe-progress` when the episode terminates [s]. */
const TERMINATION_PENALTY_S = 20;

/** Seconds' worth of driving at the limit in one tick: 0.1 at the limit or above, negative when rolling backwards. */
function progress({ ego, road }: World): number {
  const limit = road.speedLimit(road.laneAt(ego.s, ego.d));
  return TICK_S * clamp(ego.sDot / limit, -1, 1);
}

/** Rewards that need no file, by name. */
export const SIMPLE_REWARDS: readonly { readonly name: string; readonly summary: string }[] = [
  {
    name: 'progress',
    summary: 'seconds of driving at the speed limit that the way is worth; nothing for going faster',
  },
  { name: 'safe-progress', summary: 'the same, and -20 when the episode terminates' },
  { name: 'none', summary: '0, for agents that reward themselves' },
];

/**
 * A simple reward by name.
 * @throws EnvironmentError naming the known ones when there is none
 */
export function simpleReward(name: string): EnvironmentReward {
  const start = () => undefined;
  switch (name) {
    case 'progress':
      return { name, start, tick: progress };
    case 'safe-progress':
      return {
        name,
        start,
        tick: (world, termination) => progress(world) - (termination === null ? 0 : TERMINATION_PENALTY_S),
      };
    case 'none':
      return { name, start, tick: () => 0 };
    default:
      throw new EnvironmentError(
        'reward',
        quoted(name),
        `one of: ${SIMPLE_REWARDS.map((reward) => reward.name).join(', ')}, or a reward file`,
      );
  }
}
