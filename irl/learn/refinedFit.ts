import type { FeatureGroup } from '../features/reward.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from './choiceData.ts';
import { type EvidenceFit, fitByEvidence } from './empiricalBayes.ts';
import type { DeviationPrior } from './evidence.ts';
import { type KeptScenes, keepScenes } from './keptScenes.ts';
import { fitMaxent } from './maxent.ts';
import { type OptionBudget, optionBudget } from './optionBudget.ts';
import type { SceneOptions } from './sceneOptions.ts';
import { type Standardisation, standardise } from './standardisation.ts';
import type { WeightPrior } from './weightPrior.ts';

/** Rounds of refinement. */
export const REFINEMENTS = 2;

/**
 * Prior of the deviation of a group's weights, each feature in units of its spread within scenes: two groups of three
 * between 1 and 8. Chosen before recovery was measured; weights learned on US-101 are of this size.
 */
export const DEVIATION_PRIOR: DeviationPrior = { median: 3, logSpread: 1 };

/** Options of `refinedFit`. */
export interface RefinedFitOptions {
  /**
   * What is known of the weights beforehand, and in which units, given the raw choices: deviations chosen by the data,
   * group by group, and units of the spread within scenes unless told otherwise.
   */
  readonly prior?: (raw: ChoiceData) => Pick<WeightPrior, 'standardisation' | 'fit'>;
  readonly sceneWeight: number;
  readonly seed: number;
  /** Whether options are drawn that follow the model; true unless given. */
  readonly refine?: boolean;
  /** How many such options; by the number of scenes unless given. */
  readonly budget?: OptionBudget;
  /** Columns that may be learned; all excited ones unless given. */
  readonly columns?: readonly number[];
  /** Called after each iteration of each fit; throwing ends it. */
  readonly onIteration?: (iteration: number) => void;
}

/** What `refinedFit` found. */
export interface RefinedFit {
  readonly fit: EvidenceFit;
  /** Of the first options, those of driving, unless told otherwise. */
  readonly standardisation: Standardisation;
  /** Groups of the features, in the order of `fit.groupSd`. */
  readonly groups: readonly FeatureGroup[];
  /** Columns of the raw features that were learned. */
  readonly learned: readonly number[];
  /** Standardised choices of the learned columns: with the first options, and with all. */
  readonly first: ChoiceData;
  readonly standard: ChoiceData;
  /** Raw choices with the first options. */
  readonly raw: ChoiceData;
}

/**
 * Maximum-entropy learning from scenes with first options: the weights are fitted, options are drawn that follow the
 * model with these weights where too few do (`followModel`), the weights are fitted again, and so twice (iterated
 * importance sampling of the partition function; Finn et al. 2016). Features are standardised by the first options,
 * which no weights have touched.
 * @throws RangeError without scenes
 */
export async function refinedFit(
  scenes: readonly SceneOptions[] | KeptScenes,
  options: RefinedFitOptions,
): Promise<RefinedFit> {
  const kept = 'follow' in scenes ? scenes : keepScenes(scenes);
  const { sceneWeight, seed, refine = true, budget = optionBudget(kept.count), onIteration } = options;
  const { specs } = kept.features;
  const raw = await kept.choices();
  const prior = options.prior?.(raw);
  const standardisation = prior?.standardisation ?? standardise(raw);
  const { priorSd, terms = [] } = prior?.fit ?? {};
  const learned = standardisation.excited.filter((column) => options.columns?.includes(column) ?? true);
  const scale = Float64Array.from(learned, (column) => standardisation.scale[column]!);
  const standardOf = (data: ChoiceData) => scaledChoices(selectedColumns(data, learned), scale);
  const groups: readonly FeatureGroup[] = [...new Set(specs.map((spec) => spec.group))];
  const group = learned.map((column) => groups.indexOf(specs[column]!.group));
  const sign = learned.map((column) => specs[column]!.expectedSign);
  let iterations = 0;
  const count = () => onIteration?.(++iterations);
  const fitTo = (data: ChoiceData, start: EvidenceFit | undefined, rough: boolean): EvidenceFit => {
    if (priorSd === undefined) {
      return fitByEvidence(data, {
        group,
        groups: groups.length,
        sign,
        prior: DEVIATION_PRIOR,
        sceneWeight,
        terms,
        rough,
        onIteration: count,
        ...(start === undefined ? {} : { start }),
      });
    }
    const fit = fitMaxent(data, { priorSd, sceneWeight, terms, onIteration: count });
    return {
      ...fit,
      precision: fit.hessian.map((value) => value * data.scenes * sceneWeight),
      sdOfKnownPrior: fit.sd,
      groupSd: new Float64Array(groups.length).fill(priorSd),
      sign: new Int8Array(learned.length),
    };
  };
  const first = standardOf(raw);
  let standard = first;
  let fit = fitTo(first, undefined, refine);
  const { enough, draws, timesAtMost } = budget;
  for (let round = 0; round < REFINEMENTS && refine; round++) {
    const weight = new Float64Array(specs.length);
    for (const [i, column] of learned.entries()) weight[column] = fit.theta[i]! / scale[i]!;
    await kept.follow(weight, { seed, enough, draws, timesAtMost });
    standard = standardOf(await kept.choices());
    fit = fitTo(standard, fit, round + 1 < REFINEMENTS);
  }
  return { fit, standardisation, groups, learned, first, standard, raw };
}
