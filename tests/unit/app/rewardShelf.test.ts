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
