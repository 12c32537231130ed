import { expect, test } from 'vitest';
import { Playback } from '../../../app/timeline/playback.ts';

test('time passes at the chosen rate and waits at the end of what is simulated', () => {
  const playback = new Playback(20);
  playback.advance(1, 20);
  expect(playback.timeS).toBe(1);
  playback.faster();
  playback.advance(1, 20);
  expect(playback.timeS).toBe(3);
  playback.advance(5, 4);
  expect(playback.timeS).toBe(4);
  expect(playback.playing).toBe(true);
});

test('rates stop at both ends', () => {
  const playback = new Playback(20);
  for (let i = 0; i < 9; i++) playback.faster();
  expect(playback.rate).toBe(4);
  for (let i = 0; i < 9; i++) playback.slower();
  expect(playback.rate).toBe(0.25);
});

test('the end stops, or starts over in a loop; playing from the end starts over', () => {
  const playback = new Playback(2);
  playback.advance(5, 2);
  expect([playback.timeS, playback.playing]).toEqual([2, false]);
  playback.toggle();
  expect([playback.timeS, playback.playing]).toEqual([0, true]);
  playback.loop = true;
  playback.advance(5, 2);
  expect([playback.timeS, playback.playing]).toEqual([0, true]);
});

test('steps go to whole ticks, pause, and stay within what is simulated', () => {
  const playback = new Playback(20);
  playback.seek(1.23, 20);
  playback.step(1, 20);
  expect(playback.timeS).toBeCloseTo(1.3, 9);
  expect(playback.tick).toBe(13);
  expect(playback.playing).toBe(false);
  playback.step(-10, 20);
  expect(playback.tick).toBe(3);
  playback.step(-10, 20);
  expect(playback.timeS).toBe(0);
  playback.step(10, 0.4);
  expect(playback.timeS).toBeCloseTo(0.4, 9);
});

test('every tick is displayed as itself', () => {
  const playback = new Playback(60);
  for (let tick = 0; tick <= 600; tick++) {
    playback.seek(tick * 0.1, 60);
    expect(playback.tick).toBe(tick);
  }
});

test('a step from between two ticks goes to the neighbouring tick, either way', () => {
  const playback = new Playback(10);
  playback.seek(2.69, 10);
  playback.step(1, 10);
  expect(playback.tick).toBe(27);
  playback.seek(2.69, 10);
  playback.step(-1, 10);
  expect(playback.tick).toBe(26);
});
