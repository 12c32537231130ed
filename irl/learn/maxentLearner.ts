import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import type { FeatureSpec } from '../features/featureSpec.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import type { ChoiceData } from './choiceData.ts';
import { meanChoiceNll } from './choiceNll.ts';
import { effectiveOptions } from './effectiveOptions.ts';
import { enoughDriving } from './enoughDriving.ts';
import { gatherKept } from './gatherKept.ts';
import { identifiability } from './identifiability.ts';
import type { Learned, LearnedTerm, Learner, LearnerOptions } from './learner.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import type { MaxentFit } from './maxent.ts';
import { optionBudget } from './optionBudget.ts';
import { posteriorSamples } from './posteriorSamples.ts';
import { quantile } from './quantile.ts';
import { REFINEMENTS, refinedFit } from './refinedFit.ts';
import { planScenes } from './scenePlan.ts';
import { signedPrior } from './signedPrior.ts';
import { SCALE_FLOOR, standardise } from './standardisation.ts';
import { type WeightPrior, weightPrior } from './weightPrior.ts';

/** Standard deviation that stands for a weight of which nothing is known. */
export const DEFAULT_PRIOR_SD = 10;
/** Draws from the posterior for the bound on the value lost, and scenes in which it is looked at. */
const POSTERIOR_DRAWS = 200;
const BOUND_SCENES = 60;
/** Half width of a 95 % interval in standard deviations. */
export const NORMAL_95 = 1.959963984540054;

/** The learner `maxent`: `gatherScenes`, then `refinedFit`. */
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
  /** Ticks between the starts of two windows. */
  readonly strideTicks: number;
  /** Share of its information that a scene adds. */
  readonly sceneWeight: number;
}

/** @throws RangeError when there is nothing to learn from; the signal's reason when aborted */
export async function learnByMaxent(
  sources: readonly LearningSource[],
  options: LearnerOptions,
  control: LearningControl,
): Promise<MaxentLearning> {
  const { seed = 0, others = 'predicted' } = options;
  const recordings = sources.map((source) => source.recording);
  const plan = planScenes(recordings, {
    ...(options.candidates === undefined ? {} : { candidates: options.candidates }),
    ...(options.strideTicks === undefined ? {} : { strideTicks: options.strideTicks }),
    seed,
    others,
  });
  const { candidates, skipped, strideTicks, sceneWeight } = plan;
  const scenes = plan.picked.length;
  if (scenes === 0) {
    throw new RangeError(
      `learning: no window of ${recordings.length} recordings can be used (too short ${skipped.tooShort}, standing ${skipped.standing}, after a collision ${skipped.afterCollision}, off the road ${skipped.offRoad}); expected at least one drive of ${HORIZON_TICKS / 10} s`,
    );
  }
  const { kept, refused, projectionErrors, withoutAlternative } = await gatherKept(plan, control);
  let known: WeightPrior | undefined;
  const { fit, standardisation, groups, learned, first, standard, raw } = await refinedFit(kept, {
    prior(data) {
      known = weightPrior(data, options.priorSd, options.population, options.preferences);
      return known;
    },
    sceneWeight,
    seed,
    onIteration(done) {
      throwIfAborted(control);
      control.onProgress?.({ stage: 'fit', done, total: 0 });
    },
  });
  const { scale } = standardisation;
  const specs = UNDERSTUDY_FEATURES.specs;
  const groupSd = ({ group }: FeatureSpec) => fit.groupSd[groups.indexOf(group)]!;
  /** Root mean square that the weights of a feature's group were expected to have. */
  const expectedSize = (spec: FeatureSpec) => {
    if (!known!.sd) return groupSd(spec);
    const squares = specs.flatMap(({ group }, column) => (group === spec.group ? [known!.sd![column]! ** 2] : []));
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  };
  /** What was believed of each weight beforehand. */
  const priorOf = specs.map((spec, column) =>
    known!.sd
      ? { mean: 0, sd: known!.sd[column]! }
      : signedPrior(fit.sign[learned.indexOf(column)] ?? spec.expectedSign, groupSd(spec)),
  );
  const terms = specs.map(({ name, group }, column): LearnedTerm => {
    const i = learned.indexOf(column);
    if (i < 0) {
      const constant = meanOfPersons(raw, column);
      const { mean, sd } = priorOf[column]!;
      return {
        name,
        group,
        scale: 1,
        weight: 0,
        sd,
        interval: [mean - NORMAL_95 * sd, mean + NORMAL_95 * sd],
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
  const unexpectedSigns = learned
    .filter((column, i) => known!.sd === undefined && specs[column]!.expectedSign !== fit.sign[i])
    .map((column) => specs[column]!.name);
  const effective = effectiveOptions(standard, fit.theta);
  const found: Learned = {
    featureSet: UNDERSTUDY_FEATURES,
    terms,
    options: {
      candidates,
      seed,
      strideTicks,
      ...known!.options,
      refinements: REFINEMENTS,
      enoughOptions: optionBudget(scenes).enough,
      others,
      measure: 'uniform',
      ...(unexcited.length > 0 ? { unexcited: unexcited.join(' ') } : {}),
      ...(unexpectedSigns.length > 0 ? { unexpectedSigns: unexpectedSigns.join(' ') } : {}),
    },
    scenesOf: plan.scenesOf,
    candidatesPerScene: candidates,
    nll: meanChoiceNll(first, fit.theta),
    gradientNorm: fit.gradientNorm,
    iterations: fit.iterations,
    projectionErrors,
    counts: {
      ...skipped,
      refusedByTyres: refused[1]!,
      refusedOffRoad: refused[2]!,
      refusedByCollision: refused[3]!,
      withoutAlternative,
    },
    effectiveOptions: { median: quantile(effective, 0.5), p05: quantile(effective, 0.05) },
    unexpectedSigns,
    priorSd: Object.fromEntries(specs.map((spec) => [spec.group, expectedSize(spec)])),
    enoughDriving: enoughDriving(
      someScenes(first, BOUND_SCENES),
      fit.theta,
      posteriorSamples(fit.theta, fit.precision, { count: POSTERIOR_DRAWS, seed }),
    ),
    identifiability: identifiability(
      raw,
      standardise(raw),
      priorOf.map((prior, column) => fit.sdOfKnownPrior[learned.indexOf(column)] ?? prior.sd),
      priorOf.map((prior) => prior.sd),
    ),
  };
  return { learned: found, fit, excited: learned, scale, standard: first, strideTicks, sceneWeight };
}

/** At most `count` of the scenes, evenly chosen. */
function someScenes(data: ChoiceData, count: number): ChoiceData {
  const { scenes, columns, start } = data;
  if (scenes <= count) return data;
  const kept = Array.from({ length: count }, (_, i) => Math.floor((i * scenes) / count));
  const rows = kept.map((scene) => data.values.subarray(start[scene]! * columns, start[scene + 1]! * columns));
  const from = new Int32Array(count + 1);
  for (const [i, values] of rows.entries()) from[i + 1] = from[i]! + values.length / columns;
  const values = new Float64Array(from[count]! * columns);
  for (const [i, each] of rows.entries()) values.set(each, from[i]! * columns);
  return { scenes: count, columns, start: from, values, logWeight: new Float64Array(from[count]!) };
}

function meanOfPersons({ values, start, scenes, columns }: ChoiceData, column: number): number {
  let sum = 0;
  for (let scene = 0; scene < scenes; scene++) sum += values[start[scene]! * columns + column]!;
  return sum / scenes;
}
