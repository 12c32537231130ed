import { expect, test } from 'vitest';
import { createSubstepClock, PAUSE_S } from '../../../app/modes/drive/substepClock.ts';

test.each([1 / 144, 1 / 60, 1 / 23, 0.2])('ten seconds of frames of %f s give 600 substeps', (frameS) => {
  const clock = createSubstepClock();
  let steps = 0;
  const frames = Math.round(10 / frameS);
  for (let frame = 0; frame < frames; frame++) steps += clock.take(frameS);
  expect(Math.abs(steps - frames * frameS * 60)).toBeLessThanOrEqual(1);
});

test('a long pause is not caught up', () => {
  const clock = createSubstepClock();
  expect(clock.take(30)).toBe(1);
  expect(clock.take(0)).toBe(0);
});

test('a slow frame is', () => {
  expect(createSubstepClock().take(0.9 * PAUSE_S)).toBe(54);
});

test('the fraction says how much of the next substep has passed', () => {
  const clock = createSubstepClock();
  expect(clock.take(1.25 / 60)).toBe(1);
  expect(clock.fraction).toBeCloseTo(0.25, 6);
  clock.reset();
  expect(clock.fraction).toBe(0);
});
