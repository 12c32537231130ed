import { expect, test } from 'vitest';
import { buildScenario } from '../../../scenarios/buildScenario.ts';
import { formatScenarioId, parseScenarioId } from '../../../scenarios/scenarioId.ts';

test('an id is taken apart and put together again', () => {
  const id = 'cut-in@1?gap=12&dv=-4#7';
  expect(parseScenarioId(id)).toEqual({ family: 'cut-in', version: 1, parameters: { gap: '12', dv: '-4' }, seed: 7 });
  expect(formatScenarioId(parseScenarioId(id))).toBe(id);
});

test('the canonical id leaves out what is at its default, in declared order', () => {
  expect(buildScenario('cut-in@1?dv=-4&gap=12#7').id).toBe('cut-in@1?gap=12&dv=-4#7');
  expect(buildScenario('cut-in@1?gap=14#7').id).toBe('cut-in@1#7');
});

test.each([
  ['cut-in', /family@version\?key=value/],
  ['cut-in@1', /family@version/],
  ['cut-in@1#-3', /family@version/],
  ['cut-in@1#99999999999', /seed is 99999999999; expected an integer from 0/],
  ['cut-in@1?gap=%30%#1', /%30% is not decodable; expected percent signs/],
  ['cut-in@1?gap=12=13#1', /gap=12=13 is with several values/],
  ['cut-in@1?toString=5#1', /parameter toString is not known/],
  ['cut-in@1?gap#1', /gap is without a value; expected key=value/],
  ['cut-in@1?gap=12&gap=13#1', /gap is there twice; expected one value/],
  ['cut-in@1?gap=x#1', /parameter gap is x; expected a number from 6 to 40 m/],
  ['cut-in@1?gap=#1', /parameter gap is ; expected a number/],
  ['cut-in@1?gap=1000#1', /parameter gap is 1000; expected a number from 6 to 40 m/],
  ['cut-in@1?gpa=12#1', /parameter gpa is not known; expected one of: gap, dv/],
  ['cut-in@2#1', /version is 2; expected 1/],
  ['cutin@1#1', /family is "cutin"; expected one of: free-flow, dense/],
  ['log-replay@1?source=x#0', /built from its recording/],
])('%s is refused with what was expected', (id, message) => {
  expect(() => buildScenario(id)).toThrow(message);
});
