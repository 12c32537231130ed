import { describe, expect, test } from 'vitest';
import { parseScenarioFamily } from '../../../scenarios/parseScenarioFamily.ts';
import { SCENARIO_FAMILIES } from '../../../scenarios/registry.ts';
import { ScenarioError } from '../../../scenarios/scenarioError.ts';

const cutIn = () => structuredClone(SCENARIO_FAMILIES.find((family) => family.family === 'cut-in')) as never as Cutting;
interface Cutting {
  [key: string]: unknown;
  parameters: Record<string, Record<string, unknown>>;
  road: { lanes: Record<string, unknown>[]; pieces: Record<string, unknown>[] };
  ego: Record<string, unknown>;
  scripts: { actor: number; action: Record<string, unknown> }[];
  traffic: Record<string, unknown>;
}

describe('what the newer fields refer to has to be there', () => {
  type Change = (family: Record<string, never>) => void;
  const cases: readonly [string, string, Change, RegExp][] = [
    [
      'an actor with two motions',
      'cut-out',
      (f: { actors: object[] }) => {
        f.actors[1] = { ...f.actors[1], relativeSpeed: 0 };
      },
      /actors\[1\] is "2 of them"; expected one of relativeSpeed, speed and stands/,
    ],
    [
      'a row without spacing',
      'truck-convoy',
      (f: { actors: { spacing?: unknown }[] }) => {
        delete f.actors[0]!.spacing;
      },
      /actors\[0\]\.spacing is "missing"; expected the gap in the row/,
    ],
    [
      'ramp traffic on a main lane',
      'on-ramp-merge-mainline',
      (f: { traffic: { ramps: { lane: number }[] } }) => {
        f.traffic.ramps[0]!.lane = 1;
      },
      /traffic\.ramps\[0\]\.lane is "1, which is main"; expected a lane of kind on-ramp/,
    ],
    [
      'an exit goal without an exit',
      'lane-drop',
      (f: { goal: string }) => {
        f.goal = 'exit';
      },
      /goal is "exit"; expected an off-ramp among road\.lanes/,
    ],
    [
      'an exit share where the auxiliary lane ends with its opening',
      'weaving-section',
      (f: { road: { lanes: { to: number; openTo: number }[] } }) => {
        f.road.lanes[3]!.to = f.road.lanes[3]!.openTo;
      },
      /traffic\.exitShare is "\$exitShare"; expected an off-ramp among road\.lanes, or an auxiliary lane/,
    ],
    [
      'a parameter that nothing uses',
      'cut-out',
      (f: { parameters: Record<string, unknown> }) => {
        f.parameters['idle'] = { default: 1, min: 0, max: 2, unit: 'm', description: 'Nothing.' };
      },
      /parameters\.idle is "used nowhere"; expected a parameter that something refers to by "\$idle"/,
    ],
    [
      'a free stretch of a lane that is not there',
      'cut-out',
      (f: { traffic: { free: { lane: number }[] } }) => {
        f.traffic.free[0]!.lane = 9;
      },
      /traffic\.free\[0\]\.lane is 9; expected a lane from 0 to 2/,
    ],
  ] as never;
  test.each(cases)('%s', (_, name, change, message) => {
    const family = structuredClone(SCENARIO_FAMILIES.find((known) => known.family === name)) as never;
    change(family);
    expect(() => parseScenarioFamily(family, 'mine.json')).toThrow(message);
  });
});

describe('a family with a wrong field is refused, naming path, value and expectation', () => {
  const cases: readonly [string, (family: Cutting) => void, string, RegExp][] = [
    [
      'missing',
      (f) => {
        delete f['durationS'];
      },
      'durationS',
      /durationS is missing; expected a value of type number/,
    ],
    [
      'type',
      (f) => {
        f.ego['lane'] = 'left';
      },
      'ego.lane',
      /ego\.lane is "left"; expected a value of type (int|number)/,
    ],
    [
      'start beyond the road',
      (f) => {
        f.ego['s'] = 99_999;
      },
      'ego.s',
      /ego\.s is 99999; expected less than the length of the road, \d+ m/,
    ],
    [
      'range',
      (f) => {
        f.road.lanes[1]!['width'] = 12;
      },
      'road.lanes[1].width',
      /road\.lanes\[1\]\.width is 12; expected at most 5/,
    ],
    [
      'spelling',
      (f) => {
        f.traffic['densty'] = 3;
      },
      'traffic.densty',
      /traffic\.densty is not a known field/,
    ],
    [
      'choice',
      (f) => {
        f.road.lanes[0]!['kind'] = 'bus';
      },
      'road.lanes[0].kind',
      /"bus"; expected "main" or "auxiliary"/,
    ],
    [
      'union',
      (f) => {
        f.scripts[0]!.action['kind'] = 'jump';
      },
      'scripts[0].action.kind',
      /is "jump"; expected "cut-in" or "cut-out" or "brake"/,
    ],
    [
      'piece',
      (f) => {
        f.road.pieces[0]!['length'] = 0;
      },
      'road.pieces[0].length',
      /is 0; expected more than 0/,
    ],
    [
      'quantity',
      (f) => {
        f.traffic['density'] = 'much';
      },
      'traffic.density',
      /"much"; expected a number or "\$parameter"/,
    ],
    [
      'reference',
      (f) => {
        f.traffic['density'] = '$dnsity';
      },
      'traffic.density',
      /one of the parameters \$gap/,
    ],
    [
      'lane',
      (f) => {
        f.ego['lane'] = 3;
      },
      'ego.lane',
      /ego\.lane is 3; expected a lane from 0 to 2/,
    ],
    [
      'actor',
      (f) => {
        f.scripts[0]!.actor = 2;
      },
      'scripts[0].actor',
      /index into actors \(1 declared\)/,
    ],
    [
      'default',
      (f) => {
        f.parameters['gap']!['default'] = 90;
      },
      'parameters.gap.default',
      /between min and max \(6 to 40\)/,
    ],
    [
      'order',
      (f) => {
        f.parameters['gap']!['min'] = 50;
      },
      'parameters.gap.min',
      /at most max \(40\)/,
    ],
    [
      'format',
      (f) => {
        f['format'] = 9;
      },
      'format',
      /format is 9; expected 1/,
    ],
  ];
  test.each(cases)('%s', (_, damage, path, message) => {
    const family = cutIn();
    damage(family);
    let error: unknown;
    try {
      parseScenarioFamily(family, 'my.json');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ScenarioError);
    expect((error as ScenarioError).message).toMatch(message);
    expect((error as ScenarioError).message).toMatch(/^my\.json: /);
    expect((error as ScenarioError).path).toBe(path);
  });

  test('something that is not an object', () => {
    expect(() => parseScenarioFamily(null, 'my.json')).toThrow(/my\.json: the whole value is null/);
    expect(() => parseScenarioFamily([1], 'my.json')).toThrow(ScenarioError);
  });
});

test('the unchanged family passes', () => {
  expect(parseScenarioFamily(cutIn(), 'my.json')).toEqual(cutIn());
});
