import { createRandomStream } from '../../sim/core/randomStream.ts';
import type { Reward } from './reward.ts';

/**
 * The reward by which one drive is driven: of a mixture of agents one is drawn for each drive, the same for the same
 * seed. A reward without a mixture is that of every drive.
 * @param seed of the world
 */
export function rewardOfDrive(reward: Reward, seed: number): Reward {
  const members = membersOfMixture(reward);
  let left = createRandomStream(seed, 'agent of a mixture').uniform();
  const drawn = members.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  return (drawn ?? members.at(-1)!).reward;
}

/** The agents of a mixture, each as a reward of its own, and their shares; a reward without a mixture is the only one. */
export function membersOfMixture(reward: Reward): readonly { readonly share: number; readonly reward: Reward }[] {
  const { mixture, ...single } = reward;
  if (mixture === undefined) return [{ share: 1, reward }];
  return mixture.map(({ share, weights }) => ({
    share,
    reward: { ...single, features: single.features.map((term, i) => ({ ...term, weight: weights[i]! })) },
  }));
}
