import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import { createLearnedDriver } from '../agent/learnedDriver.ts';
import { DEFAULT_CANDIDATES } from '../candidates/candidateGenerator.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { FEATURE_SET_VERSION, REWARD_FILE_VERSION, type Reward } from '../features/reward.ts';
import { type ClosedLoopGap, errorOfMeanDifference, isWithinNoise, reasonOfGap } from './closedLoopGap.ts';
import { type ClosedLoopMeans, closedLoopMeans, personValues, ROLLOUT_WINDOWS } from './closedLoopGaps.ts';
import type { ClosedLoopReport, LearnedTerm, LearnerOptions } from './learner.ts';
import type { LearningControl } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import type { MaxentLearning } from './maxentLearner.ts';
import { rolloutBudget } from './rolloutBudget.ts';
import { rolloutStarts } from './rolloutStarts.ts';

/** Rounds of rollouts (drafts included) and largest standardised gap, unless told otherwise. */
export const DEFAULT_ROUNDS = 16;
export const DEFAULT_TOLERANCE = 0.1;
/** Candidates of the agent in the draft rounds: coarser, and as much cheaper. */
const DRAFT_CANDIDATES = 100;
/** Ticks between two decisions of the agent that is matched: its default, 5 Hz. */
const REPLAN_TICKS = 2;

/** An agent that drives on from moments of the recordings under any weights, beside what the persons did there. */
export interface AgentMatching {
  readonly rounds: number;
  readonly tolerance: number;
  /** Means of the person, standardised, one for each excited feature. */
  readonly person: Float64Array;
  /** Whether a draft is cheaper than the agent itself. */
  readonly hasDraft: boolean;
  /** The agent's, under weights of the excited features: one round of rollouts. A draft chooses among fewer candidates. */
  agent(theta: Float64Array, draft?: boolean): Promise<Float64Array>;
  /** Whether chance explains all gaps of a round (`isWithinNoise`). */
  withinNoise(agent: Float64Array): boolean;
  /** What the agent did under weights that were tried. */
  meansOf(agent: Float64Array): ClosedLoopMeans;
  /**
   * How the gaps of one round compare with those of the first.
   * @param atLimit whether the weight of an excited feature stands at its limit
   */
  report(
    first: Float64Array,
    last: Float64Array,
    ended: ClosedLoopReport['ended'],
    atLimit?: (feature: number) => boolean,
  ): ClosedLoopReport;
  /** Options that reproduce it, for the reward file. */
  readonly options: Readonly<Record<string, number>>;
}

/**
 * Prepares rollouts for learners that match what the agent executes.
 * @throws RangeError when an option is out of range or no recording is long enough
 */
export function createAgentMatching(
  sources: readonly LearningSource[],
  { learned, excited, scale }: MaxentLearning,
  options: LearnerOptions,
  control: LearningControl,
): AgentMatching {
  const strideTicks = options.strideTicks ?? 10;
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
  const personMeans = Float64Array.from(excited, (column) => {
    let sum = 0;
    for (const row of starts.keys()) sum += personOf[row * features.specs.length + column]!;
    return sum / starts.length / scale[column]!;
  });
  const start = drivenReward(learned.terms, excited, new Float64Array(excited.length));
  const { candidates = DEFAULT_CANDIDATES } = options;
  const driverWith = (count: number) =>
    createLearnedDriver(start, { replanTicks: REPLAN_TICKS, candidates: count, seed: options.seed ?? 0 });
  const driver = driverWith(candidates);
  const draftDriver = driverWith(Math.min(DRAFT_CANDIDATES, candidates));
  const total = rounds * starts.length;
  const rounded = new Map<Float64Array, ClosedLoopMeans>();
  let done = 0;
  const errorOf = (agent: Float64Array, column: number) =>
    errorOfMeanDifference(rounded.get(agent)!.agentOf, personOf, starts.length, column) / scale[column]!;
  return {
    rounds,
    tolerance,
    person: personMeans,
    hasDraft: learned.candidatesPerScene > DRAFT_CANDIDATES,
    async agent(theta, draft = false) {
      const agent = draft ? draftDriver : driver;
      agent.setReward(drivenReward(learned.terms, excited, theta));
      const seen = await closedLoopMeans(starts, windows, agent, features, personOf, control, () => {
        control.onProgress?.({ stage: 'fit', done: ++done, total });
      });
      const means = Float64Array.from(excited, (column) => seen.agent[column]! / scale[column]!);
      rounded.set(means, seen);
      const sizes = means.map((value, i) => Math.abs(value - personMeans[i]!));
      const largest = sizes.indexOf(Math.max(...sizes));
      control.onRound?.({
        round: rounded.size,
        rounds,
        draft,
        largestGap: sizes[largest] ?? 0,
        feature: features.specs[excited[largest]!]?.name ?? '',
        tolerance,
      });
      return means;
    },
    withinNoise: (agent) =>
      isWithinNoise(
        excited.map((column, i) => ({
          gap: agent[i]! - personMeans[i]!,
          standardError: errorOf(agent, column),
        })),
        tolerance,
      ),
    meansOf: (agent) => rounded.get(agent)!,
    report(first, last, ended, atLimit = () => false) {
      const { collisions, offRoad } = rounded.get(last)!;
      const gaps = excited.map((column, i): ClosedLoopGap => {
        const atStart = first[i]! - personMeans[i]!;
        const gap = last[i]! - personMeans[i]!;
        const standardError = errorOf(last, column);
        const why = reasonOfGap({ atStart, gap, standardError }, tolerance, atLimit(i));
        return { name: features.specs[column]!.name, atStart, gap, standardError, why };
      });
      const unmatched = gaps.filter((one) => one.why !== '');
      const noise = unmatched.length > 0 && unmatched.every((one) => one.why === 'noise');
      return {
        starts: starts.length,
        rounds: rounded.size,
        tolerance,
        ended: noise ? 'within-noise' : ended,
        gaps,
        unmatched: unmatched.map((one) => one.name),
        collisions,
        offRoad,
      };
    },
    options: { rollouts, rounds, tolerance, rolloutWindows: windows, replanTicks: REPLAN_TICKS },
  };
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
