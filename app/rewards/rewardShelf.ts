import type { Reward } from '../../irl/features/reward.ts';
import { parseReward } from '../../irl/learn/rewardFile.ts';

/** A reward the page keeps. */
export interface ShelfReward {
  readonly id: string;
  readonly reward: Reward;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** Rewards learned here or dropped onto the page, newest first. */
export interface RewardShelf {
  readonly entries: readonly ShelfReward[];
  find(id: string): ShelfReward | undefined;
  /** @returns the entry under which it is kept from now on */
  add(reward: Reward): ShelfReward;
  /** Puts another reward in the place of one, which keeps its id; adds it when there is none any more. */
  replace(id: string, reward: Reward): ShelfReward;
  remove(id: string): void;
  onChange(listener: () => void): () => void;
}

const KEY = 'understudy.rewards';
/** A reward file has some 10 kB; storage for a page has a few MB. */
const MOST_KEPT = 40;

/**
 * Opens the rewards kept in this browser.
 * @param now wall clock
 * @param onFailure told when stored rewards cannot be read any more, or new ones cannot be stored
 */
export function openRewardShelf(
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  now: () => Date,
  onFailure: (what: string, error: unknown) => void,
): RewardShelf {
  const listeners = new Set<() => void>();
  let entries = readStored(storage, onFailure);

  const keep = () => {
    try {
      storage?.setItem(KEY, JSON.stringify(entries));
    } catch (error) {
      onFailure('The reward could not be stored in this browser; save it as a file', error);
    }
    for (const listener of listeners) listener();
  };

  const add = (reward: Reward): ShelfReward => {
    const addedAt = now().toISOString();
    const entry: ShelfReward = { id: `reward-${addedAt}-${entries.length}`, reward, addedAt };
    entries = [entry, ...entries].slice(0, MOST_KEPT);
    keep();
    return entry;
  };

  return {
    get entries() {
      return entries;
    },
    find: (id) => entries.find((entry) => entry.id === id),
    add,
    replace(id, reward) {
      const old = entries.find((entry) => entry.id === id);
      if (!old) return add(reward);
      const entry: ShelfReward = { ...old, reward };
      entries = entries.map((one) => (one === old ? entry : one));
      keep();
      return entry;
    },
    remove(id) {
      entries = entries.filter((entry) => entry.id !== id);
      keep();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readStored(
  storage: Pick<Storage, 'getItem'> | null,
  onFailure: (what: string, error: unknown) => void,
): ShelfReward[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((item: { id: string; reward: unknown; addedAt: string }) => {
      try {
        return [{ id: String(item.id), reward: parseReward(item.reward), addedAt: String(item.addedAt) }];
      } catch (error) {
        onFailure(`A stored reward of ${item.addedAt} cannot be used any more`, error);
        return [];
      }
    });
  } catch (error) {
    onFailure('The rewards stored in this browser cannot be read', error);
    return [];
  }
}
