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
  /** @param name what it should be called; a number is put behind a name that another one has */
  rename(id: string, name: string): void;
  /** A name that no reward has: the given one, or that with the lowest free number behind it. */
  unusedName(name: string): string;
  /** Deletes; the returned function brings it back. */
  remove(id: string): () => void;
  onChange(listener: () => void): () => void;
}

const KEY = 'understudy.rewards';

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
    entries = [entry, ...entries];
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
    rename(id, name) {
      const others = entries.filter((entry) => entry.id !== id);
      entries = entries.map((entry) =>
        entry.id === id ? { ...entry, reward: { ...entry.reward, name: unusedName(name, others) } } : entry,
      );
      keep();
    },
    unusedName: (name) => unusedName(name, entries),
    remove(id) {
      const place = entries.findIndex((entry) => entry.id === id);
      const removed = entries.slice(place, place + 1);
      entries = entries.filter((entry) => entry.id !== id);
      keep();
      return () => {
        entries = [...entries.slice(0, place), ...removed, ...entries.slice(place)];
        keep();
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function unusedName(name: string, entries: readonly ShelfReward[]): string {
  const taken = new Set(entries.map((entry) => entry.reward.name));
  let unused = name;
  for (let k = 2; taken.has(unused); k++) unused = `${name} ${k}`;
  return unused;
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
