import type { Reward } from '../../irl/features/reward.ts';
import { parseReward } from '../../irl/learn/rewardFile.ts';
import { formatMoment } from '../shell/formatQuantity.ts';

/** A reward the page keeps. */
export interface ShelfReward {
  readonly id: string;
  readonly reward: Reward;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** Something stored among the rewards that this page cannot use, perhaps of another version of it. */
export interface UnusableReward {
  /** As it is stored. */
  readonly item: unknown;
  /** When and why, for the person. */
  readonly reason: string;
}

/** Rewards learned here or dropped onto the page, newest first. No two have the same name. */
export interface RewardShelf {
  readonly entries: readonly ShelfReward[];
  /** They stay stored until they are deleted. */
  readonly unusable: readonly UnusableReward[];
  /** Deletes those that cannot be used; the returned function brings them back. */
  removeUnusable(): () => void;
  find(id: string): ShelfReward | undefined;
  /** @returns the entry under which it is kept from now on; a name that is taken gets a number behind it */
  add(reward: Reward): ShelfReward;
  /** Puts a reward in the place of one, whose id and name it takes; adds it when there is none any more. */
  replace(id: string, reward: Reward): ShelfReward;
  /** A name that another one has gets a number behind it. */
  rename(id: string, name: string): void;
  /** Deletes; the returned function brings it back. */
  remove(id: string): () => void;
  /** Takes over what another tab has stored. */
  refresh(): void;
  onChange(listener: () => void): () => void;
}

/** Under which the browser keeps them. */
export const REWARDS_KEY = 'understudy.rewards';
/** Where what cannot be read at all is put aside. */
const UNREADABLE_KEY = `${REWARDS_KEY}.unreadable`;

type Kept = Pick<RewardShelf, 'entries' | 'unusable'>;

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
  let { entries, unusable } = readStored(storage, onFailure);
  let stored = true;

  const change = (next: readonly ShelfReward[]) => {
    entries = next;
    try {
      storage?.setItem(REWARDS_KEY, JSON.stringify([...entries, ...unusable.map(({ item }) => item)]));
      stored = true;
    } catch (error) {
      stored = false;
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
    get unusable() {
      return unusable;
    },
    removeUnusable() {
      const removed = unusable;
      unusable = [];
      change(entries);
      return () => {
        unusable = [...unusable, ...removed];
        change(entries);
      };
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
    refresh() {
      // What only this tab has would be lost.
      if (!stored) return;
      ({ entries, unusable } = readStored(storage, () => {}));
      for (const listener of listeners) listener();
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
  storage: Pick<Storage, 'getItem' | 'setItem'> | null,
  onFailure: (what: string, error: unknown) => void,
): Kept {
  let text: string | null = null;
  let items: readonly unknown[];
  try {
    text = storage?.getItem(REWARDS_KEY) ?? null;
    items = text === null ? [] : readItems(text);
  } catch (error) {
    const aside = putAside(storage, text) ? `; they are put aside as ${UNREADABLE_KEY}` : '';
    onFailure(`The rewards stored in this browser cannot be read${aside}`, error);
    return { entries: [], unusable: [] };
  }
  const entries: ShelfReward[] = [];
  const unusable: UnusableReward[] = [];
  for (const item of items) {
    const { id, addedAt, reward } = Object(item) as Record<string, unknown>;
    try {
      entries.push({ id: String(id), reward: parseReward(reward), addedAt: String(addedAt) });
    } catch (error) {
      const moment = formatMoment(String(addedAt)) ?? 'an unknown time';
      unusable.push({ item, reason: `of ${moment}: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return { entries, unusable };
}

/** Whether a text could be kept where the next change does not replace it. */
function putAside(storage: Pick<Storage, 'setItem'> | null, text: string | null): boolean {
  if (storage === null || text === null) return false;
  try {
    storage.setItem(UNREADABLE_KEY, text);
    return true;
  } catch {
    return false;
  }
}

/** @throws SyntaxError or TypeError when a text is no list */
function readItems(text: string): readonly unknown[] {
  const items: unknown = JSON.parse(text);
  if (!Array.isArray(items)) throw new TypeError('expected a list');
  return items;
}
