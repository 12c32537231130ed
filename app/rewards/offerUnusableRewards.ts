import type { Toasts } from '../shell/toasts.ts';
import type { RewardShelf } from './rewardShelf.ts';

/** Asks whether stored rewards that this page cannot use are to be deleted; until then they stay, and it asks again. */
export function offerUnusableRewards(rewards: RewardShelf, toasts: Toasts): void {
  const { unusable } = rewards;
  const several = unusable.length > 1;
  const what = several
    ? `${unusable.length} stored rewards cannot be used here`
    : 'A stored reward cannot be used here';
  const which = several ? `the first is ${unusable[0]!.reason}` : `it is ${unusable[0]!.reason}`;
  toasts.ask(`${what}, but ${several ? 'stay' : 'stays'} stored; ${which}`, {
    label: 'Delete',
    run() {
      const text = several ? `Deleted ${unusable.length} stored rewards.` : 'Deleted the stored reward.';
      toasts.tell(text, { label: 'Undo', run: rewards.removeUnusable() });
    },
  });
}
