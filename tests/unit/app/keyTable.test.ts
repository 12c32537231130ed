import { expect, test } from 'vitest';
import { KEY_TABLE, type KeyContext, keyAction } from '../../../app/keyTable.ts';
import { DRIVING_KEYS } from '../../../sim/input/drivingKeys.ts';

const CONTEXTS: readonly KeyContext[] = ['setup', 'driving', 'learn', 'playback', 'takeover'];
const press = (code: string, key = code, shiftKey = false) => ({ code, key, shiftKey });

test('Space brakes at the wheel and plays elsewhere', () => {
  expect(keyAction(press('Space', ' '), 'driving')).toBeNull();
  expect(keyAction(press('Space', ' '), 'takeover')).toBeNull();
  expect(keyAction(press('Space', ' '), 'playback')).toBe('play-pause');
});

test('arrows steer at the wheel and step elsewhere, by a second with Shift', () => {
  expect(keyAction(press('ArrowLeft'), 'driving')).toBeNull();
  expect(keyAction(press('ArrowLeft'), 'playback')).toBe('step-back');
  expect(keyAction(press('ArrowRight', 'ArrowRight', true), 'playback')).toBe('second-forward');
});

test('signs are found on any keyboard layout', () => {
  expect(keyAction(press('Minus', '?', true), 'learn')).toBe('help');
  expect(keyAction(press('Digit8', '['), 'playback')).toBe('slower');
});

test.each(CONTEXTS)('in %s no key means two things', (context) => {
  const seen = new Map<string, string>();
  for (const { match, shift, contexts, text, action } of KEY_TABLE) {
    if (!contexts.includes(context)) continue;
    for (const key of match) {
      for (const shifted of shift === undefined ? [false, true] : [shift]) {
        const id = `${shifted ? 'Shift+' : ''}${key}`;
        expect(seen.get(id), `${id}: ${action ?? text}`).toBeUndefined();
        seen.set(id, text);
      }
    }
  }
});

test('the table tells of every driving key', () => {
  const told = KEY_TABLE.filter(({ contexts }) => contexts.includes('driving')).flatMap(({ match }) => match);
  for (const code of Object.keys(DRIVING_KEYS)) expect(told).toContain(code);
});
