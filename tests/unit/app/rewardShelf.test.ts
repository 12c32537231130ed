import { expect, test } from 'vitest';
import { openRewardShelf, REWARDS_KEY } from '../../../app/rewards/rewardShelf.ts';
import { formatMoment } from '../../../app/shell/formatQuantity.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

function memory(initial: Record<string, string> = {}) {
  const stored = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
}
const noon = () => new Date('2026-01-01T12:00:00Z');
const unexpected = (what: string) => {
  throw new Error(what);
};

test('rewards are found again, newest first', () => {
  const storage = memory();
  const shelf = openRewardShelf(storage, noon, unexpected);
  const first = shelf.add(handmadeReward());
  const second = shelf.add({ ...handmadeReward(), name: 'second' });
  const again = openRewardShelf(storage, noon, unexpected);
  expect(again.entries.map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(again.find(first.id)!.reward).toEqual(handmadeReward());
});

test('listeners hear of changes until they stop', () => {
  const shelf = openRewardShelf(memory(), noon, unexpected);
  let heard = 0;
  const stop = shelf.onChange(() => heard++);
  const { id } = shelf.add(handmadeReward());
  shelf.remove(id);
  stop();
  shelf.add(handmadeReward());
  expect([heard, shelf.entries.length]).toEqual([2, 1]);
});

test('a reward takes the place, the id and the name of another, or joins when that is gone', () => {
  const storage = memory();
  const shelf = openRewardShelf(storage, noon, unexpected);
  const first = shelf.add(handmadeReward());
  shelf.add({ ...handmadeReward(), name: 'second' });
  const learner = { name: 'closed-loop', options: {} };
  const better = shelf.replace(first.id, { ...handmadeReward(), name: 'better', learner });
  expect(better).toEqual({ ...first, reward: { ...handmadeReward(), learner } });
  const again = openRewardShelf(storage, noon, unexpected);
  expect(again.entries.map(({ reward }) => [reward.name, reward.learner.name])).toEqual([
    ['second', 'handmade'],
    ['handmade', 'closed-loop'],
  ]);
  shelf.remove(first.id);
  shelf.replace(first.id, { ...handmadeReward(), name: 'better' });
  expect(shelf.entries.map(({ reward }) => reward.name)).toEqual(['better', 'second']);
});

test('a deleted reward comes back to its place, whatever happened since, once', () => {
  const storage = memory();
  const shelf = openRewardShelf(storage, noon, unexpected);
  const [c, b, a] = ['a', 'b', 'c'].map((name) => shelf.add({ ...handmadeReward(), name }).id).reverse();
  const restore = shelf.remove(b!);
  expect(shelf.entries.map(({ id }) => id)).toEqual([c, a]);
  const added = shelf.add({ ...handmadeReward(), name: 'b' }).id;
  restore();
  restore();
  const again = openRewardShelf(storage, noon, unexpected);
  expect(again.entries.map(({ id }) => id)).toEqual([added, c, b, a]);
  expect(again.entries.map(({ reward }) => reward.name)).toEqual(['b', 'c', 'b 2', 'a']);
  const restoreLast = again.remove(a!);
  restoreLast();
  expect(again.entries.at(-1)!.id).toBe(a);
});

test('a name that is taken gets the lowest free number, and a reward may keep its own', () => {
  const shelf = openRewardShelf(memory(), noon, unexpected);
  const name = (id: string) => shelf.find(id)!.reward.name;
  const [first, second, third] = ['ada', 'ada', 'ada'].map((same) => shelf.add({ ...handmadeReward(), name: same }).id);
  expect([first!, second!, third!].map(name)).toEqual(['ada', 'ada 2', 'ada 3']);
  shelf.rename(second!, 'ada');
  shelf.rename(first!, 'ada');
  expect([first!, second!].map(name)).toEqual(['ada', 'ada 2']);
  shelf.rename(first!, 'grace');
  expect(shelf.replace(first!, { ...handmadeReward(), name: 'ada' }).reward.name).toBe('grace');
});

test('a change that cannot be stored is told, and holds while the page is open', () => {
  const failures: string[] = [];
  const full = {
    getItem: () => null,
    setItem() {
      throw new Error('full');
    },
  };
  const shelf = openRewardShelf(full, noon, (what) => failures.push(what));
  const { id } = shelf.add(handmadeReward());
  shelf.remove(id);
  expect(shelf.entries).toEqual([]);
  expect(failures).toHaveLength(2);
  expect(failures[1]).toMatch(/^This change to the rewards is not kept/);
});

test('a stored reward that does not fit stays stored until it is deleted, and so do the others', () => {
  const storage = memory();
  openRewardShelf(storage, noon, unexpected).add(handmadeReward());
  const strangers = [{ id: 'old', addedAt: '2020', reward: { format: 'other' } }, null];
  const items = JSON.parse(storage.getItem(REWARDS_KEY)!);
  storage.setItem(REWARDS_KEY, JSON.stringify([...strangers, ...items]));
  const shelf = openRewardShelf(storage, noon, unexpected);
  const kept = () => JSON.parse(storage.getItem(REWARDS_KEY)!);
  expect(shelf.entries).toHaveLength(1);
  expect(shelf.unusable.map(({ item }) => item)).toEqual(strangers);
  expect(shelf.unusable[0]!.reason).toContain(`of ${formatMoment('2020')}: `);
  expect(shelf.unusable[1]!.reason).toContain('of an unknown time: ');
  shelf.remove(shelf.entries[0]!.id);
  expect(kept()).toEqual(strangers);
  const undo = shelf.removeUnusable();
  expect(kept()).toEqual([]);
  shelf.add(handmadeReward());
  undo();
  expect(kept()).toEqual([expect.objectContaining({ id: shelf.entries[0]!.id }), ...strangers]);
  expect(shelf.unusable).toHaveLength(2);
});

test.each(['{', '{}'])('a text that is no list of rewards, %s, is put aside', (text) => {
  const storage = memory({ [REWARDS_KEY]: text });
  const failures: string[] = [];
  const shelf = openRewardShelf(storage, noon, (what) => failures.push(what));
  shelf.add(handmadeReward());
  expect(failures).toEqual([expect.stringMatching(/cannot be read; they are put aside as (.*)$/)]);
  expect(storage.getItem(failures[0]!.split(' ').at(-1)!)).toBe(text);
});

test('a browser that refuses to be asked has a shelf for as long as the page is open', () => {
  const refuse = () => {
    throw new Error('denied');
  };
  const failures: string[] = [];
  const shelf = openRewardShelf({ getItem: refuse, setItem: refuse }, noon, (what) => failures.push(what));
  shelf.add(handmadeReward());
  expect(failures[0]).toBe('The rewards stored in this browser cannot be read');
  expect(shelf.entries).toHaveLength(1);
});

test('what another tab has stored is taken over, unless this one has what is not stored', () => {
  const storage = memory();
  const [here, there] = [openRewardShelf(storage, noon, unexpected), openRewardShelf(storage, noon, unexpected)];
  here.add(handmadeReward());
  let heard = 0;
  there.onChange(() => heard++);
  there.refresh();
  there.add({ ...handmadeReward(), name: 'second' });
  here.refresh();
  expect(here.entries.map(({ reward }) => reward.name)).toEqual(['second', 'handmade']);
  expect(heard).toBe(2);

  let full = false;
  const narrow = openRewardShelf(
    {
      getItem: storage.getItem,
      setItem(key, value) {
        if (full) throw new Error('full');
        storage.setItem(key, value);
      },
    },
    noon,
    () => {},
  );
  full = true;
  narrow.add({ ...handmadeReward(), name: 'only here' });
  narrow.refresh();
  expect(narrow.entries[0]!.reward.name).toBe('only here');
});
