import { expect, test } from 'vitest';
import { createEnvironment } from '../../../../irl/environment/createEnvironment.ts';
import { createVectorEnvironment } from '../../../../irl/environment/createVectorEnvironment.ts';

const COUNT = 3;

test('N worlds do what N single environments do', () => {
  const vector = createVectorEnvironment({ scenario: 'dense@1#1', count: COUNT });
  const singles = Array.from({ length: COUNT }, () => createEnvironment({ scenario: 'dense@1#1' }));
  const { observations, infos } = vector.reset({ seed: 20 });
  expect(infos.map((info) => info.seed)).toEqual([20, 21, 22]);
  const expected = singles.map((single, i) => [...single.reset({ seed: 20 + i }).observation]);
  expect([...observations]).toEqual(expected.flat());
  for (let k = 0; k < 20; k++) {
    const actions = Array.from({ length: COUNT }, (_, i) => [0.2 * i, 0.1 * i]);
    const together = vector.step(actions);
    const alone = singles.map((single, i) => single.step(actions[i]!));
    expect([...together.observations]).toEqual(alone.flatMap((result) => [...result.observation]));
    expect([...together.rewards]).toEqual(alone.map((result) => result.reward));
  }
});

test('a world that is over begins anew in the next step, with a seed nobody had', () => {
  const vector = createVectorEnvironment({ scenario: 'free-flow@1#1', count: 2, seconds: 0.5 });
  vector.reset({ seed: 7 });
  const hold = [
    [0, 0],
    [0, 0],
  ];
  for (let k = 0; k < 4; k++) expect([...vector.step(hold).truncated]).toEqual([0, 0]);
  expect([...vector.step(hold).truncated]).toEqual([1, 1]);
  const fresh = vector.step(hold);
  expect(fresh.infos.map((info) => [info.seed, info.tick])).toEqual([
    [9, 0],
    [10, 0],
  ]);
  expect([...fresh.rewards, ...fresh.truncated]).toEqual([0, 0, 0, 0]);
});

test('a refused step moves no world', () => {
  const vector = createVectorEnvironment({ scenario: 'free-flow@1#1', count: 2 });
  expect(() => vector.step([[0, 0]])).toThrow(/reset first/);
  vector.reset();
  expect(() => vector.step([[0, 0]])).toThrow(/2, one for each world/);
  expect(() => vector.step([[0, 0], 'left' as unknown as number])).toThrow(/two finite numbers/);
  expect(
    vector
      .step([
        [0, 0],
        [0, 0],
      ])
      .infos.map((info) => info.tick),
  ).toEqual([1, 1]);
});
