import { expect, it } from 'vitest';
import { HORIZON_TICKS } from '../../../../irl/features/motion.ts';
import { planScenes } from '../../../../irl/learn/scenePlan.ts';
import { steadyRecording } from '../../../fixtures/irl/steadyRecording.ts';

/** A drive with so many windows a second apart. */
const drive = (windows: number) => steadyRecording({ ticks: HORIZON_TICKS + 10 * (windows - 1) });

it('takes a window each second from driving that has few', () => {
  const { picked, strideTicks, sceneWeight } = planScenes([drive(100), drive(200)]);
  expect(picked).toHaveLength(300);
  expect(strideTicks).toBe(10);
  expect(sceneWeight).toBeCloseTo(0.2, 12);
});

it('takes them further apart in long driving, each for more, until they share nothing', () => {
  const longer = planScenes([drive(301)]);
  expect(longer.picked).toHaveLength(151);
  expect(longer.strideTicks).toBe(20);
  expect(longer.sceneWeight).toBeCloseTo(0.4, 12);
  const long = planScenes([drive(1600)]);
  expect(long.picked).toHaveLength(320);
  expect(long.strideTicks).toBe(HORIZON_TICKS);
  expect(long.sceneWeight).toBe(1);
});

it('takes them as asked', () => {
  expect(planScenes([drive(1000)], { strideTicks: 10 }).picked).toHaveLength(1000);
});
