import { createRandomStream } from '../../sim/core/randomStream.ts';
import type { Reward } from './reward.ts';

/**
 * The reward by which one drive is driven: of a mixture of agents one is drawn for each drive, the same for the same
 * seed. A reward without a mixture is that of every drive.
 * @param seed of the world
 */
export function rewardOfDrive(reward: Reward, seed: number): Reward {
  if (reward.mixture === undefined) return reward;
  const { mixture, ...single } = reward;
  let left = createRandomStream(seed, 'agent of a mixture').uniform();
  const drawn = mixture.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  const { weights } = drawn ?? mixture.at(-1)!;
  return { ...single, features: single.features.map((term, i) => ({ ...term, weight: weights[i]! })) };
}
