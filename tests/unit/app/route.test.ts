import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRoute, MODES, parseRoute, type Route } from '../../../app/shell/route.ts';

test('any route survives the address', () => {
  const text = fc.string({ minLength: 1, maxLength: 40 });
  const route = fc.record(
    { mode: fc.constantFrom(...MODES), scenario: text, recording: text, driver: text },
    { requiredKeys: ['mode'] },
  );
  fc.assert(
    fc.property(route, (value) => {
      expect(parseRoute(formatRoute(value as Route))).toEqual(value);
    }),
  );
});

test('scenario ids keep their ?, & and #', () => {
  const route: Route = { mode: 'watch', scenario: 'cut-in@1?gap=12&dv=-4#7' };
  expect(formatRoute(route).slice(1)).not.toMatch(/[#?]/);
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test.each(['', '#', '#mode=fly', '#nonsense'])('%j opens Drive', (hash) => {
  expect(parseRoute(hash)).toEqual({ mode: 'drive' });
});
