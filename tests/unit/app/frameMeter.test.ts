import { expect, test } from 'vitest';
import { createFrameMeter } from '../../../app/shell/frameMeter.ts';

test('the rate follows the frames, the work their cost', () => {
  const meter = createFrameMeter();
  for (let i = 0; i < 200; i++) meter.frame(1 / 50, 4);
  expect(meter.rate).toBeCloseTo(50, 6);
  expect(meter.workMs).toBeCloseTo(4, 6);
  expect([meter.frames, Math.round(meter.seconds)]).toEqual([200, 4]);
});

test('pauses are not frames, and a reset forgets', () => {
  const meter = createFrameMeter();
  meter.frame(0.02, 1);
  meter.frame(3, 1);
  expect([meter.frames, meter.rate]).toEqual([1, 50]);
  meter.reset();
  expect([meter.frames, meter.rate, meter.seconds]).toEqual([0, 0, 0]);
});
