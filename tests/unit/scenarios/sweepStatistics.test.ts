import { expect, test } from 'vitest';
import type { DriveOutcome } from '../../../scenarios/driveOutcome.ts';
import { sweepStatistics, worstOutcomes } from '../../../scenarios/sweepStatistics.ts';

const calm: DriveOutcome = {
  id: 'calm',
  seconds: 36,
  distance: 1000,
  meanSpeed: 1000 / 36,
  laneChanges: 1,
  collision: null,
  nearMisses: 0,
  offRoad: 0,
  minTtc: null,
  minHeadway: null,
  rmsJerk: 0.4,
  maxDeceleration: 1,
  hardBrakings: 0,
  metScript: null,
  goalAt: 20,
};
const close: DriveOutcome = {
  ...calm,
  id: 'close',
  minTtc: 1.1,
  minHeadway: 0.6,
  nearMisses: 2,
  hardBrakings: 3,
  maxDeceleration: 6,
  rmsJerk: 2,
};
const closer: DriveOutcome = { ...close, id: 'closer', minTtc: 0.7, goalAt: null };
const scratched: DriveOutcome = { ...calm, id: 'scratched', collision: { kind: 'side', at: 3, impact: 0.4 } };
const crashed: DriveOutcome = { ...calm, id: 'crashed', offRoad: 1, collision: { kind: 'front', at: 9, impact: 8 } };

test('counts drives, not events, and tells collisions apart', () => {
  const statistics = sweepStatistics([calm, close, closer, scratched, crashed]);
  expect(statistics).toMatchObject({
    drives: 5,
    kilometres: 5,
    collisions: { total: 2, front: 1, rear: 0, side: 1, rail: 0 },
    withNearMiss: 2,
    withOffRoad: 1,
    withHardBraking: 2,
    reachedGoal: 4,
    maxDeceleration: { p50: 1, p100: 6 },
  });
  expect(statistics.hours).toBeCloseTo(0.05);
});

test('a collision is a time to collision of 0, never closing in an infinite one', () => {
  const { minTtc } = sweepStatistics([calm, close, closer, crashed]);
  expect(minTtc).toMatchObject({ p00: 0, p25: 0, p50: 0.7 });
  expect(sweepStatistics([calm, calm, close]).minTtc.p50).toBeNull();
});

test('comfort and progress: headways never kept are infinite, speed is that of all drives together', () => {
  const long: DriveOutcome = { ...calm, seconds: 108, distance: 1400, laneChanges: 4 };
  const { minHeadway, rmsJerk, meanSpeed, laneChanges } = sweepStatistics([calm, close, long]);
  expect(minHeadway).toEqual({ p01: 0.6, p05: 0.6, p50: null });
  expect(rmsJerk).toEqual({ p50: 0.4, p95: 2 });
  expect(meanSpeed).toBeCloseTo(3400 / 180);
  expect(laneChanges).toBe(6);
});

test('the worst come first: the hardest impact, then the closest call', () => {
  const names = worstOutcomes([calm, close, scratched, closer, crashed], 4).map(({ id }) => id);
  expect(names).toEqual(['crashed', 'scratched', 'closer', 'close']);
});

test('of drives with a script, those that met it are counted by themselves', () => {
  const missed = { ...calm, metScript: false };
  const braked = { ...close, metScript: true };
  const hit = { ...crashed, metScript: true };
  expect(sweepStatistics([missed, missed, braked, hit]).scripted).toEqual({
    met: 2,
    collisions: 1,
    withNearMiss: 1,
    withHardBraking: 1,
  });
  expect(sweepStatistics([calm]).scripted).toBeNull();
});

test('statistics of nothing are refused', () => {
  expect(() => sweepStatistics([])).toThrow(/expected at least one/);
});
