import { expect, test } from 'vitest';
import { openRewardShelf } from '../../../app/rewards/rewardShelf.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

function memory(initial: string | null = null) {
  let stored = initial;
  return {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
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

test('a reward takes the place and the id of another, or joins when that is gone', () => {
  const storage = memory();
  const shelf = openRewardShelf(storage, noon, unexpected);
  const first = shelf.add(handmadeReward());
  shelf.add({ ...handmadeReward(), name: 'second' });
  const better = shelf.replace(first.id, { ...handmadeReward(), name: 'better' });
  expect(better).toEqual({ ...first, reward: { ...handmadeReward(), name: 'better' } });
  const again = openRewardShelf(storage, noon, unexpected);
  expect(again.entries.map(({ reward }) => reward.name)).toEqual(['second', 'better']);
  shelf.remove(first.id);
  shelf.replace(first.id, handmadeReward());
  expect(shelf.entries.map(({ reward }) => reward.name)).toEqual(['handmade', 'second']);
});

test('a deleted reward comes back to its place', () => {
  const storage = memory();
  const shelf = openRewardShelf(storage, noon, unexpected);
  const ids = ['a', 'b', 'c'].map((name) => shelf.add({ ...handmadeReward(), name }).id).reverse();
  const restore = shelf.remove(ids[1]!);
  expect(shelf.entries.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  restore();
  expect(openRewardShelf(storage, noon, unexpected).entries.map(({ id }) => id)).toEqual(ids);
});

test('a name that is taken gets the lowest free number, and a reward may keep its own', () => {
  const shelf = openRewardShelf(memory(), noon, unexpected);
  const name = (id: string) => shelf.find(id)!.reward.name;
  expect(shelf.unusedName('ada')).toBe('ada');
  const first = shelf.add({ ...handmadeReward(), name: 'ada' });
  expect(shelf.unusedName('ada')).toBe('ada 2');
  const second = shelf.add({ ...handmadeReward(), name: 'ada 2' });
  expect(shelf.unusedName('ada')).toBe('ada 3');
  shelf.rename(second.id, 'ada');
  shelf.rename(first.id, 'ada');
  expect([name(first.id), name(second.id)]).toEqual(['ada', 'ada 2']);
  shelf.rename(first.id, 'grace');
  expect(name(first.id)).toBe('grace');
});

test('a stored reward that does not fit any more is told of, and the others stay', () => {
  const storage = memory();
  openRewardShelf(storage, noon, unexpected).add(handmadeReward());
  const items = JSON.parse(storage.getItem()!);
  storage.setItem('', JSON.stringify([{ id: 'old', addedAt: '2020', reward: { format: 'other' } }, ...items]));
  const failures: string[] = [];
  const shelf = openRewardShelf(storage, noon, (what) => failures.push(what));
  expect(shelf.entries).toHaveLength(1);
  expect(failures).toEqual(['A stored reward of 2020 cannot be used any more']);
});
