import { afterEach, expect, test, vi } from 'vitest';
import { Playback } from '../../../app/timeline/playback.ts';
import { createTimeline, type TimelineActions } from '../../../app/timeline/timeline.ts';
import { markersOf } from '../../../app/timeline/timelineMarker.ts';

const actions = (): TimelineActions => ({
  playPause: vi.fn(),
  seek: vi.fn(),
  slower: vi.fn(),
  faster: vi.fn(),
  loop: vi.fn(),
  candidates: vi.fn(),
  plots: vi.fn(),
  handOver: vi.fn(),
});
const state = { availableS: 10, personDrives: false, candidates: true, plots: false };

function show(durationS: number, called = actions()) {
  const timeline = createTimeline(durationS, called);
  document.body.append(timeline.element);
  return { timeline, called, slider: timeline.element.querySelector<HTMLElement>('[role=slider]')! };
}
afterEach(() => document.body.replaceChildren());

test('says the time in words to those who do not see the bar', () => {
  const { timeline, slider } = show(20);
  const playback = new Playback(20);
  playback.seek(7.34, 10);
  timeline.update(playback, state);
  expect(slider.getAttribute('aria-valuenow')).toBe('7.3');
  expect(slider.getAttribute('aria-valuetext')).toBe('7.3 of 20.0 seconds');
  expect([slider.getAttribute('aria-valuemin'), slider.getAttribute('aria-valuemax')]).toEqual(['0', '20.0']);
});

test('buttons say what they do and whether they are on', () => {
  const { timeline, called } = show(20);
  const playback = new Playback(20);
  timeline.update(playback, state);
  const button = (testid: string) => timeline.element.querySelector<HTMLElement>(`[data-testid=${testid}]`)!;
  expect(button('play').getAttribute('aria-label')).toBe('Pause (Space)');
  playback.toggle();
  timeline.update(playback, { ...state, personDrives: true });
  expect(button('play').getAttribute('aria-label')).toBe('Play (Space)');
  expect(button('hand-over').textContent).toBe('Give back (P)');
  expect(button('toggle-candidates').getAttribute('aria-pressed')).toBe('true');
  expect(button('toggle-plots').getAttribute('aria-pressed')).toBe('false');
  button('loop').click();
  expect(called.loop).toHaveBeenCalledOnce();
});

test('a pointer on the bar seeks to the time under it', () => {
  const { called, slider } = show(20);
  const box = slider.firstElementChild!.getBoundingClientRect();
  slider.setPointerCapture = () => {};
  const at = { clientX: box.left + box.width / 4, clientY: box.top, button: 0, pointerId: 1 };
  slider.dispatchEvent(new PointerEvent('pointerdown', at));
  expect(called.seek).toHaveBeenCalledOnce();
  expect(vi.mocked(called.seek).mock.calls[0]![0]).toBeCloseTo(5, 1);
});

test('markers stand at their time and say whose they are', () => {
  const { timeline } = show(20);
  timeline.setMarkers([
    ...markersOf([{ tick: 50, kind: 'lane-change', from: 2, to: 1 }], 'agent'),
    ...markersOf([{ tick: 150, kind: 'collision', other: -1, impact: 2 }], 'ghost'),
  ]);
  const marks = [...timeline.element.querySelectorAll<HTMLElement>('.timeline__marker')];
  expect(marks.map((mark) => mark.style.left)).toEqual(['25%', '75%']);
  expect(marks.map((mark) => mark.title)).toEqual([
    '0:05.0 lane change to the left (agent)',
    '0:15.0 contact with the guard rail (ghost)',
  ]);
});
