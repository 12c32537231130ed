import { type Action, checkAction } from './action.ts';
import {
  createEnvironment,
  type Environment,
  type EnvironmentOptions,
  type ResetRequest,
  type StepInfo,
} from './createEnvironment.ts';
import { EnvironmentError, quoted } from './environmentError.ts';
import type { EnvironmentReward } from './environmentReward.ts';

/** Options of N worlds; a reward with a memory is made once for each. */
export interface VectorOptions extends Omit<EnvironmentOptions, 'reward'> {
  /** Number of worlds. */
  readonly count: number;
  readonly reward?: string | (() => EnvironmentReward);
}

/** Result of a step of all worlds. Shapes: [count], observations [count x fields], row-major. */
export interface VectorStep {
  readonly observations: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly infos: readonly StepInfo[];
}

/**
 * N worlds that are stepped together. A world whose episode is over is reset by the step after it, as in Gymnasium's
 * `NEXT_STEP` mode: that step ignores its action, pays 0 and returns the first observation of the new episode.
 */
export interface VectorEnvironment {
  readonly count: number;
  readonly single: Pick<Environment, 'observationSpace' | 'actionSpace' | 'stepSeconds' | 'rewardName'>;
  /** Resets all worlds; world i gets seed + i, so that no two drive the same episode. */
  reset(request?: ResetRequest): { readonly observations: Float64Array; readonly infos: readonly StepInfo[] };
  /** @param actions one for each world */
  step(actions: readonly Action[]): VectorStep;
}

/** Makes N worlds of one scenario. @throws ScenarioError, EnvironmentError */
export function createVectorEnvironment(options: VectorOptions): VectorEnvironment {
  const { count, reward, ...rest } = options;
  if (!(Number.isInteger(count) && count >= 1 && count <= 4096)) {
    throw new EnvironmentError('count', quoted(count), 'an integer from 1 to 4096');
  }
  const worlds = Array.from({ length: count }, () =>
    createEnvironment({
      ...rest,
      ...(reward === undefined ? {} : { reward: typeof reward === 'string' ? reward : reward() }),
    }),
  );
  const first = worlds[0]!;
  const fields = first.observationSpace.fields.length;
  const over = new Uint8Array(count);
  let nextSeed: number | undefined;
  let begun = false;

  /** Resets one world, to the seed that follows the last one given out unless another is asked for. */
  const resetWorld = (i: number, request: ResetRequest) => {
    const seed = request.seed ?? nextSeed;
    const result = worlds[i]!.reset(seed === undefined ? request : { ...request, seed });
    nextSeed = (result.info.seed + 1) >>> 0;
    over[i] = 0;
    return result;
  };
  let lastOptions: ResetRequest = {};

  return {
    count,
    single: first,
    reset(request = {}) {
      const options = request.options === undefined ? {} : { options: request.options };
      const observations = new Float64Array(count * fields);
      const infos = worlds.map((_, i) => {
        const { observation, info } = resetWorld(i, i === 0 ? request : options);
        observations.set(observation, i * fields);
        return info;
      });
      begun = true;
      lastOptions = options;
      return { observations, infos };
    },
    step(actions) {
      if (!begun) throw new EnvironmentError('step', 'no episode has begun', 'a reset first');
      if (actions.length !== count) {
        throw new EnvironmentError('actions', `${actions.length} actions`, `${count}, one for each world`);
      }
      // All are checked before any world moves, so that a refused step leaves every world as it was.
      worlds.forEach((world, i) => {
        if (over[i] === 0) checkAction(world.actionKind, actions[i]);
      });
      const result = {
        observations: new Float64Array(count * fields),
        rewards: new Float64Array(count),
        terminated: new Uint8Array(count),
        truncated: new Uint8Array(count),
      };
      const infos = worlds.map((world, i) => {
        if (over[i] === 1) {
          const { observation, info } = resetWorld(i, lastOptions);
          result.observations.set(observation, i * fields);
          return info;
        }
        const { observation, reward: paid, terminated, truncated, info } = world.step(actions[i]!);
        result.observations.set(observation, i * fields);
        result.rewards[i] = paid;
        result.terminated[i] = terminated ? 1 : 0;
        result.truncated[i] = truncated ? 1 : 0;
        over[i] = terminated || truncated ? 1 : 0;
        return info;
      });
      return { ...result, infos };
    },
  };
}
