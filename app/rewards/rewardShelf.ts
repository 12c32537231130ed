import type { Reward } from '../../irl/features/reward.ts';
import { parseReward } from '../../irl/learn/rewardFile.ts';

/** A reward the page keeps. */
export interface ShelfReward {
  readonly id: string;
  readonly reward: Reward;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** Rewards learned here or dropped onto the page, newest first. No two have the same name. */
export interface RewardShelf {
  readonly entries: readonly ShelfReward[];
  find(id: string): ShelfReward | undefined;
  /** @returns the entry under which it is kept from now on; a name that is taken gets a number behind it */
  add(reward: Reward): ShelfReward;
  /** Puts a reward in the place of one, whose id and name it takes; adds it when there is none any more. */
  replace(id: string, reward: Reward): ShelfReward;
  /** A name that another one has gets a number behind it. */
  rename(id: string, name: string): void;
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

  const change = (next: ShelfReward[]) => {
    entries = next;
    try {
      storage?.setItem(KEY, JSON.stringify(entries));
    } catch (error) {
      onFailure('This change to the rewards is not kept in this browser; save the ones you need as files', error);
    }
    for (const listener of listeners) listener();
  };

  const add = (reward: Reward): ShelfReward => {
    const addedAt = now().toISOString();
    const entry = { id: `reward-${addedAt}-${entries.length}`, reward: renamed(reward, entries), addedAt };
    change([entry, ...entries]);
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
      const entry: ShelfReward = { ...old, reward: { ...reward, name: old.reward.name } };
      change(entries.map((one) => (one === old ? entry : one)));
      return entry;
    },
    rename(id, name) {
      const others = entries.filter((entry) => entry.id !== id);
      change(
        entries.map((entry) =>
          entry.id === id ? { ...entry, reward: renamed({ ...entry.reward, name }, others) } : entry,
        ),
      );
    },
    remove(id) {
      const place = entries.findIndex((entry) => entry.id === id);
      const [removed, following] = entries.slice(place);
      change(entries.filter((entry) => entry.id !== id));
      return () => {
        if (!removed || entries.some((entry) => entry.id === id)) return;
        const found = entries.findIndex((entry) => entry.id === following?.id);
        const before = found < 0 ? entries.length : found;
        const back = { ...removed, reward: renamed(removed.reward, entries) };
        change([...entries.slice(0, before), back, ...entries.slice(before)]);
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The reward under its name, or with the lowest number behind it that gives a name that nobody has. */
function renamed(reward: Reward, others: readonly ShelfReward[]): Reward {
  const taken = new Set(others.map((entry) => entry.reward.name));
  let { name } = reward;
  for (let k = 2; taken.has(name); k++) name = `${reward.name} ${k}`;
  return { ...reward, name };
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
