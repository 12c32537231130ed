import { ScenarioError } from '../../scenarios/scenarioError.ts';
import { TICK_S } from '../../sim/core/time.ts';
import type { Action } from './action.ts';
import type { ResetRequest, StepInfo } from './createEnvironment.ts';
import type { VectorEnvironment } from './createVectorEnvironment.ts';
import { EnvironmentError, quoted } from './environmentError.ts';

/** Version of the protocol that `describe` names. */
export const ENVIRONMENT_PROTOCOL = 1;

/** Answers requests, one JSON object a line in both directions. */
export interface EnvironmentServer {
  /**
   * @param line one request, without its line end
   * @returns the answer's line, without line end; `closed` after a `close`
   */
  answer(line: string): { readonly line: string; readonly closed: boolean };
}

const REQUESTS = ['describe', 'reset', 'step', 'close'] as const;
type RequestName = (typeof REQUESTS)[number];

/**
 * Serves one environment. Requests are objects with exactly one of `describe`, `reset`, `step` and `close`, and
 * optionally an `id` that the answer repeats. With one world, observations, actions and flags are those of that
 * world; with more they are arrays over the worlds. Whatever is wrong is answered by `{"error": {message, where?,
 * expected?}}`, and the environment stays as it was.
 */
export function createEnvironmentServer(environment: VectorEnvironment): EnvironmentServer {
  const { count, single } = environment;
  const width = single.observationSpace.fields.length;
  const row = (observations: Float64Array, i: number) => Array.from(observations.subarray(i * width, (i + 1) * width));
  /** One world's value alone, or all of them. */
  const perWorld = <T>(value: (i: number) => T): T | T[] =>
    count === 1 ? value(0) : Array.from({ length: count }, (_, i) => value(i));

  const handlers: Readonly<Record<RequestName, (body: unknown) => object>> = {
    describe: () => ({
      protocol: ENVIRONMENT_PROTOCOL,
      worlds: count,
      stepSeconds: single.stepSeconds,
      tickSeconds: TICK_S,
      reward: single.rewardName,
      observationSpace: single.observationSpace,
      actionSpace: single.actionSpace,
    }),
    reset(body) {
      const { observations, infos } = environment.reset(resetRequest(body));
      return { observation: perWorld((i) => row(observations, i)), info: perWorld((i): StepInfo => infos[i]!) };
    },
    step(body) {
      if (count > 1 && !Array.isArray(body)) throw new EnvironmentError('step', quoted(body), `${count} actions`);
      const { observations, rewards, terminated, truncated, infos } = environment.step(
        (count === 1 ? [body] : body) as readonly Action[],
      );
      return {
        observation: perWorld((i) => row(observations, i)),
        reward: perWorld((i) => rewards[i]!),
        terminated: perWorld((i) => terminated[i] === 1),
        truncated: perWorld((i) => truncated[i] === 1),
        info: perWorld((i) => infos[i]!),
      };
    },
    close: () => ({ closed: true }),
  };

  return {
    answer(line) {
      let id: { readonly id?: unknown } = {};
      try {
        const request = parseRequest(line);
        if ('id' in request) id = { id: request['id'] };
        const name = requestName(request);
        const answer = handlers[name](request[name]);
        return { line: JSON.stringify({ ...id, ...answer }), closed: name === 'close' };
      } catch (error) {
        return { line: JSON.stringify({ ...id, error: errorAnswer(error) }), closed: false };
      }
    },
  };
}

function parseRequest(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new EnvironmentError('request', quoted(line), 'one JSON object a line');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new EnvironmentError('request', quoted(value), 'a JSON object such as {"reset": {"seed": 1}}');
  }
  return value as Record<string, unknown>;
}

function requestName(request: Readonly<Record<string, unknown>>): RequestName {
  const keys = Object.keys(request).filter((key) => key !== 'id');
  const name = REQUESTS.find((known) => known === keys[0]);
  if (keys.length === 1 && name !== undefined) return name;
  throw new EnvironmentError('request', quoted(keys), `exactly one of ${REQUESTS.join(', ')}`);
}

function resetRequest(body: unknown): ResetRequest {
  if (body === null || body === undefined) return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new EnvironmentError('reset', quoted(body), 'an object such as {"seed": 1, "options": {"parameters": {}}}');
  }
  const { seed, options, ...rest } = body as Record<string, unknown>;
  const stray = Object.keys(rest)[0];
  if (stray !== undefined) throw new EnvironmentError(`reset.${stray}`, 'not known', 'seed, options');
  if (seed !== undefined && seed !== null && typeof seed !== 'number') {
    throw new EnvironmentError('reset.seed', quoted(seed), 'an integer from 0 to 4294967295');
  }
  if (options !== undefined && options !== null && (typeof options !== 'object' || Array.isArray(options))) {
    throw new EnvironmentError('reset.options', quoted(options), 'an object such as {"parameters": {"density": 30}}');
  }
  const unknown = Object.keys(options ?? {}).find((key) => key !== 'parameters');
  if (unknown !== undefined) throw new EnvironmentError(`reset.options.${unknown}`, 'not known', 'parameters');
  return {
    ...(typeof seed === 'number' ? { seed } : {}),
    ...(options ? { options: options as NonNullable<ResetRequest['options']> } : {}),
  };
}

function errorAnswer(error: unknown): {
  readonly message: string;
  readonly where?: string;
  readonly expected?: string;
} {
  if (error instanceof EnvironmentError) {
    return { message: error.message, where: error.where, expected: error.expected };
  }
  if (error instanceof ScenarioError) return { message: error.message, where: error.path, expected: error.expected };
  return { message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
}
