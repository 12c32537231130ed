import { createCandidateGenerator } from '../irl/candidates/candidateGenerator.ts';
import type { Projection } from '../irl/candidates/projection.ts';
import { type BoltzmannScene, createBoltzmannScene } from '../irl/evaluate/boltzmannScene.ts';
import { directionScores } from '../irl/evaluate/directionScores.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { createRewardScorer } from '../irl/features/rewardScorer.ts';
import type { Scene } from '../irl/features/scene.ts';
import { type RefinedFit, refinedFit } from '../irl/learn/refinedFit.ts';
import { chosenBy, drawOptions, type SceneOptions } from '../irl/learn/sceneOptions.ts';
import { standardise } from '../irl/learn/standardisation.ts';
import { PLANTED, plantedReward } from './plantedReward.ts';

/** Motions from which a driver's chain starts, steps of the chain, and candidates of learning. */
export const POOL = 800;
export const CHAIN_STEPS = 80;
export const CANDIDATES = 300;

/** Columns of the features with planted weights, and the scales these weights refer to. */
export const PLANTED_COLUMNS: readonly number[] = FEATURES.flatMap(({ name }, column) =>
  PLANTED[name] === undefined ? [] : [column],
);
export const PLANTED_SCALE = Float64Array.from(PLANTED_COLUMNS, (column) => PLANTED[FEATURES[column]!.name]![1]);

/** A scene ready for many drivers: what does not depend on the driver is drawn and evaluated once. */
export interface PlantedScene {
  readonly scene: Scene;
  readonly boltzmann: BoltzmannScene;
  /** The learner's first options; they do not depend on what anybody does. */
  readonly options: SceneOptions;
}

/** Prepares scenes; `seed` is that of the learner's candidates. */
export function preparePlantedScenes(scenes: readonly Scene[], seed: number): PlantedScene[] {
  const generator = createCandidateGenerator({ count: CANDIDATES, seed });
  return scenes.map((scene, number) => ({
    scene,
    boltzmann: createBoltzmannScene(scene, UNDERSTUDY_FEATURES, { pool: POOL, seed: seed * 10_000 + number }),
    options: drawOptions(scene, () => createPrediction(scene), number, generator, UNDERSTUDY_FEATURES),
  }));
}

/** What a driver did in one of the prepared scenes. */
export interface PlantedDemonstration {
  readonly scene: Scene;
  readonly person: Projection;
  readonly options: SceneOptions;
}

/** A Boltzmann driver with planted weights in prepared scenes. */
export function demonstratePlanted(
  scenes: readonly PlantedScene[],
  weights: Readonly<Record<string, number>>,
  seed: number,
): PlantedDemonstration[] {
  const scorer = createRewardScorer(plantedReward(weights));
  return scenes.flatMap(({ scene, boltzmann, options }, i) => {
    const person = boltzmann.draw(scorer, { seed: seed * 1009 + i, steps: CHAIN_STEPS });
    return person === undefined ? [] : [{ scene, person, options: chosenBy(options, person) }];
  });
}

/** Learns with the product's own learner, in the features that have planted weights. */
export function learnPlanted(demonstrations: readonly PlantedDemonstration[], seed: number): Promise<RefinedFit> {
  return refinedFit(
    demonstrations.map(({ options }) => options),
    { sceneWeight: 1, seed, columns: PLANTED_COLUMNS },
  );
}

/** Learned weights of the planted features in units of the planted scales; 0 where nothing was excited. */
export function inPlantedUnits({ fit, learned, standardisation }: RefinedFit): Float64Array {
  return Float64Array.from(PLANTED_COLUMNS, (column, k) => {
    const i = learned.indexOf(column);
    return i < 0 ? 0 : (fit.theta[i]! / standardisation.scale[column]!) * PLANTED_SCALE[k]!;
  });
}

/**
 * Units in which the learner will see the features of prepared scenes: their spread within scenes over the first
 * options. Shape: [PLANTED_COLUMNS].
 */
export function learnerScale(scenes: readonly PlantedScene[]): Float64Array {
  const columns = FEATURES.length;
  const start = new Int32Array(scenes.length + 1);
  for (const [i, { options }] of scenes.entries()) start[i + 1] = start[i]! + options.rows - 1;
  const rows = start[scenes.length]!;
  const values = new Float64Array(rows * columns);
  // Row 0 is for the person, who has not acted yet.
  for (const [i, { options }] of scenes.entries()) {
    values.set(options.values.subarray(columns, options.rows * columns), start[i]! * columns);
  }
  const all = { scenes: scenes.length, columns, start, values, logWeight: new Float64Array(rows) };
  const { scale } = standardise(all);
  return Float64Array.from(PLANTED_COLUMNS, (column) => scale[column]!);
}

/** True weights in the units of a fit. Shape: [learned]. */
function truthOf({ learned, standardisation }: RefinedFit, weights: Readonly<Record<string, number>>): Float64Array {
  return Float64Array.from(learned, (column) => {
    const name = FEATURES[column]!.name;
    return (weights[name]! * standardisation.scale[column]!) / PLANTED[name]![1];
  });
}

const byFeature = (learned: readonly number[], score: (i: number) => number): Record<string, number> =>
  Object.fromEntries(learned.map((column, i) => [FEATURES[column]!.name, score(i)]));

/** `directionScores` of a fit, by feature; features that were not learned are missing. */
export function scoresByFeature(found: RefinedFit, weights: Readonly<Record<string, number>>): Record<string, number> {
  const scores = directionScores(found.fit.theta, found.fit.precision, truthOf(found, weights));
  return byFeature(found.learned, (i) => scores[i]!);
}

/** The same of the weights themselves, temperature included: (θ_i - θ*_i) / sd. */
export function weightScoresByFeature(
  found: RefinedFit,
  weights: Readonly<Record<string, number>>,
): Record<string, number> {
  const truth = truthOf(found, weights);
  return byFeature(found.learned, (i) => (found.fit.theta[i]! - truth[i]!) / found.fit.sd[i]!);
}

/** Length of the learned weights over that of the true ones, in the units of the fit. */
export function lengthRatio(found: RefinedFit, weights: Readonly<Record<string, number>>): number {
  return Math.hypot(...found.fit.theta) / Math.hypot(...truthOf(found, weights));
}
