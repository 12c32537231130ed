import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import { createLearnedDriver } from '../agent/learnedDriver.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { FEATURE_SET_VERSION, REWARD_FILE_VERSION, type Reward } from '../features/reward.ts';
import { meanChoiceNll } from './choiceNll.ts';
import { type ClosedLoopMeans, closedLoopMeans, personValues, ROLLOUT_WINDOWS } from './closedLoopGaps.ts';
import type { ClosedLoopReport, Learned, LearnedTerm, Learner } from './learner.ts';
import { matchExpectations } from './matchExpectations.ts';
import { learnByMaxent, NORMAL_95 } from './maxentLearner.ts';
import { rolloutStarts } from './rolloutStarts.ts';

/** Starts of rollouts, rounds of rollouts, and largest standardised gap, unless told otherwise. */
export const DEFAULT_ROLLOUTS = 40;
export const DEFAULT_ROUNDS = 12;
export const DEFAULT_TOLERANCE = 0.1;
/** Rounds without progress after which the learner ends. */
const PATIENCE = 4;
/** Ticks between two decisions of the agent that is matched: its default, 5 Hz. */
const REPLAN_TICKS = 2;

/**
 * Features that no weight may make likeable: an agent that gains from jerk or from leaving its lane's centre seeks what
 * a person merely puts up with, and in a way no person would.
 */
const NEVER_LIKED: ReadonlySet<string> = new Set([
  'overLimitSquared',
  'laneOffsetSquared',
  'lateralSpeedSquared',
  'closingRisk',
  'longitudinalAccelerationSquared',
  'lateralAccelerationSquared',
  'longitudinalJerkSquared',
  'lateralJerkSquared',
  'imposedBraking',
]);

/**
 * The learner `closed-loop`: starts at `maxent`, then changes the weights until the receding-horizon agent itself, in
 * rollouts from moments of the recordings, executes the person's feature values on average (feature matching as in
 * Abbeel & Ng 2004, with the agent that will drive in place of a planner; `matchExpectations`). Weights fitted to open
 * 5 s plans do not promise that, because the agent replans and takes the best of its options where the model draws one.
 *
 * Scales and intervals are those of `maxent`, the intervals moved to the new weights.
 */
export const CLOSED_LOOP_LEARNER: Learner = {
  name: 'closed-loop',
  async learn(sources, options, control): Promise<Learned> {
    const { rollouts = DEFAULT_ROLLOUTS, rounds = DEFAULT_ROUNDS, tolerance = DEFAULT_TOLERANCE } = options;
    requireCount('rollouts', rollouts);
    requireCount('rounds', rounds);
    if (!(tolerance > 0)) throw new RangeError(`learning: tolerance is ${tolerance}; expected > 0`);
    const { learned, fit, excited, scale, standard } = await learnByMaxent(sources, options, control);
    const features = UNDERSTUDY_FEATURES;
    const windows = ROLLOUT_WINDOWS;
    const recordings = sources.map((source) => source.recording);
    const starts = rolloutStarts(recordings, { count: rollouts, windows, strideTicks: options.strideTicks ?? 10 });
    const personOf = personValues(starts, windows, features);
    const driver = createLearnedDriver(drivenReward(learned.terms, excited, fit.theta), {
      replanTicks: REPLAN_TICKS,
      candidates: learned.candidatesPerScene,
      seed: options.seed ?? 0,
    });
    const total = rounds * starts.length;
    let done = 0;
    const means = new Map<Float64Array, ClosedLoopMeans>();
    const matching = await matchExpectations({
      start: fit.theta,
      sensitivity: fit.hessian,
      highest: Float64Array.from(excited, (column) =>
        NEVER_LIKED.has(features.specs[column]!.name) ? 0 : Number.POSITIVE_INFINITY,
      ),
      tolerance,
      evaluations: rounds,
      patience: PATIENCE,
      async gaps(theta) {
        driver.setReward(drivenReward(learned.terms, excited, theta));
        const seen = await closedLoopMeans(starts, windows, driver, features, personOf, control, () => {
          control.onProgress?.({ stage: 'fit', done: ++done, total });
        });
        const gaps = Float64Array.from(
          excited,
          (column) => (seen.agent[column]! - seen.person[column]!) / scale[column]!,
        );
        means.set(gaps, seen);
        return gaps;
      },
    });
    const { theta, gaps } = matching;
    const { person, agent, collisions, offRoad } = means.get(gaps)!;
    const terms = learned.terms.map((term, column): LearnedTerm => {
      const i = excited.indexOf(column);
      const personMean = person[column]!;
      const modelMean = agent[column]!;
      if (i < 0) return { ...term, personMean, modelMean };
      const weight = theta[i]!;
      const reach = NORMAL_95 * term.sd;
      return { ...term, weight, interval: [weight - reach, weight + reach], personMean, modelMean };
    });
    const report: ClosedLoopReport = {
      starts: starts.length,
      rounds: matching.evaluations,
      tolerance,
      ended: matching.ended,
      gaps: excited.map((column, i) => ({
        name: features.specs[column]!.name,
        atStart: matching.gapsAtStart[i]!,
        gap: gaps[i]!,
      })),
      unmatched: excited.flatMap((column, i) => (Math.abs(gaps[i]!) > tolerance ? [features.specs[column]!.name] : [])),
      collisions,
      offRoad,
    };
    return {
      ...learned,
      terms,
      options: {
        ...learned.options,
        rollouts,
        rounds,
        tolerance,
        rolloutWindows: windows,
        replanTicks: REPLAN_TICKS,
        ended: matching.ended,
        ...(report.unmatched.length > 0 ? { unmatched: report.unmatched.join(' ') } : {}),
      },
      nll: meanChoiceNll(standard, theta),
      gradientNorm: Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0)),
      iterations: matching.evaluations,
      closedLoop: report,
    };
  },
};

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
