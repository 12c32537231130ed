import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import {
  FEATURE_SET_VERSION,
  type MixedAgent,
  REWARD_FILE_VERSION,
  type Reward,
  type RewardTerm,
} from '../features/reward.ts';
import { CLOSED_LOOP_LEARNER } from './closedLoopLearner.ts';
import type { EnoughDriving } from './enoughDriving.ts';
import { HUANG_LEARNER } from './huang2021Learner.ts';
import type { Identifiability } from './identifiability.ts';
import type { ClosedLoopReport, Learned, LearnedTerm, Learner, LearnerOptions, MixtureReport } from './learner.ts';
import type { LearningControl } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import { MAXENT_LEARNER } from './maxentLearner.ts';
import { MIXTURE_LEARNER } from './mixtureLearner.ts';
import { type Preferences, preferredDifferences } from './preferences.ts';
import { PROJECTION_LEARNER } from './projectionLearner.ts';
import { quantile } from './quantile.ts';
import { whyOnlyMaxent } from './whyOnlyMaxent.ts';

/** Learners by name. */
export const LEARNERS: readonly Learner[] = [
  CLOSED_LOOP_LEARNER,
  MAXENT_LEARNER,
  MIXTURE_LEARNER,
  PROJECTION_LEARNER,
  HUANG_LEARNER,
];
export type LearningMethod = 'closed-loop' | 'maxent' | 'mixture' | 'projection' | 'huang2021';
/**
 * The learner that is used unless told otherwise: only what it gives was compared with the person while the agent
 * itself drove. `maxent`, at which it starts, takes its place where nothing can be compared (`whyOnlyMaxent`).
 */
export const DEFAULT_METHOD: LearningMethod = 'closed-loop';

/** Options of `learnReward`. */
export interface LearnOptions extends LearnerOptions, Omit<LearningControl, 'onMaxent'> {
  readonly method?: LearningMethod;
  /** Of learners that start at `maxent`: told what that found, which can be used while they go on. */
  readonly onMaxent?: (result: LearningResult) => void;
  /** Name of the reward. */
  readonly name?: string;
}

/** What the command prints and the page shows beside the weights. */
export interface LearningSummary {
  /** The learner that the reward is by. */
  readonly method: LearningMethod;
  /** Where `maxent` was used in place of another learner: which, and why. */
  readonly insteadOf?: { readonly method: LearningMethod; readonly because: string };
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
  /**
   * Of learners that match what an agent executes: the mixture that is nearest to the person. `closed-loop` has one
   * where no single agent matches, `projection` always. The reward is that of the best single agent.
   */
  readonly mixedAgents?: readonly MixedAgent[];
  /** What the recordings can and cannot tell; of learners with the features of this project. */
  readonly identifiability?: Identifiability;
  /** Of learners with a posterior: is this enough driving yet? */
  readonly enoughDriving?: EnoughDriving;
  /** Effective number of options in a scene under the model: median and 5 % quantile. */
  readonly effectiveOptions?: { readonly median: number; readonly p05: number };
  /** Features whose weight, as the driving clearly says, has not the sign that the registry expects. */
  readonly unexpectedSigns?: readonly string[];
  /** Root mean square that the weights of each group were expected to have. */
  readonly priorSd?: Readonly<Record<string, number>>;
  /** Of learners that find several ways to drive. */
  readonly mixture?: MixtureReport;
  /** Of preferences that were learned from: how many, and how many the reward agrees with. */
  readonly preferences?: { readonly count: number; readonly agreed: number };
}

/** Result of `learnReward`. */
export interface LearningResult {
  readonly reward: Reward;
  readonly summary: LearningSummary;
  /** The reward's terms with feature means of person and model, for the chart. */
  readonly terms: readonly LearnedTerm[];
  /** Of `mixture`: every style as a reward of its own, most common first; the first is also `reward`. */
  readonly styles?: readonly { readonly reward: Reward; readonly terms: readonly LearnedTerm[] }[];
}

/**
 * Learns a reward from recordings. Same recordings, options and seed give the same reward, unless it is stopped early.
 * @throws RangeError when there is nothing to learn from or an option is out of range; the signal's reason when aborted
 */
export async function learnReward(
  sources: readonly LearningSource[],
  options: LearnOptions = {},
): Promise<LearningResult> {
  const because = options.method === undefined ? whyOnlyMaxent(sources, options) : undefined;
  const asked = options.method ?? DEFAULT_METHOD;
  const method = because === undefined ? asked : 'maxent';
  const learner = LEARNERS.find((candidate) => candidate.name === method);
  if (learner === undefined) {
    throw new RangeError(
      `learning: method "${method}" is unknown; expected ${LEARNERS.map((one) => one.name).join(' or ')}`,
    );
  }
  for (const key of ['population', 'preferences'] as const) {
    if (options[key] === undefined || method === 'maxent') continue;
    throw new RangeError(`learning: ${key} given with method "${method}"; expected method "maxent"`);
  }
  const { onMaxent, ...control } = options;
  const learned = await learner.learn(sources, options, {
    ...control,
    ...(onMaxent && { onMaxent: (found) => onMaxent(resultOf(sources, options, found, { method: 'maxent' })) }),
  });
  const instead = because ?? learned.endedAtMaxent;
  return resultOf(
    sources,
    options,
    learned,
    instead === undefined ? { method } : { method: 'maxent', insteadOf: { method: asked, because: instead } },
  );
}

function resultOf(
  sources: readonly LearningSource[],
  options: LearnOptions,
  learned: Learned,
  { method, insteadOf }: Pick<LearningSummary, 'method' | 'insteadOf'>,
): LearningResult {
  const { name = method } = options;
  const scenes = learned.scenesOf.reduce((sum, count) => sum + count, 0);
  const projectionErrorP95 = quantile(learned.projectionErrors, 0.95);
  const { candidatesPerScene, nll, gradientNorm, iterations, counts } = learned;
  const reward: Reward = {
    format: 'understudy-reward',
    version: REWARD_FILE_VERSION,
    featureSetVersion: FEATURE_SET_VERSION,
    simulatorVersion: SIMULATOR_VERSION,
    name,
    learner: {
      name: method,
      options: {
        ...learned.options,
        ...(insteadOf === undefined ? {} : { insteadOf: insteadOf.method, because: insteadOf.because }),
      },
    },
    features: rewardTerms(learned.terms),
    ...(learned.mixedAgents === undefined ? {} : { mixture: learned.mixedAgents }),
    sources: [
      ...sources.map(({ recording, hash }, i) => ({
        hash,
        driver: recording.metadata.driverName,
        label: recording.metadata.driverLabel,
        scenarioId: recording.metadata.scenarioId,
        scenes: learned.scenesOf[i]!,
      })),
      // The population's drivers, and those of drives that were compared, had a part in the weights as well.
      ...(options.population?.sources ?? []),
      ...(options.preferences === undefined ? [] : comparedSources(options.preferences, sources)),
    ],
    fit: { scenes, candidatesPerScene, nll, gradientNorm, projectionErrorP95 },
  };
  const styles = learned.styles?.map(({ terms, share, drivers, nll, gradientNorm }, k) => ({
    reward: {
      ...reward,
      name: `${name}, style ${k + 1} of ${learned.styles!.length}`,
      learner: {
        name: method,
        options: {
          ...learned.options,
          style: k + 1,
          styles: learned.styles!.length,
          share,
          styleDrivers: drivers.join('; '),
        },
      },
      features: rewardTerms(terms),
      fit: { ...reward.fit, nll, gradientNorm },
    },
    terms,
  }));
  return {
    reward: styles?.[0]?.reward ?? reward,
    ...(styles === undefined ? {} : { styles }),
    summary: {
      method,
      ...(insteadOf === undefined ? {} : { insteadOf }),
      scenes,
      candidatesPerScene,
      features: learned.terms.map(({ name, weight, sd }) => ({ name, weight, sd })),
      nll,
      gradientNorm,
      projectionErrorP95,
      iterations,
      counts,
      ...(learned.closedLoop === undefined ? {} : { closedLoop: learned.closedLoop }),
      ...(learned.mixedAgents === undefined ? {} : { mixedAgents: learned.mixedAgents }),
      ...(learned.identifiability === undefined ? {} : { identifiability: learned.identifiability }),
      // The bound is about driving by the posterior's centre, which learners that match what the agent does leave.
      ...(learned.enoughDriving === undefined || learned.closedLoop !== undefined
        ? {}
        : { enoughDriving: learned.enoughDriving }),
      ...(learned.effectiveOptions === undefined ? {} : { effectiveOptions: learned.effectiveOptions }),
      ...(learned.unexpectedSigns === undefined ? {} : { unexpectedSigns: learned.unexpectedSigns }),
      ...(learned.priorSd === undefined ? {} : { priorSd: learned.priorSd }),
      ...(learned.mixture === undefined ? {} : { mixture: learned.mixture }),
      ...(options.preferences === undefined ? {} : { preferences: agreement(learned.terms, options.preferences) }),
    },
    terms: learned.terms,
  };
}

function agreement(terms: readonly LearnedTerm[], preferences: Preferences) {
  const differences = preferredDifferences(preferences);
  const margin = (x: Float64Array) => terms.reduce((sum, { weight, scale }, i) => sum + (weight * x[i]!) / scale, 0);
  return { count: differences.length, agreed: differences.filter((x) => margin(x) > 0).length };
}

function rewardTerms(terms: readonly LearnedTerm[]): RewardTerm[] {
  return terms.map(({ name, group, scale, weight, sd, interval }) => ({ name, group, scale, weight, sd, interval }));
}

/** Drives of preferences that are not among the recordings, each once; no scene of theirs was learned from. */
function comparedSources(
  { preferences }: Preferences,
  sources: readonly LearningSource[],
): readonly Reward['sources'][number][] {
  const compared = preferences.flatMap(({ scenarioId, a, b }) =>
    [a, b].map(({ hash, driver, label }) => ({ hash, driver, label, scenarioId, scenes: 0 })),
  );
  return compared.filter(
    ({ hash }, i) =>
      !sources.some((source) => source.hash === hash) && compared.findIndex((one) => one.hash === hash) === i,
  );
}
