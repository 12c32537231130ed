import { createRandomStream, type RandomStream } from '../../sim/core/randomStream.ts';
import type { Action } from './action.ts';
import type { Environment, StepResult } from './createEnvironment.ts';
import { boxHolds, type Space } from './space.ts';

/** What the checker saw. */
export interface EnvironmentReport {
  /** Violations of the protocol, in words; empty when there is none. */
  readonly problems: readonly string[];
  readonly steps: number;
  /** Episodes that came to an end, and why: an episode may end for both reasons in one step. */
  readonly ended: number;
  readonly terminated: number;
  readonly truncated: number;
}

/** How many random episodes are driven, and the most steps of each. */
const EPISODES = 3;
const MOST_STEPS = 120;

/**
 * Checks that an environment keeps Gymnasium's protocol: observations within their space, finite rewards, flags that
 * are booleans and agree with `info`, a refusal to step before the first reset and after the end, refusal of nonsense
 * actions without harm to the episode, and the same bits for the same seed and actions. Actions are random.
 * @param make makes a new environment, always the same
 */
export function checkEnvironment(make: () => Environment, seed = 1): EnvironmentReport {
  const problems = new Set<string>();
  const environment = make();
  if (!refuses(() => environment.step(sampleAction(environment.actionSpace, createRandomStream(seed, 'check'))))) {
    problems.add('a step before the first reset is not refused');
  }
  const count = { steps: 0, ended: 0, terminated: 0, truncated: 0 };
  for (let episode = 0; episode < EPISODES; episode++) {
    const trace = drive(environment, seed + episode, problems, count);
    const again = drive(make(), seed + episode, problems, { steps: 0, ended: 0, terminated: 0, truncated: 0 });
    if (!sameBits(trace, again)) problems.add(`seed ${seed + episode}: the same actions give other observations`);
  }
  return { problems: [...problems], ...count };
}

/** Drives one episode; returns all observations and rewards in one row. */
function drive(
  environment: Environment,
  seed: number,
  problems: Set<string>,
  count: { steps: number; ended: number; terminated: number; truncated: number },
): number[] {
  const random = createRandomStream(seed, 'check');
  const { observation, info } = environment.reset({ seed });
  const trace = [...observation];
  if (!boxHolds(environment.observationSpace, observation)) problems.add(outside(environment, observation));
  if (info.tick !== 0 || info.seed !== seed) problems.add('info after a reset is not that of the episode asked for');
  const nonsense: unknown[] = ['left', null, [1], [Number.NaN, 0], -1, 1.5];
  for (const action of nonsense) {
    if (!refuses(() => environment.step(action as Action))) problems.add(`action ${String(action)} is not refused`);
  }
  for (let k = 0; k < MOST_STEPS; k++) {
    const result = environment.step(sampleAction(environment.actionSpace, random));
    inspect(environment, result, problems);
    trace.push(result.reward, ...result.observation);
    count.steps++;
    if (!result.terminated && !result.truncated) continue;
    count.ended++;
    count.terminated += result.terminated ? 1 : 0;
    count.truncated += result.truncated ? 1 : 0;
    if (!refuses(() => environment.step(sampleAction(environment.actionSpace, random)))) {
      problems.add('a step after the end of the episode is not refused');
    }
    break;
  }
  return trace;
}

function inspect(environment: Environment, result: StepResult, problems: Set<string>): void {
  const { observation, reward, terminated, truncated, info } = result;
  if (!boxHolds(environment.observationSpace, observation)) problems.add(outside(environment, observation));
  if (!Number.isFinite(reward)) problems.add(`reward ${reward} is not finite`);
  if (terminated !== (info.termination !== null)) problems.add('terminated and info.termination disagree');
  if (truncated !== (info.truncation !== null)) problems.add('truncated and info.truncation disagree');
}

function outside(environment: Environment, observation: Float64Array): string {
  const { fields } = environment.observationSpace;
  if (observation.length !== fields.length) return `observation has ${observation.length} of ${fields.length} entries`;
  const at = fields.findIndex(({ low, high }, i) => !(observation[i]! >= low && observation[i]! <= high));
  return `observation ${fields[at]!.name} is ${observation[at]} outside ${fields[at]!.low} to ${fields[at]!.high}`;
}

function refuses(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch (error) {
    return error instanceof Error && error.name === 'EnvironmentError';
  }
}

/** A random action of a space: uniform within bounds. */
export function sampleAction(space: Space, random: RandomStream): Action {
  if (space.kind === 'discrete') return Math.floor(random.uniform() * space.names.length);
  return space.fields.map(({ low, high }) => low + (high - low) * random.uniform());
}

function sameBits(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
