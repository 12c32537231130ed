import { afterEach, expect, test, vi } from 'vitest';
import { createOutcomeComparison } from '../../../app/modes/tune/outcomeComparison.ts';
import type { WholeDrives } from '../../../app/modes/tune/wholeDrives.ts';
import type { Reward } from '../../../irl/features/reward.ts';
import type { DriveOutcome } from '../../../scenarios/driveOutcome.ts';
import { handmadeReward } from '../../fixtures/handmadeReward.ts';

const calm: DriveOutcome = {
  id: 'dense@1#1',
  seconds: 60,
  distance: 1500,
  meanSpeed: 25,
  laneChanges: 2,
  collision: null,
  nearMisses: 0,
  offRoad: 0,
  minTtc: 45,
  minHeadway: null,
  rmsJerk: 0.416,
  maxDeceleration: 2.04,
  hardBrakings: 0,
  metScript: null,
  goalAt: null,
};
const crash: DriveOutcome = {
  ...calm,
  seconds: 12.3,
  minTtc: 1.26,
  minHeadway: 0.41,
  collision: { kind: 'front', at: 12.3, impact: 4 },
};

/** Drives that end when they are told to. */
function drivesByHand(person: DriveOutcome | null) {
  const asked: { readonly reward: Reward; end(outcome: DriveOutcome): void; fail(error: Error): void }[] = [];
  const drives: WholeDrives = {
    person: async () => person,
    drive: (reward) => new Promise((end, fail) => asked.push({ reward, end, fail })),
    dispose: vi.fn(),
  };
  return { drives, asked };
}
const weighing = (speed: number): Reward => handmadeReward({ speed });
const figure = (column: string, name: string) =>
  document.querySelector<HTMLElement>(`[data-testid=outcome-${column}-${name}]`)!;
const settle = () => new Promise((resolve) => setTimeout(resolve));
afterEach(() => document.body.replaceChildren());

test('equal versions are driven once, and each figure stands in its column', async () => {
  const { drives, asked } = drivesByHand(crash);
  const comparison = createOutcomeComparison(drives, 'Ada', vi.fn());
  document.body.append(comparison.element);
  comparison.show('A', weighing(1));
  comparison.show('B', weighing(1));
  expect(figure('A', 'meanSpeed').textContent).toBe('…');
  expect(asked).toHaveLength(1);
  asked[0]!.end(calm);
  await settle();
  expect(asked).toHaveLength(1);
  for (const version of ['A', 'B']) {
    expect(figure(version, 'meanSpeed').textContent).toBe('90');
    expect(figure(version, 'minTtc').textContent).toBe('> 20');
    expect(figure(version, 'minHeadway').textContent).toBe('–');
    expect(figure(version, 'rmsJerk').textContent).toBe('0.42');
  }
  expect(figure('person', 'collision').textContent).toBe('front');
  expect(figure('person', 'seconds').textContent).toBe('12.3');
  expect(comparison.element.querySelector('thead')!.textContent).toBe('ABAda');
});

test('of what is asked for while a drive runs only the latest is driven, and old figures are marked', async () => {
  const { drives, asked } = drivesByHand(null);
  const comparison = createOutcomeComparison(drives, null, vi.fn());
  document.body.append(comparison.element);
  comparison.show('A', weighing(1));
  asked[0]!.end(calm);
  await settle();
  comparison.show('A', weighing(2));
  comparison.show('A', weighing(3));
  comparison.show('A', weighing(4));
  expect(figure('A', 'collision').textContent).toBe('none');
  expect(figure('A', 'collision').classList).toContain('outcomes__waiting');
  asked[1]!.end(calm);
  await settle();
  // The drive that ran is not of the weights that are shown.
  expect(figure('A', 'collision').classList).toContain('outcomes__waiting');
  asked[2]!.end(crash);
  await settle();
  expect(asked.map(({ reward }) => reward.features.find(({ name }) => name === 'speed')!.weight)).toEqual([1, 2, 4]);
  expect(figure('A', 'collision').textContent).toBe('front');
  expect(figure('A', 'collision').classList).not.toContain('outcomes__waiting');
  // Back to weights that have driven before: at once.
  comparison.show('A', weighing(1));
  expect(figure('A', 'collision').textContent).toBe('none');
  expect(asked).toHaveLength(3);
});

test('a failure is told once, the cells say that there is nothing, and the next change tries again', async () => {
  const { drives, asked } = drivesByHand(null);
  const failed = vi.fn();
  const comparison = createOutcomeComparison(drives, null, failed);
  comparison.show('A', weighing(1));
  asked[0]!.fail(new Error('no such scenario'));
  await settle();
  expect(failed).toHaveBeenCalledOnce();
  document.body.append(comparison.element);
  expect(figure('A', 'seconds').textContent).toBe('–');
  comparison.show('A', weighing(2));
  expect(asked).toHaveLength(2);
  asked[1]!.fail(new Error('no such scenario'));
  await settle();
  expect(failed).toHaveBeenCalledOnce();
  comparison.show('A', weighing(3));
  comparison.dispose();
  asked[2]!.fail(new Error('cancelled'));
  await settle();
  expect(failed).toHaveBeenCalledOnce();
  expect(drives.dispose).toHaveBeenCalledOnce();
});
