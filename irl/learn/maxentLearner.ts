import { LOCAL_SHARE } from '../candidates/candidateGenerator.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from './choiceData.ts';
import { meanChoiceNll } from './choiceNll.ts';
import { gatherChoices } from './gatherChoices.ts';
import { identifiability } from './identifiability.ts';
import type { Learned, LearnedTerm, Learner, LearnerOptions } from './learner.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import { fitMaxent, type MaxentFit } from './maxent.ts';
import { SCALE_FLOOR, standardise } from './standardisation.ts';
import { weightPrior } from './weightPrior.ts';

/** Standard deviation of the prior on standardised weights unless told otherwise. */
export const DEFAULT_PRIOR_SD = 10;
/** Half width of a 95 % interval in standard deviations. */
export const NORMAL_95 = 1.959963984540054;

/** The learner `maxent`: `gatherChoices`, pooled standardisation, `fitMaxent`. */
export const MAXENT_LEARNER: Learner = {
  name: 'maxent',
  learn: async (sources, options, control) => (await learnByMaxent(sources, options, control)).learned,
};

/** What `maxent` found, with what other learners go on from. */
export interface MaxentLearning {
  readonly learned: Learned;
  readonly fit: MaxentFit;
  /** Columns of the feature set that the columns of `fit` stand for. */
  readonly excited: readonly number[];
  /** Scale of every feature of the set, 1 for unexcited ones. Shape: [columns]. */
  readonly scale: Float64Array;
  /** Standardised choices of the excited features. */
  readonly standard: ChoiceData;
  /** Share of its information that a scene adds. */
  readonly sceneWeight: number;
}

/** @throws RangeError when there is nothing to learn from; the signal's reason when aborted */
export async function learnByMaxent(
  sources: readonly LearningSource[],
  options: LearnerOptions,
  control: LearningControl,
): Promise<MaxentLearning> {
  const { priorSd = DEFAULT_PRIOR_SD, seed = 0, strideTicks = 10, candidates = 300, others = 'predicted' } = options;
  const recordings = sources.map((source) => source.recording);
  const gathered = await gatherChoices(recordings, { candidates, seed, strideTicks, others }, control);
  const { data, skipped, refused } = gathered;
  if (data.scenes === 0) {
    throw new RangeError(
      `learning: no window of ${recordings.length} recordings can be used (too short ${skipped.tooShort}, standing ${skipped.standing}, after a collision ${skipped.afterCollision}, off the road ${skipped.offRoad}); expected at least one drive of ${HORIZON_TICKS / 10} s`,
    );
  }
  const prior = weightPrior(data, priorSd, options.population, options.preferences);
  const { scale, excited } = prior.standardisation;
  const standard = scaledChoices(
    selectedColumns(data, excited),
    Float64Array.from(excited, (i) => scale[i]!),
  );
  let iterations = 0;
  const fit = fitMaxent(standard, {
    ...prior.fit,
    sceneWeight: gathered.sceneWeight,
    onIteration(done) {
      iterations = done;
      throwIfAborted(control);
      control.onProgress?.({ stage: 'fit', done, total: 0 });
    },
  });
  const terms = UNDERSTUDY_FEATURES.specs.map(({ name, group }, column): LearnedTerm => {
    const i = excited.indexOf(column);
    if (i < 0) {
      const constant = meanOfPersons(data.values, data.start, data.scenes, data.columns, column);
      return {
        name,
        group,
        scale: 1,
        weight: 0,
        sd: priorSd,
        interval: [-NORMAL_95 * priorSd, NORMAL_95 * priorSd],
        personMean: constant,
        modelMean: constant,
        fixedBecause: `unexcited: varies by less than ${SCALE_FLOOR} within every scene${options.population ? ' of the population' : ''}`,
      };
    }
    const weight = fit.theta[i]!;
    const sd = fit.sd[i]!;
    return {
      name,
      group,
      scale: scale[column]!,
      weight,
      sd,
      interval: [weight - NORMAL_95 * sd, weight + NORMAL_95 * sd],
      personMean: fit.demonstrated[i]! * scale[column]!,
      modelMean: fit.expected[i]! * scale[column]!,
      fixedBecause: '',
    };
  });
  const unexcited = terms.filter((term) => term.fixedBecause !== '').map((term) => term.name);
  const learned: Learned = {
    featureSet: UNDERSTUDY_FEATURES,
    terms,
    options: {
      candidates,
      seed,
      strideTicks,
      ...prior.options,
      others,
      measure: 'uniform',
      localShare: LOCAL_SHARE,
      ...(unexcited.length > 0 ? { unexcited: unexcited.join(' ') } : {}),
    },
    scenesOf: gathered.scenesOf,
    candidatesPerScene: candidates,
    nll: meanChoiceNll(standard, fit.theta),
    gradientNorm: fit.gradientNorm,
    iterations,
    projectionErrors: gathered.projectionErrors,
    counts: {
      ...skipped,
      refusedByTyres: refused[1]!,
      refusedOffRoad: refused[2]!,
      refusedByCollision: refused[3]!,
      withoutAlternative: gathered.withoutAlternative,
    },
    identifiability: identifiability(
      data,
      standardise(data),
      terms.map((term, column) => term.sd / prior.sd[column]!),
      1,
    ),
  };
  return { learned, fit, excited, scale, standard, sceneWeight: gathered.sceneWeight };
}

function meanOfPersons(
  values: Float64Array,
  start: Int32Array,
  scenes: number,
  columns: number,
  column: number,
): number {
  let sum = 0;
  for (let scene = 0; scene < scenes; scene++) sum += values[start[scene]! * columns + column]!;
  return sum / scenes;
}
