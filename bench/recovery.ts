// Does the learner find the weights of many different drivers? 20 weight vectors, each in the scenes of 10 seeds,
// motions drawn from the continuum of the family: npx tsx bench/recovery.ts [--json] [--quick], or without --json into
// bench/results/recovery.json; --quick takes one seed. Protocol in docs/learning.md.
import { createCandidateGenerator } from '../irl/candidates/candidateGenerator.ts';
import { HUANG_CANDIDATES, huangCandidates, huangProjection } from '../irl/candidates/huang2021Candidates.ts';
import { REFUSED, refusal, refusalAmongOthers } from '../irl/candidates/refusal.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { adam } from '../irl/learn/adam.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from '../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../irl/learn/choiceLikelihood.ts';
import { effectiveOptions } from '../irl/learn/effectiveOptions.ts';
import { ENOUGH_OPTIONS } from '../irl/learn/followModel.ts';
import { fitMaxent } from '../irl/learn/maxent.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import { randomScene } from '../tests/fixtures/irl/trafficScene.ts';
import {
  CANDIDATES,
  CHAIN_STEPS,
  demonstratePlanted,
  inPlantedUnits,
  learnPlanted,
  PLANTED_COLUMNS,
  PLANTED_SCALE,
  type PlantedDemonstration,
  POOL,
  preparePlantedScenes,
  scoresByFeature,
} from './plantedDrivers.ts';
import { variedWeights } from './plantedReward.ts';
import { plantedScene } from './plantedScenes.ts';
import { publishResult } from './publishResult.ts';
import { studyEach } from './studyEach.ts';

const VECTORS = 20;
const SEEDS = 10;
/** Only the first seed. */
const QUICK = process.argv.includes('--quick');
/** Vectors of one seed that one process takes; what it finds is published when it ends. */
const VECTORS_AT_ONCE = 5;
/** The seed that the published method is run for too. */
const FIRST = '1';
/** Seed whose scenes are all everyday ones, for comparison. */
const EVERYDAY = 'everyday';
const EVERYDAY_SEED = 11;
const SCENES = 200;
const FEW_SCENES = 35;
/** Scenes that nobody learned from, in which choices are judged under the true weights. */
const TEST_SCENES = 40;
const TEST_CANDIDATES = 600;

/** Options of unseen scenes: features in planted units, those that the constraints allow. */
function testScenes(seed: number): ChoiceData[] {
  const generator = createCandidateGenerator({ count: TEST_CANDIDATES, seed });
  const columns = FEATURES.length;
  return Array.from({ length: TEST_SCENES }, (_, n) => {
    const scene = randomScene(seed * 10_000 + 5000 + n);
    const prediction = createPrediction(scene);
    const { motions, count } = generator.generate(scene, { scene: n });
    const values = new Float64Array((count + 1) * columns);
    let rows = 0;
    for (const motion of motions.slice(0, count)) {
      UNDERSTUDY_FEATURES.evaluate(motion, prediction, values, rows * columns);
      if (refusal(motion, prediction) === REFUSED.no) rows++;
    }
    const raw = { scenes: 1, columns, start: Int32Array.of(0, rows), values, logWeight: new Float64Array(rows) };
    return scaledChoices(selectedColumns(raw, PLANTED_COLUMNS), PLANTED_SCALE);
  }).filter((data) => data.start[1]! > 1);
}

function rewards(data: ChoiceData, theta: Float64Array): Float64Array {
  const all = new Float64Array(data.start[data.scenes]!);
  for (const at of all.keys()) {
    for (let i = 0; i < data.columns; i++) all[at]! += theta[i]! * data.values[at * data.columns + i]!;
  }
  return all;
}

/** Mean over scenes of (best - chosen) / (best - mean), all in the true reward: 0 best, 1 as good as chance. */
function normalisedValueDifference(tests: readonly ChoiceData[], truth: Float64Array, theta: Float64Array): number {
  let sum = 0;
  for (const data of tests) {
    const real = rewards(data, truth);
    const believed = rewards(data, theta);
    const chosen = real[believed.indexOf(Math.max(...believed))]!;
    const best = Math.max(...real);
    const mean = real.reduce((total, value) => total + value, 0) / real.length;
    sum += (best - chosen) / (best - mean);
  }
  return sum / tests.length;
}

function cosine(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / Math.hypot(...a) / Math.hypot(...b);
}

/**
 * Candidates, projection, scaling by the maximum and optimiser of the published method, on the planted features: as
 * published, and with its convex problem solved. The regulariser weighs as in the published code, 0.01 |θ|² beside the
 * sum over scenes.
 */
function fitHuang(demonstrations: readonly PlantedDemonstration[], seed: number, converged: boolean): Float64Array {
  const perScene = HUANG_CANDIDATES + 1;
  const rowsInAll = demonstrations.length * perScene;
  const values = new Float64Array(rowsInAll * FEATURES.length);
  const logWeight = new Float64Array(rowsInAll);
  for (const [n, { scene, person }] of demonstrations.entries()) {
    const prediction = createPrediction(scene);
    const motions = [huangProjection(scene.ego, person.motion), ...huangCandidates(scene, seed + n * 7919)];
    for (const [i, motion] of motions.entries()) {
      const row = n * perScene + i;
      UNDERSTUDY_FEATURES.evaluate(motion, prediction, values, row * FEATURES.length);
      if (refusalAmongOthers(motion, prediction) !== REFUSED.no) logWeight[row] = -10;
    }
  }
  const start = Int32Array.from({ length: demonstrations.length + 1 }, (_, n) => n * perScene);
  const raw = selectedColumns(
    { scenes: demonstrations.length, columns: FEATURES.length, start, values, logWeight },
    PLANTED_COLUMNS,
  );
  const highest = new Float64Array(PLANTED_COLUMNS.length).fill(1e-6);
  for (const [at, value] of raw.values.entries()) {
    highest[at % PLANTED_COLUMNS.length] = Math.max(highest[at % PLANTED_COLUMNS.length]!, value);
  }
  const data = scaledChoices(raw, highest);
  const stream = createRandomStream(seed, 'huang2021 start');
  const theta = Float64Array.from(PLANTED_COLUMNS, () => 0.05 * stream.normal());
  const likelihood = emptyLikelihood(PLANTED_COLUMNS.length);
  if (converged) {
    const { theta: solved } = fitMaxent(data, { priorSd: Math.sqrt(1 / 0.02) });
    return solved.map((value, i) => (value * PLANTED_SCALE[i]!) / highest[i]!);
  }
  adam(
    theta,
    (at, gradient) => {
      choiceLikelihood(data, at, likelihood, false);
      for (const i of gradient.keys()) gradient[i] = likelihood.gradient[i]! + (0.02 / data.scenes) * at[i]!;
    },
    { rate: 0.05, steps: 200 },
  );
  return theta.map((value, i) => (value * PLANTED_SCALE[i]!) / highest[i]!);
}

interface Found {
  readonly cosine: number;
  readonly nevd: number;
  /** Of ours: median over scenes of the effective number of options, and `scoresByFeature`. */
  readonly effective?: number;
  readonly scores?: Readonly<Record<string, number>>;
}

interface FoundByVector {
  readonly at200: Found;
  readonly at35: Found;
  /** Of the first seed only. */
  readonly huangAt200?: Found;
  readonly huangAt35?: Found;
  readonly huangConvergedAt200?: Found;
}

/**
 * Some vectors in the scenes of one seed.
 * @param argument seed and first vector, such as 3:6
 */
async function somePart(argument: string): Promise<FoundByVector[]> {
  const [name, from] = argument.split(':') as [string, string];
  const seed = name === EVERYDAY ? EVERYDAY_SEED : Number(name);
  const sceneOf = name === EVERYDAY ? randomScene : plantedScene;
  const scenes = preparePlantedScenes(
    Array.from({ length: SCENES }, (_, i) => sceneOf(seed * 10_000 + i)),
    seed,
  );
  const tests = testScenes(seed);
  const all: FoundByVector[] = [];
  for (let vector = Number(from); vector < Number(from) + VECTORS_AT_ONCE; vector++) {
    const weights = variedWeights(createRandomStream(vector, 'varied weights'));
    const truth = Float64Array.from(PLANTED_COLUMNS, (column) => weights[FEATURES[column]!.name]!);
    const judge = (theta: Float64Array): Found => ({
      cosine: cosine(theta, truth),
      nevd: normalisedValueDifference(tests, truth, theta),
    });
    const ours = async (demonstrations: readonly PlantedDemonstration[]): Promise<Found> => {
      const learned = await learnPlanted(demonstrations, seed);
      return {
        ...judge(inPlantedUnits(learned)),
        effective: quantile(effectiveOptions(learned.standard, learned.fit.theta), 0.5),
        scores: scoresByFeature(learned, weights),
      };
    };
    const demonstrations = demonstratePlanted(scenes, weights, seed * VECTORS + vector);
    const few = demonstrations.slice(0, FEW_SCENES);
    const found: FoundByVector = {
      at200: await ours(demonstrations),
      at35: await ours(few),
      ...(name === FIRST
        ? {
            huangAt200: judge(fitHuang(demonstrations, seed, false)),
            huangAt35: judge(fitHuang(few, seed, false)),
            huangConvergedAt200: judge(fitHuang(demonstrations, seed, true)),
          }
        : {}),
    };
    all.push(found);
    console.error(
      `seed ${name} vector ${vector}: ${(Object.entries(found) as [string, Found][])
        .map(([name, { cosine, nevd }]) => `${name} ${cosine.toFixed(3)} ${nevd.toFixed(4)}`)
        .join(', ')}`,
    );
  }
  return all;
}

function summary(each: readonly Found[]): object {
  const cosines = each.map((one) => one.cosine);
  const nevds = each.map((one) => one.nevd);
  const scores = each.flatMap((one) => Object.values(one.scores ?? {}));
  return {
    fits: each.length,
    cosineMedian: quantile(cosines, 0.5),
    cosineP05: quantile(cosines, 0.05),
    cosineWorst: Math.min(...cosines),
    nevdMedian: quantile(nevds, 0.5),
    nevdWorst: Math.max(...nevds),
    ...(scores.length === 0
      ? {}
      : {
          effectiveOptionsMedian: quantile(
            each.map((one) => one.effective!),
            0.5,
          ),
          laplaceCoverage95: scores.filter((z) => Math.abs(z) < 1.96).length / scores.length,
        }),
    each: each.map(({ cosine, nevd }) => [Number(cosine.toFixed(4)), Number(nevd.toFixed(5))]),
  };
}

/** Publishes what was found so far, so that a run that is cut short leaves it; in the order of the parts. */
function publish(byPart: ReadonlyMap<string, readonly FoundByVector[]>): void {
  const found = (everyday: boolean) =>
    parts.filter((part) => part.startsWith(EVERYDAY) === everyday).flatMap((part) => byPart.get(part) ?? []);
  const usual = found(false);
  const everyday = found(true);
  const huang = usual.filter((one) => one.huangAt200 !== undefined);
  if (usual.length === 0) return;
  publishResult('recovery', {
    weightVectors: VECTORS,
    seeds: SEEDS,
    fitsOfEachSize: usual.length,
    complete: usual.length === VECTORS * SEEDS,
    scenes: SCENES,
    pool: POOL,
    chainSteps: CHAIN_STEPS,
    candidates: CANDIDATES,
    enoughOptions: ENOUGH_OPTIONS,
    testScenes: TEST_SCENES,
    features: PLANTED_COLUMNS.map((column) => FEATURES[column]!.name),
    at200: summary(usual.map((one) => one.at200)),
    at35: summary(usual.map((one) => one.at35)),
    ...(huang.length === 0
      ? {}
      : {
          huang2021: {
            at200: summary(huang.flatMap((one) => one.huangAt200 ?? [])),
            at35: summary(huang.flatMap((one) => one.huangAt35 ?? [])),
            convergedAt200: summary(huang.flatMap((one) => one.huangConvergedAt200 ?? [])),
          },
        }),
    ...(everyday.length === 0
      ? {}
      : {
          everydayScenes: {
            at200: summary(everyday.map((one) => one.at200)),
            at35: summary(everyday.map((one) => one.at35)),
          },
        }),
  });
}

const byPart = new Map<string, readonly FoundByVector[]>();
const partsOf = (name: string) =>
  Array.from({ length: VECTORS / VECTORS_AT_ONCE }, (_, i) => `${name}:${1 + i * VECTORS_AT_ONCE}`);
const seeds = Array.from({ length: SEEDS }, (_, i) => String(i + 1));
const parts = (QUICK ? [FIRST] : [FIRST, EVERYDAY, ...seeds.slice(1)]).flatMap(partsOf);
const asJson = process.argv.includes('--json');
const all = await studyEach(parts, somePart, (found, part) => {
  byPart.set(part, found);
  if (!asJson) publish(byPart);
});
if (all && asJson) publish(all);
