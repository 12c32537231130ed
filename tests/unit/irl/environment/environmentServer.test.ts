import { expect, test } from 'vitest';
import { createVectorEnvironment } from '../../../../irl/environment/createVectorEnvironment.ts';
import { createEnvironmentServer } from '../../../../irl/environment/environmentServer.ts';

function ask(server: ReturnType<typeof createEnvironmentServer>, request: unknown) {
  const { line } = server.answer(typeof request === 'string' ? request : JSON.stringify(request));
  expect(line).not.toContain('\n');
  return JSON.parse(line) as Record<string, unknown> & { error?: { message: string } };
}

test('describes, resets, steps and closes', () => {
  const server = createEnvironmentServer(createVectorEnvironment({ scenario: 'dense@1#1', count: 1 }));
  const spaces = ask(server, { describe: {} }) as unknown as { observationSpace: { fields: { unit: string }[] } };
  const { fields } = spaces.observationSpace;
  expect(fields.every((field) => field.unit.length > 0)).toBe(true);
  const first = ask(server, { id: 7, reset: { seed: 4 } });
  expect(first).toMatchObject({ id: 7, info: { scenario: 'dense@1#4', tick: 0 } });
  expect(first['observation']).toHaveLength(fields.length);
  const second = ask(server, { step: [0.5, 0] });
  expect(second).toMatchObject({ terminated: false, truncated: false, info: { tick: 1 } });
  expect(typeof second['reward']).toBe('number');
  expect(server.answer('{"close": {}}')).toEqual({ line: '{"closed":true}', closed: true });
});

test('answers for all worlds when there are several', () => {
  const server = createEnvironmentServer(createVectorEnvironment({ scenario: 'free-flow@1#1', count: 2 }));
  expect(ask(server, { reset: {} })['observation']).toHaveLength(2);
  const step = ask(server, {
    step: [
      [0, 0],
      [1, 0],
    ],
  });
  expect(step['terminated']).toEqual([false, false]);
  expect(ask(server, { step: 3 }).error?.message).toMatch(/2 actions/);
});

test('answers nonsense by errors and stays as it was', () => {
  const server = createEnvironmentServer(createVectorEnvironment({ scenario: 'free-flow@1#1', count: 1 }));
  expect(ask(server, { step: [0, 0] }).error?.message).toMatch(/reset first/);
  ask(server, { reset: {} });
  const nonsense: [unknown, RegExp][] = [
    ['{"step": [0, 0', /one JSON object a line/],
    ['', /one JSON object a line/],
    ['[]', /a JSON object/],
    ['null', /a JSON object/],
    [{}, /exactly one of/],
    [{ reset: {}, step: [0, 0] }, /exactly one of/],
    [{ constructor: {} }, /exactly one of/],
    [{ __proto__: null, toString: 1 }, /exactly one of/],
    [{ step: [0] }, /two finite numbers/],
    [{ step: { 0: 1, 1: 2, length: 2 } }, /two finite numbers/],
    [{ step: null }, /two finite numbers/],
    [{ reset: 1 }, /seed/],
    [{ reset: { seed: -1 } }, /0 to 4294967295/],
    [{ reset: { seed: 1.5 } }, /0 to 4294967295/],
    [{ reset: { seed: 'one' } }, /0 to 4294967295/],
    [{ reset: { sed: 1 } }, /reset.sed/],
    [{ reset: { options: [] } }, /reset.options/],
    [{ reset: { options: { density: 3 } } }, /parameters/],
    [{ reset: { options: { parameters: { density: 'x' } } } }, /a finite number/],
    [{ reset: { options: { parameters: { density: 1e9 } } } }, /density/],
  ];
  for (const [request, expected] of nonsense) {
    const { error } = ask(server, request);
    expect(error?.message, JSON.stringify(request)).toMatch(expected);
    expect(error).toMatchObject({ where: expect.any(String), expected: expect.stringMatching(/./) });
  }
  expect(ask(server, { step: [0, 0] })).toMatchObject({ info: { tick: 1 } });
});
