// Which scenes tell a driver's weights? Fisher information of each kind of situation under planted weights, and how far
// from the truth the direction learned from 200 scenes of several mixes is to be expected, without a prior: npx tsx
// bench/sceneDesign.ts [--json], or without --json into bench/results/sceneDesign.json. No seed and, but for the usual
// weights, no weight vector of the recovery study is used.
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { scaledChoices, selectedColumns } from '../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../irl/learn/choiceLikelihood.ts';
import { cholesky, inverseMatrix } from '../irl/learn/cholesky.ts';
import { followModel } from '../irl/learn/followModel.ts';
import { choicesOf } from '../irl/learn/sceneOptions.ts';
import { symmetricEigen } from '../irl/learn/symmetricEigen.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import { demonstratePlanted, PLANTED_COLUMNS, PLANTED_SCALE, preparePlantedScenes } from './plantedDrivers.ts';
import { PLANTED, variedWeights } from './plantedReward.ts';
import { PLANTED_MIX, SITUATIONS, type Situation } from './plantedScenes.ts';
import { publishResult } from './publishResult.ts';

/** Scenes of each situation, and varied weight vectors beside the usual one. */
const SCENES = 40;
const VARIED = 10;
const FIRST_VARIED = 101;
const SEED = 900;
/** Scenes learned from. */
const LEARNED = 200;

type Weights = Readonly<Record<string, number>>;
type Mix = Readonly<Partial<Record<Situation, number>>>;

const names = PLANTED_COLUMNS.map((column) => FEATURES[column]!.name);
const n = names.length;
const usual = Object.fromEntries(Object.entries(PLANTED).map(([name, [weight]]) => [name, weight]));
const drivers: readonly Weights[] = [
  usual,
  ...Array.from({ length: VARIED }, (_, i) => variedWeights(createRandomStream(FIRST_VARIED + i, 'varied weights'))),
];

/**
 * Mean information of a scene of each situation about the weights in planted units, for each driver. Shape: [n x n].
 */
const information = Object.fromEntries(
  (Object.keys(SITUATIONS) as Situation[]).map((situation) => {
    const scenes = preparePlantedScenes(
      Array.from({ length: SCENES }, (_, i) => SITUATIONS[situation](SEED * 10_000 + i)),
      SEED,
    );
    return [situation, drivers.map((weights, driver) => informationOf(scenes, weights, SEED + driver))];
  }),
) as Record<Situation, Float64Array[]>;

function informationOf(
  scenes: ReturnType<typeof preparePlantedScenes>,
  weights: Weights,
  driverSeed: number,
): Float64Array {
  const truth = Float64Array.from(names, (name) => weights[name]!);
  const raw = new Float64Array(UNDERSTUDY_FEATURES.specs.length);
  for (const [k, column] of PLANTED_COLUMNS.entries()) raw[column] = truth[k]! / PLANTED_SCALE[k]!;
  const followed = demonstratePlanted(scenes, weights, driverSeed).map(({ options }) =>
    [1, 2].reduce((one) => followModel(one, raw, { seed: SEED }), options),
  );
  const data = scaledChoices(selectedColumns(choicesOf(followed, raw.length), PLANTED_COLUMNS), PLANTED_SCALE);
  const likelihood = emptyLikelihood(n);
  choiceLikelihood(data, truth, likelihood, true);
  return likelihood.hessian;
}

/** Covariance of the learned direction around a driver's true one (delta method). Shape: [n x n]. */
function directionCovariance(mix: Mix, driver: number): Float64Array {
  const shares = Object.values(mix).reduce((sum, share) => sum + share, 0);
  const precision = new Float64Array(n * n);
  for (const [situation, share] of Object.entries(mix)) {
    const one = information[situation as Situation][driver]!;
    for (const [at, value] of one.entries()) precision[at]! += (LEARNED * share * value) / shares;
  }
  // What no scene tells at all must not make the precision singular.
  for (let i = 0; i < n; i++) precision[i * n + i]! += 1e-6;
  const covariance = inverseMatrix(cholesky(precision, n)!, n);
  const truth = Float64Array.from(names, (name) => drivers[driver]![name]!);
  const square = truth.reduce((sum, value) => sum + value * value, 0);
  const projector = (i: number, k: number) => (i === k ? 1 : 0) - (truth[i]! * truth[k]!) / square;
  const half = new Float64Array(n * n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++) half[i * n + k]! += projector(i, j) * covariance[j * n + k]!;
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++) out[i * n + k]! += (half[i * n + j]! * projector(j, k)) / square;
  return out;
}

/**
 * What a mix lets expect: 1 - cosine, usual weights and the mean and largest of all drivers, and what is known least.
 */
function judged(mix: Mix) {
  const covariances = drivers.map((_, driver) => directionCovariance(mix, driver));
  const missing = covariances.map((one) => names.reduce((sum, _, i) => sum + one[i * n + i]! / 2, 0));
  const { vectors } = symmetricEigen(covariances[0]!, n);
  const widest = names.map((name, i) => ({ name, share: Number(vectors[i]!.toFixed(2)) }));
  return {
    mix,
    usual: missing[0]!,
    mean: missing.reduce((sum, value) => sum + value / missing.length, 0),
    largest: Math.max(...missing),
    knownLeast: widest.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, 3),
  };
}

const present: Partial<Record<Situation, number>> = {};
for (const situation of PLANTED_MIX) present[situation] = (present[situation] ?? 0) + 1;

publishResult('sceneDesign', {
  scenes: SCENES,
  drivers: drivers.length,
  learned: LEARNED,
  /** Information of a scene about each weight if all others were known, usual weights: the root is 1 / deviation. */
  perSituation: Object.fromEntries(
    Object.entries(information).map(([situation, [one]]) => [
      situation,
      Object.fromEntries(names.map((name, i) => [name, Number(Math.sqrt(one![i * n + i]!).toFixed(3))])),
    ]),
  ),
  expectedMissing: {
    withoutCurvesAndFreeRoads: judged({ everyday: 2, laneChange: 1, slowLeader: 1 }),
    withoutCurves: judged({ everyday: 1, laneChange: 5, slowLeader: 1, freeRoad: 1 }),
    planted: judged(present),
  },
});
