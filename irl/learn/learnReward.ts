import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import { FEATURE_SET_VERSION, REWARD_FILE_VERSION, type Reward } from '../features/reward.ts';
import { CLOSED_LOOP_LEARNER } from './closedLoopLearner.ts';
import { HUANG_LEARNER } from './huang2021Learner.ts';
import type { Identifiability } from './identifiability.ts';
import type { ClosedLoopReport, LearnedTerm, Learner, LearnerOptions, MixedAgent } from './learner.ts';
import type { LearningControl } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import { MAXENT_LEARNER } from './maxentLearner.ts';
import { PROJECTION_LEARNER } from './projectionLearner.ts';
import { quantile } from './quantile.ts';

/** Learners by name. */
export const LEARNERS: readonly Learner[] = [CLOSED_LOOP_LEARNER, MAXENT_LEARNER, PROJECTION_LEARNER, HUANG_LEARNER];
export type LearningMethod = 'closed-loop' | 'maxent' | 'projection' | 'huang2021';
/**
 * The learner that is used unless told otherwise: convex, exact and done in seconds. `closed-loop` takes minutes of
 * rollouts and leaves gaps that it names, so it is asked for.
 */
export const DEFAULT_METHOD: LearningMethod = 'maxent';

/** Options of `learnReward`. */
export interface LearnOptions extends LearnerOptions, LearningControl {
  readonly method?: LearningMethod;
  /** Name of the reward. */
  readonly name?: string;
}

/** What the command prints and the page shows beside the weights. */
export interface LearningSummary {
  readonly scenes: number;
  readonly candidatesPerScene: number;
  readonly features: readonly { readonly name: string; readonly weight: number; readonly sd: number }[];
  readonly nll: number;
  readonly gradientNorm: number;
  readonly projectionErrorP95: number;
  readonly iterations: number;
  /** Windows left out and candidates refused, by reason. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of learners that match what an agent executes. */
  readonly closedLoop?: ClosedLoopReport;
  /** Of `projection`: the agents whose mixture matches best; the reward is that of one of them. */
  readonly mixture?: readonly MixedAgent[];
  /** What the recordings can and cannot tell; of learners with the features of this project. */
  readonly identifiability?: Identifiability;
}

/** Result of `learnReward`. */
export interface LearningResult {
  readonly reward: Reward;
  readonly summary: LearningSummary;
  /** The reward's terms with feature means of person and model, for the chart. */
  readonly terms: readonly LearnedTerm[];
}

/**
 * Learns a reward from recordings. Same recordings, options and seed give the same reward.
 * @throws RangeError when there is nothing to learn from or an option is out of range; the signal's reason when aborted
 */
export async function learnReward(
  sources: readonly LearningSource[],
  options: LearnOptions = {},
): Promise<LearningResult> {
  const { method = DEFAULT_METHOD, name = method } = options;
  const learner = LEARNERS.find((candidate) => candidate.name === method);
  if (learner === undefined) {
    throw new RangeError(
      `learning: method "${method}" is unknown; expected ${LEARNERS.map((one) => one.name).join(' or ')}`,
    );
  }
  const learned = await learner.learn(sources, options, options);
  const scenes = learned.scenesOf.reduce((sum, count) => sum + count, 0);
  const projectionErrorP95 = quantile(learned.projectionErrors, 0.95);
  const { candidatesPerScene, nll, gradientNorm, iterations, counts } = learned;
  const reward: Reward = {
    format: 'understudy-reward',
    version: REWARD_FILE_VERSION,
    featureSetVersion: FEATURE_SET_VERSION,
    simulatorVersion: SIMULATOR_VERSION,
    name,
    learner: { name: learner.name, options: learned.options },
    features: learned.terms.map(({ name, group, scale, weight, sd, interval }) => ({
      name,
      group,
      scale,
      weight,
      sd,
      interval,
    })),
    sources: sources.map(({ recording, hash }, i) => ({
      hash,
      driver: recording.metadata.driverName,
      label: recording.metadata.driverLabel,
      scenarioId: recording.metadata.scenarioId,
      scenes: learned.scenesOf[i]!,
    })),
    fit: { scenes, candidatesPerScene, nll, gradientNorm, projectionErrorP95 },
  };
  return {
    reward,
    summary: {
      scenes,
      candidatesPerScene,
      features: learned.terms.map(({ name, weight, sd }) => ({ name, weight, sd })),
      nll,
      gradientNorm,
      projectionErrorP95,
      iterations,
      counts,
      ...(learned.closedLoop === undefined ? {} : { closedLoop: learned.closedLoop }),
      ...(learned.mixture === undefined ? {} : { mixture: learned.mixture }),
      ...(learned.identifiability === undefined ? {} : { identifiability: learned.identifiability }),
    },
    terms: learned.terms,
  };
}
