import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ACTION_KINDS, metaChoice } from '../../../../irl/environment/action.ts';
import { checkEnvironment } from '../../../../irl/environment/checkEnvironment.ts';
import { createEnvironment, type Environment } from '../../../../irl/environment/createEnvironment.ts';
import { EnvironmentError } from '../../../../irl/environment/environmentError.ts';
import { learnedEnvironmentReward } from '../../../../irl/environment/learnedEnvironmentReward.ts';
import { readRecording } from '../../../../recordings/readRecording.ts';
import { SCENARIO_FAMILIES } from '../../../../scenarios/registry.ts';
import { handmadeReward } from '../../../fixtures/handmadeReward.ts';

const generated = SCENARIO_FAMILIES.filter((family) => family.kind !== 'log-replay');
const free = 'free-flow@1?density=0#1';

/** Entry of an observation by the field's name. */
function value(environment: Environment, observation: Float64Array, name: string): number {
  const index = environment.observationSpace.fields.findIndex((field) => field.name === name);
  expect(index, name).toBeGreaterThanOrEqual(0);
  return observation[index]!;
}

/** A recorded drive whose traffic is to be replayed. */
function replayedRecording() {
  const bytes = readFileSync(new URL('../../../../recordings/demos/calm.mcap', import.meta.url));
  const recording = readRecording(new Uint8Array(bytes), { name: 'calm.mcap' });
  return { ...recording, metadata: { ...recording.metadata, scenarioId: 'log-replay@1#1' } };
}

describe('the checker finds no problem in', () => {
  test.each(generated.map((family) => `${family.family}@${family.version}#3`))(
    '%s, under every action kind',
    (scenario) => {
      for (const action of ACTION_KINDS) {
        const report = checkEnvironment(() => createEnvironment({ scenario, action, seconds: 5 }));
        expect(report.problems, action).toEqual([]);
        expect(report.ended, action).toBe(3);
        // An episode may end for both reasons in one step.
        expect(report.terminated + report.truncated, action).toBeGreaterThanOrEqual(3);
      }
    },
  );

  test('log-replay, built from a recording', () => {
    const recording = replayedRecording();
    expect(() => createEnvironment({ scenario: recording, seconds: 500 })).toThrow(
      /seconds: 500; expected at most .*, the length of the recording/,
    );
    const report = checkEnvironment(() => createEnvironment({ scenario: recording, seconds: 5 }));
    expect(report.problems).toEqual([]);
    expect(report.steps).toBeGreaterThan(20);
  });

  test('a learned reward', () => {
    const make = () =>
      createEnvironment({ scenario: 'dense@1#2', reward: learnedEnvironmentReward(handmadeReward()), seconds: 8 });
    expect(checkEnvironment(make).problems).toEqual([]);
  });

  test('and finds what it looks for', () => {
    const broken = (): Environment => {
      const real = createEnvironment({ scenario: free, seconds: 2 });
      let calls = 0;
      return {
        ...real,
        reset: (request) => real.reset(request),
        step(action) {
          const result = real.step(action);
          const observation = result.observation.map((x) => x + 1e4 * (calls++ % 7));
          return { ...result, observation, terminated: true, reward: Number.NaN };
        },
      };
    };
    const text = checkEnvironment(broken).problems.join('\n');
    expect(text).toMatch(/outside/);
    expect(text).toMatch(/reward NaN/);
    expect(text).toMatch(/terminated and info.termination disagree/);
    expect(text).toMatch(/after the end/);
  });
});

describe('an episode', () => {
  test('terminates by leaving the road, and time truncates it without terminating', () => {
    const environment = createEnvironment({ scenario: free, action: 'steering', seconds: 30 });
    environment.reset();
    let result = environment.step([0, 0.05]);
    while (!result.terminated && !result.truncated) result = environment.step([0, 0.05]);
    expect(result).toMatchObject({ terminated: true, truncated: false, info: { termination: 'off-road' } });
    expect(result.reward).toBeLessThan(-10);

    const short = createEnvironment({ scenario: free, seconds: 1 });
    short.reset();
    for (let k = 0; k < 9; k++) expect(short.step([0, 0])).toMatchObject({ terminated: false, truncated: false });
    expect(short.step([0, 0])).toMatchObject({ terminated: false, truncated: true, info: { truncation: 'time' } });
  });

  test('terminates by a collision', () => {
    const environment = createEnvironment({ scenario: 'dense@1?density=40#1', seconds: 60 });
    const { observation } = environment.reset();
    let seen = observation;
    for (let k = 0; k < 600; k++) {
      // In the lane, at full throttle, whoever is ahead.
      const lateral = -0.6 * value(environment, seen, 'ego.laneOffset') - 1.5 * value(environment, seen, 'ego.dDot');
      const result = environment.step([4, lateral]);
      seen = result.observation;
      if (!result.terminated) continue;
      expect(result.info).toMatchObject({ termination: 'collision', truncation: null });
      return;
    }
    expect.unreachable('no collision');
  });

  test('takes the seeds one after the other, and a given one at once', () => {
    const environment = createEnvironment({ scenario: 'dense@1#5' });
    const seeds = [undefined, undefined, 9, undefined].map((seed) =>
      environment.reset(seed === undefined ? {} : { seed }),
    );
    expect(seeds.map(({ info }) => info.seed)).toEqual([5, 6, 9, 10]);
    expect(seeds.map(({ info }) => info.scenario)).toEqual(['dense@1#5', 'dense@1#6', 'dense@1#9', 'dense@1#10']);
    expect([...seeds[0]!.observation]).not.toEqual([...seeds[1]!.observation]);
  });

  test('takes scenario parameters at a reset', () => {
    const environment = createEnvironment({ scenario: 'dense@1#5' });
    const { observation, info } = environment.reset({ options: { parameters: { speed: 12 } } });
    expect(info.scenario).toBe('dense@1?speed=12#5');
    expect(value(environment, observation, 'ego.sDot')).toBeCloseTo(12, 6);
    expect(() => environment.reset({ options: { parameters: { sped: 12 } } })).toThrow(/sped.*not known/);
    expect(environment.step([0, 0]).info).toMatchObject({ tick: 1, scenario: 'dense@1?speed=12#5' });
  });
});

describe('actions', () => {
  test('the longitudinal one is the acceleration, as far as the engine goes', () => {
    const environment = createEnvironment({ scenario: free });
    const before = value(environment, environment.reset().observation, 'ego.sDot');
    let seen: Float64Array = new Float64Array();
    for (let k = 0; k < 20; k++) seen = environment.step([-2, 0]).observation;
    expect(value(environment, seen, 'ego.sDot') - before).toBeCloseTo(-4, 1);
  });

  test('a positive lateral one goes left', () => {
    for (const action of ['steering', 'acceleration'] as const) {
      const environment = createEnvironment({ scenario: free, action });
      environment.reset();
      let seen: Float64Array = new Float64Array();
      for (let k = 0; k < 10; k++) seen = environment.step([0, action === 'steering' ? 0.004 : 0.8]).observation;
      expect(value(environment, seen, 'ego.dDot'), action).toBeGreaterThan(0.3);
    }
  });

  test('the meta action right ends in the lane to the right, and faster is faster', () => {
    const environment = createEnvironment({ scenario: free, action: 'meta', seconds: 30 });
    const { observation } = environment.reset();
    const lane = value(environment, observation, 'ego.lane');
    const speed = value(environment, observation, 'ego.sDot');
    let seen = environment.step(metaChoice('right')).observation;
    environment.step(metaChoice('faster'));
    for (let k = 0; k < 120; k++) seen = environment.step(metaChoice('keep')).observation;
    expect(value(environment, seen, 'ego.lane')).toBe(lane + 1);
    expect(Math.abs(value(environment, seen, 'ego.laneOffset'))).toBeLessThan(0.2);
    expect(value(environment, seen, 'ego.sDot') - speed).toBeCloseTo(2.5, 0);
  });
});

describe('rewards', () => {
  test('progress pays 0.1 a tick at the limit, and summed over the ticks of a step', () => {
    const environment = createEnvironment({ scenario: free, reward: 'progress', ticksPerStep: 5 });
    const { observation } = environment.reset();
    const share = value(environment, observation, 'ego.sDot') / value(environment, observation, 'ego.speedLimit');
    expect(environment.step([0, 0]).reward).toBeCloseTo(0.5 * Math.min(share, 1), 2);
  });

  test('a learned reward pays nothing for 5 s and then prefers what its weights prefer', () => {
    const paid = (weight: number) => {
      const environment = createEnvironment({
        scenario: free,
        reward: learnedEnvironmentReward(handmadeReward({ speed: weight, speedSquared: 0 })),
        seconds: 8,
      });
      environment.reset();
      return Array.from({ length: 80 }, () => environment.step([0, 0]).reward);
    };
    const rewards = paid(10);
    expect(rewards.slice(0, 49)).toEqual(new Array(49).fill(0));
    expect(rewards[49]).not.toBe(0);
    // Speed is positive, so that more weight on it pays more, in proportion.
    const [low, high] = [paid(0)[60]!, paid(20)[60]!];
    expect(rewards[60]).toBeCloseTo((low + high) / 2, 9);
    expect(high).toBeGreaterThan(low);
  });

  test('an unknown name is refused with the known ones', () => {
    expect(() => createEnvironment({ scenario: free, reward: 'fun' })).toThrow(/"fun".*progress/);
    expect(() => createEnvironment({ scenario: free, ticksPerStep: 0 })).toThrow(EnvironmentError);
    expect(() => createEnvironment({ scenario: 'nowhere@1#1' })).toThrow(/nowhere/);
  });
});
