import { driverOf } from '../../recordings/driverOf.ts';
import { SIMULATOR_VERSION } from '../../sim/core/time.ts';
import { UNDERSTUDY_FEATURES } from '../features/featureSet.ts';
import { FEATURE_SET_VERSION, type RewardSource } from '../features/reward.ts';
import { scaledChoices, selectedColumns, selectedScenes } from './choiceData.ts';
import { meanChoiceNll } from './choiceNll.ts';
import { fitPopulation } from './fitPopulation.ts';
import { gatherScenes } from './gatherScenes.ts';
import type { LearnerOptions } from './learner.ts';
import { type LearningControl, throwIfAborted } from './learningProgress.ts';
import type { LearningSource } from './learningSource.ts';
import { DEFAULT_PRIOR_SD } from './maxentLearner.ts';
import { choicesOf } from './sceneOptions.ts';
import { standardise } from './standardisation.ts';

/** Version of the population file's layout. */
export const POPULATION_FILE_VERSION = 1;

/**
 * How drivers differ: what is believed of the weights of one that has not been seen. The content of a population file.
 */
export interface Population {
  readonly format: 'understudy-population';
  readonly version: number;
  readonly featureSetVersion: number;
  readonly simulatorVersion: number;
  readonly name: string;
  readonly options: Readonly<Record<string, number | string | boolean>>;
  /** Features that some of the drives excite; weights refer to values divided by `scale`. */
  readonly features: readonly {
    readonly name: string;
    readonly scale: number;
    /** Expected weight of a driver that has not been seen, and its deviation: spread and uncertainty of the mean. */
    readonly mean: number;
    readonly sd: number;
    /** Deviation of the weight over drivers. */
    readonly spread: number;
  }[];
  /** Covariance of the weights of a driver that has not been seen, symmetric. Shape: [features][features]. */
  readonly covariance: readonly (readonly number[])[];
  readonly sources: readonly RewardSource[];
  readonly fit: {
    readonly drivers: number;
    readonly scenes: number;
    readonly rounds: number;
    /** Whether mean and deviations had come to rest. */
    readonly settled: boolean;
    /** Mean of `choiceNll` with each driver's own weights [nat]. */
    readonly nll: number;
  };
}

/**
 * Learns how drivers differ from recordings of many (`fitPopulation`). A driver is a label and a name.
 * @throws RangeError with fewer than two drivers with usable windows; the signal's reason when aborted
 */
export async function learnPopulation(
  sources: readonly LearningSource[],
  options: Pick<LearnerOptions, 'candidates' | 'seed' | 'strideTicks' | 'priorSd'> & { readonly name?: string } = {},
  control: LearningControl = {},
): Promise<Population> {
  const { seed = 0, strideTicks = 10, priorSd = DEFAULT_PRIOR_SD, name = 'population' } = options;
  const recordings = sources.map(({ recording }) => recording);
  const asked = options.candidates === undefined ? {} : { candidates: options.candidates };
  const gathered = await gatherScenes(recordings, { ...asked, seed, strideTicks }, control);
  const { scenes, candidates, scenesOf, sceneWeight } = gathered;
  const data = choicesOf(scenes, UNDERSTUDY_FEATURES.specs.length);
  const { scale, excited } = standardise(data);
  const standard = scaledChoices(
    selectedColumns(data, excited),
    Float64Array.from(excited, (column) => scale[column]!),
  );
  const scenesOfDriver = new Map<string, number[]>();
  let scene = 0;
  for (const [i, { metadata }] of recordings.entries()) {
    const driver = driverOf(metadata);
    for (let n = 0; n < scenesOf[i]!; n++) {
      scenesOfDriver.set(driver, [...(scenesOfDriver.get(driver) ?? []), scene++]);
    }
  }
  const drivers = [...scenesOfDriver.values()].map((scenes) => selectedScenes(standard, scenes));
  const fit = fitPopulation(drivers, {
    priorSd,
    sceneWeight,
    onRound(round) {
      throwIfAborted(control);
      control.onProgress?.({ stage: 'fit', done: round, total: 0 });
    },
  });
  const n = excited.length;
  const row = (i: number) => Array.from(fit.covariance.subarray(i * n, (i + 1) * n));
  const nlls = drivers.map((driver, u) => driver.scenes * meanChoiceNll(driver, fit.drivers[u]!));
  return {
    format: 'understudy-population',
    version: POPULATION_FILE_VERSION,
    featureSetVersion: FEATURE_SET_VERSION,
    simulatorVersion: SIMULATOR_VERSION,
    name,
    options: { candidates, seed, strideTicks, priorSd },
    features: excited.map((column, i) => ({
      name: UNDERSTUDY_FEATURES.specs[column]!.name,
      scale: scale[column]!,
      mean: fit.mean[i]!,
      sd: Math.sqrt(fit.covariance[i * n + i]!),
      spread: Math.sqrt(fit.spread[i * n + i]!),
    })),
    covariance: excited.map((_, i) => row(i)),
    sources: sources.map(({ recording: { metadata }, hash }, i) => ({
      hash,
      driver: metadata.driverName,
      label: metadata.driverLabel,
      scenarioId: metadata.scenarioId,
      scenes: scenesOf[i]!,
    })),
    fit: {
      drivers: drivers.length,
      scenes: data.scenes,
      rounds: fit.rounds,
      settled: fit.settled,
      nll: nlls.reduce((sum, value) => sum + value, 0) / data.scenes,
    },
  };
}
