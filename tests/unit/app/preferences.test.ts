import { expect, test } from 'vitest';
import { openPreferences } from '../../../app/shell/preferences.ts';

function memory(initial: string | null = null) {
  let stored = initial;
  return {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
  };
}

test('choices are found again', () => {
  const storage = memory();
  openPreferences(storage).set({ driverName: 'Ada', camera: 'top' });
  expect(openPreferences(storage).current).toMatchObject({ driverName: 'Ada', camera: 'top', laneAssist: true });
});

test.each(['not json', '[]', 'null', '{"driverName": 3, "strange": 1}'])('stored %s gives the defaults', (stored) => {
  expect(openPreferences(memory(stored)).current).toEqual(openPreferences(null).current);
});

test('where nothing can be stored choices last as long as the page', () => {
  const refusing = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  const preferences = openPreferences(refusing);
  preferences.set({ driverName: 'Ada' });
  expect(preferences.current.driverName).toBe('Ada');
});
