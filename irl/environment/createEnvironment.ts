import type { Recording } from '../../recordings/recording.ts';
import type { ScenarioFamily } from '../../scenarios/scenarioFamily.ts';
import { advanceSubstep } from '../../sim/core/advanceWorld.ts';
import type { DriveEvent } from '../../sim/core/events.ts';
import { SUBSTEPS_PER_TICK, TICK_S } from '../../sim/core/time.ts';
import { createWorld, type World } from '../../sim/core/world.ts';
import { neutralCommand } from '../../sim/vehicle/egoCommand.ts';
import { ACTION_KINDS, ACTION_SPACES, type Action, type ActionKind, checkAction } from './action.ts';
import { createActionDriver } from './actionDriver.ts';
import { EnvironmentError, quoted } from './environmentError.ts';
import { type EnvironmentReward, simpleReward, type Termination } from './environmentReward.ts';
import { type EpisodeSource, recordingEpisodes, scenarioEpisodes } from './episodeSource.ts';
import { OBSERVATION_SPACE, observe } from './observation.ts';
import type { BoxSpace, Space } from './space.ts';

/** What an environment is made from. */
export interface EnvironmentOptions {
  /** Scenario id, or a recording whose traffic is replayed. */
  readonly scenario: string | Recording;
  /** Families of one's own, found before the bundled ones. */
  readonly families?: readonly ScenarioFamily[];
  /** Default `acceleration`. */
  readonly action?: ActionKind;
  /** Name of a simple reward, or a reward; default `safe-progress`. */
  readonly reward?: string | EnvironmentReward;
  /** Ticks of 0.1 s in one step; default 1. The action is held. */
  readonly ticksPerStep?: number;
  /** Length of an episode [s]; default the scenario's own. */
  readonly seconds?: number;
}

/** What a reset may ask for. */
export interface ResetRequest {
  /** Seed of the episode; without it the seed after the last one's, in the first episode the scenario id's. */
  readonly seed?: number;
  readonly options?: {
    /** Scenario parameters of this episode. */
    readonly parameters?: Readonly<Record<string, number>>;
  };
}

/** Beside an observation. */
export interface StepInfo {
  /** Id that rebuilds the episode's world. */
  readonly scenario: string;
  readonly seed: number;
  readonly tick: number;
  /** Simulated time since the reset [s]. */
  readonly time: number;
  /** Events of the ego in this step. */
  readonly events: readonly DriveEvent[];
  /** Why the episode terminated; null when it did not. */
  readonly termination: Termination | null;
  /** Why the episode was truncated; null when it was not. */
  readonly truncation: 'time' | 'road-end' | null;
}

/** Result of a step. */
export interface StepResult {
  /** As `observationSpace` lays it out; a new array each time. */
  readonly observation: Float64Array;
  readonly reward: number;
  /** The task ended: collision, or off the road. Its value does not go on. */
  readonly terminated: boolean;
  /** The episode was cut off: time is up, or the road is. */
  readonly truncated: boolean;
  readonly info: StepInfo;
}

/** One world under Gymnasium's protocol. The same seeds and actions give the same bits. */
export interface Environment {
  readonly observationSpace: BoxSpace;
  readonly actionSpace: Space;
  readonly actionKind: ActionKind;
  readonly rewardName: string;
  /** Simulated time of one step [s]. */
  readonly stepSeconds: number;
  /** The running world, to look at; null before the first reset. */
  readonly world: World | null;
  /** @throws ScenarioError, EnvironmentError; the running episode then goes on */
  reset(request?: ResetRequest): { readonly observation: Float64Array; readonly info: StepInfo };
  /** @throws EnvironmentError when the action is none, or the episode is over or has not begun */
  step(action: Action): StepResult;
}

const LARGEST_SEED = 0xffffffff;

/**
 * Makes an environment; `reset` has to be called before the first `step`.
 * @throws ScenarioError when the scenario cannot be built, EnvironmentError for options out of range
 */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const { scenario, families, action = 'acceleration', reward = 'safe-progress', ticksPerStep = 1, seconds } = options;
  if (!ACTION_KINDS.includes(action)) {
    throw new EnvironmentError('action kind', quoted(action), `one of: ${ACTION_KINDS.join(', ')}`);
  }
  if (!(Number.isInteger(ticksPerStep) && ticksPerStep >= 1 && ticksPerStep <= 100)) {
    throw new EnvironmentError('ticksPerStep', quoted(ticksPerStep), 'an integer from 1 to 100');
  }
  if (seconds !== undefined && !(seconds >= TICK_S && seconds <= 3600)) {
    throw new EnvironmentError('seconds', quoted(seconds), 'a number from 0.1 to 3600');
  }
  if (seconds !== undefined && typeof scenario !== 'string' && seconds > scenario.ticks * TICK_S) {
    const length = (scenario.ticks * TICK_S).toFixed(1);
    throw new EnvironmentError('seconds', quoted(seconds), `at most ${length}, the length of the recording`);
  }
  const source: EpisodeSource =
    typeof scenario === 'string' ? scenarioEpisodes(scenario, families) : recordingEpisodes(scenario);
  const payer = typeof reward === 'string' ? simpleReward(reward) : reward;
  const driver = createActionDriver();
  const command = neutralCommand();
  let world: World | null = null;
  let scenarioId = '';
  let lastTick = 0;
  let over = false;
  let seed = source.firstSeed;
  let nextSeed = source.firstSeed;

  const info = (
    now: World,
    firstEvent: number,
    termination: StepInfo['termination'],
    truncation: StepInfo['truncation'],
  ): StepInfo => ({
    scenario: scenarioId,
    seed,
    tick: now.tick,
    time: now.tick * TICK_S,
    events: now.events.slice(firstEvent),
    termination,
    truncation,
  });

  return {
    observationSpace: OBSERVATION_SPACE,
    actionSpace: ACTION_SPACES[action],
    actionKind: action,
    rewardName: payer.name,
    stepSeconds: ticksPerStep * TICK_S,
    get world() {
      return world;
    },
    reset(request = {}) {
      const asked = request.seed ?? nextSeed;
      if (!(Number.isInteger(asked) && asked >= 0 && asked <= LARGEST_SEED)) {
        throw new EnvironmentError('seed', quoted(asked), `an integer from 0 to ${LARGEST_SEED}`);
      }
      const episode = source.episode(asked, checkParameters(request.options?.parameters));
      const fresh = createWorld(episode.spec);
      world = fresh;
      scenarioId = episode.scenarioId;
      lastTick = seconds === undefined ? episode.ticks : Math.round(seconds / TICK_S);
      over = false;
      seed = asked;
      nextSeed = asked === LARGEST_SEED ? 0 : asked + 1;
      driver.start(fresh);
      payer.start(fresh);
      return { observation: observe(fresh), info: info(fresh, 0, null, null) };
    },
    step(asked) {
      if (world === null) throw new EnvironmentError('step', 'no episode has begun', 'a reset first');
      if (over) throw new EnvironmentError('step', 'the episode is over', 'a reset first');
      driver.act(world, checkAction(action, asked));
      const firstEvent = world.events.length;
      let sum = 0;
      let termination: Termination | null = null;
      let truncation: StepInfo['truncation'] = null;
      for (let k = 0; k < ticksPerStep && termination === null && truncation === null; k++) {
        for (let substep = 0; substep < SUBSTEPS_PER_TICK; substep++) {
          driver.command(world, command);
          advanceSubstep(world, command);
        }
        termination = terminationAmong(world.events, firstEvent);
        if (world.tick >= lastTick) truncation = 'time';
        else if (world.ego.s >= world.road.length) truncation = 'road-end';
        sum += payer.tick(world, termination);
      }
      over = termination !== null || truncation !== null;
      return {
        observation: observe(world),
        reward: sum,
        terminated: termination !== null,
        truncated: truncation !== null,
        info: info(world, firstEvent, termination, truncation),
      };
    },
  };
}

/** The first event that ends the task. */
function terminationAmong(events: readonly DriveEvent[], from: number): Termination | null {
  for (let i = from; i < events.length; i++) {
    const { kind } = events[i]!;
    if (kind === 'collision' || kind === 'off-road') return kind;
  }
  return null;
}

function checkParameters(parameters: unknown): Readonly<Record<string, number>> {
  if (parameters === undefined) return {};
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw new EnvironmentError('options.parameters', quoted(parameters), 'an object of numbers by name');
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'number' && Number.isFinite(value)) continue;
    throw new EnvironmentError(`options.parameters.${name}`, quoted(value), 'a finite number');
  }
  return parameters as Readonly<Record<string, number>>;
}
