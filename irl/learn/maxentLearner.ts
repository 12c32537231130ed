import { LOCAL_SHARE } from '../candidates/candidateGenerator.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { scaledChoices, selectedColumns } from './choiceData.ts';
import { meanChoiceNll } from './choiceNll.ts';
import { gatherChoices } from './gatherChoices.ts';
import type { Learned, LearnedTerm, Learner } from './learner.ts';
import { throwIfAborted } from './learningProgress.ts';
import { fitMaxent } from './maxent.ts';
import { SCALE_FLOOR, standardise } from './standardisation.ts';

/** Standard deviation of the prior on standardised weights unless told otherwise. */
export const DEFAULT_PRIOR_SD = 10;
const NORMAL_95 = 1.959963984540054;

/** The learner `maxent`: `gatherChoices`, pooled standardisation, `fitMaxent`. */
export const MAXENT_LEARNER: Learner = {
  name: 'maxent',
  async learn(sources, options, control): Promise<Learned> {
    const { priorSd = DEFAULT_PRIOR_SD, seed = 0, strideTicks = 10, candidates = 300, others = 'predicted' } = options;
    const recordings = sources.map((source) => source.recording);
    const gathered = await gatherChoices(recordings, { candidates, seed, strideTicks, others }, control);
    const { data, skipped, refused } = gathered;
    if (data.scenes === 0) {
      throw new RangeError(
        `learning: no window of ${recordings.length} recordings can be used (too short ${skipped.tooShort}, standing ${skipped.standing}, after a collision ${skipped.afterCollision}, off the road ${skipped.offRoad}); expected at least one drive of ${HORIZON_TICKS / 10} s`,
      );
    }
    const { scale, excited } = standardise(data);
    const standard = scaledChoices(
      selectedColumns(data, excited),
      Float64Array.from(excited, (i) => scale[i]!),
    );
    let iterations = 0;
    const fit = fitMaxent(standard, {
      priorSd,
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
          fixedBecause: `unexcited: varies by less than ${SCALE_FLOOR} within every scene`,
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
    return {
      featureSet: UNDERSTUDY_FEATURES,
      terms,
      options: {
        candidates,
        seed,
        strideTicks,
        priorSd,
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
    };
  },
};

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
