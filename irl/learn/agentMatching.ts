import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import { createLearnedDriver } from '../agent/learnedDriver.ts';
import { DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { FEATURE_SET_VERSION, REWARD_FILE_VERSION, type Reward } from '../features/reward.ts';
import type { AgentMixture } from './agentMixture.ts';
import { type ClosedLoopGap, isWithinNoise, reasonOfGap } from './closedLoopGap.ts';
import { type ClosedLoopMeans, closedLoopMeans, columnMeans, personValues, ROLLOUT_WINDOWS } from './closedLoopGaps.ts';
import type { ClosedLoopReport, LearnedTerm, LearnerOptions } from './learner.ts';
import type { LearningControl } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import type { MaxentLearning } from './maxentLearner.ts';
import { type PersonTarget, personTarget } from './personTarget.ts';
import { rolloutBudget } from './rolloutBudget.ts';
import { possibleStarts, rolloutStarts } from './rolloutStarts.ts';

/** Rounds of rollouts and largest standardised gap, unless told otherwise. */
export const DEFAULT_ROUNDS = 16;
export const DEFAULT_TOLERANCE = 0.1;
/** Ticks between two decisions of the agent that is matched: its default, 5 Hz. */
const REPLAN_TICKS = 2;

/** An agent that drives on from moments of the recordings under any weights, beside what the persons did there. */
export interface AgentMatching {
  readonly rounds: number;
  readonly tolerance: number;
  /**
   * Means of the person that are to be matched, standardised, one for each excited feature; known after the first
   * round.
   */
  readonly person: Float64Array;
  /** The agent's, under weights of the excited features: one round of rollouts. */
  agent(theta: Float64Array): Promise<Float64Array>;
  /**
   * Means of a mixture of agents that were tried, of which one is drawn for each drive. Shares: [agents], together 1.
   */
  mix(agents: readonly Float64Array[], shares: Float64Array): Float64Array;
  /** Whether all gaps of an agent or a mixture are within the tolerance, or chance explains them (`isWithinNoise`). */
  matches(agent: Float64Array): 'matched' | 'within-noise' | undefined;
  /**
   * Raw means over the starts of an agent or a mixture, and what they are held against. Shapes: [features of the set].
   */
  meansOf(agent: Float64Array): { readonly person: Float64Array; readonly agent: Float64Array };
  /** How a single agent, or a mixture of them, compares with the first. */
  report(outcome: MatchingOutcome): ClosedLoopReport;
  /** Options that reproduce it, for the reward file. */
  readonly options: Readonly<Record<string, number>>;
}

/** What a learner came to; agents by what `agent` gave for them. */
export interface MatchingOutcome {
  readonly first: Float64Array;
  readonly best: Float64Array;
  /** The nearest mixture, unless the best agent matches alone. */
  readonly mixture: AgentMixture | undefined;
  /** Why no more was tried. */
  readonly ended: 'no-progress' | 'budget' | 'stopped';
  /** Whether the weight of an excited feature of the best agent stands at its limit. */
  atLimit?(feature: number): boolean;
}

/**
 * Prepares rollouts for learners that match what the agent executes.
 * @throws RangeError when an option is out of range or no recording is long enough
 */
export function createAgentMatching(
  sources: readonly LearningSource[],
  { learned, excited, scale, strideTicks }: MaxentLearning,
  options: LearnerOptions,
  control: LearningControl,
): AgentMatching {
  const {
    rollouts = rolloutBudget(strideTicks * learned.scenesOf.reduce((sum, scenes) => sum + scenes, 0)),
    rounds = DEFAULT_ROUNDS,
    tolerance = DEFAULT_TOLERANCE,
  } = options;
  const { rolloutWindows: windows = ROLLOUT_WINDOWS } = options;
  requireCount('rollouts', rollouts);
  requireCount('rounds', rounds);
  requireCount('rolloutWindows', windows);
  if (!(tolerance > 0)) throw new RangeError(`learning: tolerance is ${tolerance}; expected > 0`);
  const features = UNDERSTUDY_FEATURES;
  const recordings = sources.map((source) => source.recording);
  const starts = rolloutStarts(recordings, { count: rollouts, windows, strideTicks });
  const personOf = personValues(starts, windows, features);
  const moments = possibleStarts(recordings, { windows, strideTicks });
  const everywhere = moments.length > starts.length ? personValues(moments, windows, features) : personOf;
  const columns = features.specs.length;
  /** Of every feature of the set; the first agent that is tried decides what the person's other driving is worth. */
  let targets: readonly PersonTarget[] | undefined;
  const person = new Float64Array(excited.length);
  const start = drivenReward(learned.terms, excited, new Float64Array(excited.length));
  const { candidates = DEFAULT_CANDIDATES } = options;
  const driver = createLearnedDriver(start, { replanTicks: REPLAN_TICKS, candidates, seed: options.seed ?? 0 });
  const total = rounds * starts.length;
  const seen = new Map<Float64Array, Pick<ClosedLoopMeans, 'agentOf' | 'collisions' | 'offRoad'>>();
  let driven = 0;
  let done = 0;
  const remember = (one: Pick<ClosedLoopMeans, 'agentOf' | 'collisions' | 'offRoad'>): Float64Array => {
    const raw = columnMeans(one.agentOf, columns);
    const means = Float64Array.from(excited, (column) => raw[column]! / scale[column]!);
    seen.set(means, one);
    return means;
  };
  const errorOf = (agent: Float64Array, column: number) =>
    targets![column]!.standardError(columnOf(seen.get(agent)!.agentOf, columns, column)) / scale[column]!;
  const matches = (agent: Float64Array) => {
    const gaps = excited.map((column, i) => ({ gap: agent[i]! - person[i]!, standardError: errorOf(agent, column) }));
    if (gaps.every(({ gap }) => Math.abs(gap) <= tolerance)) return 'matched';
    return isWithinNoise(gaps, tolerance) ? 'within-noise' : undefined;
  };
  return {
    rounds,
    tolerance,
    person,
    async agent(theta) {
      driver.setReward(drivenReward(learned.terms, excited, theta));
      const means = await closedLoopMeans(starts, windows, driver, features, personOf, control, () => {
        control.onProgress?.({ stage: 'fit', done: ++done, total });
      });
      driven++;
      targets ??= features.specs.map((_, column) => {
        const values = [means.agentOf, personOf, everywhere].map((rows) => columnOf(rows, columns, column));
        return personTarget(values[0]!, values[1]!, values[2]!);
      });
      for (const [i, column] of excited.entries()) person[i] = targets[column]!.mean / scale[column]!;
      const standard = remember(means);
      const sizes = standard.map((value, i) => Math.abs(value - person[i]!));
      const largest = sizes.indexOf(Math.max(...sizes));
      control.onRound?.({
        round: driven,
        rounds,
        largestGap: sizes[largest] ?? 0,
        feature: features.specs[excited[largest]!]?.name ?? '',
        tolerance,
      });
      return standard;
    },
    mix(agents, shares) {
      const members = agents.map((agent) => seen.get(agent)!);
      const mean = (of: (one: (typeof members)[number]) => number) =>
        members.reduce((sum, one, k) => sum + shares[k]! * of(one), 0);
      return remember({
        agentOf: personOf.map((_, at) => mean((one) => one.agentOf[at]!)),
        collisions: mean((one) => one.collisions),
        offRoad: mean((one) => one.offRoad),
      });
    },
    matches,
    meansOf: (agent) => ({
      person: Float64Array.from(targets!, (target) => target.mean),
      agent: columnMeans(seen.get(agent)!.agentOf, columns),
    }),
    report({ first, best, mixture, ended, atLimit }) {
      const match = (agent: Float64Array, atLimit: (feature: number) => boolean = () => false) => {
        const gaps = excited.map((column, i): ClosedLoopGap => {
          const atStart = first[i]! - person[i]!;
          const gap = agent[i]! - person[i]!;
          const standardError = errorOf(agent, column);
          const why = reasonOfGap({ atStart, gap, standardError }, tolerance, atLimit(i));
          return { name: features.specs[column]!.name, atStart, gap, standardError, why };
        });
        const { collisions, offRoad } = seen.get(agent)!;
        return { gaps, unmatched: gaps.filter((one) => one.why !== '').map((one) => one.name), collisions, offRoad };
      };
      return {
        starts: starts.length,
        rounds: driven,
        tolerance,
        ended: matches(best) ?? (mixture && matches(mixture.agent) ? 'mixed' : ended),
        ...match(best, atLimit),
        ...(mixture === undefined
          ? {}
          : { mixture: { agents: mixture.shares.filter((share) => share > 0).length, ...match(mixture.agent) } }),
      };
    },
    options: { rollouts, rounds, tolerance, rolloutWindows: windows, replanTicks: REPLAN_TICKS },
  };
}

/** One column of row-major values. */
function columnOf(values: Float64Array, columns: number, column: number): Float64Array {
  return Float64Array.from({ length: values.length / columns }, (_, row) => values[row * columns + column]!);
}

function requireCount(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1)) {
    throw new RangeError(`learning: ${name} is ${value}; expected an integer >= 1`);
  }
}

/** The terms with other weights, as the agent takes them. */
function drivenReward(terms: readonly LearnedTerm[], excited: readonly number[], theta: Float64Array): Reward {
  const weights = new Float64Array(terms.length);
  for (const [i, column] of excited.entries()) weights[column] = theta[i]!;
  return {
    format: 'understudy-reward',
    version: REWARD_FILE_VERSION,
    featureSetVersion: FEATURE_SET_VERSION,
    simulatorVersion: SIMULATOR_VERSION,
    name: 'closed-loop',
    learner: { name: 'closed-loop', options: {} },
    features: terms.map(({ name, group, scale, sd, interval }, column) => ({
      name,
      group,
      scale,
      weight: weights[column]!,
      sd,
      interval,
    })),
    sources: [],
    fit: { scenes: 0, candidatesPerScene: 0, nll: 0, gradientNorm: 0, projectionErrorP95: 0 },
  };
}
