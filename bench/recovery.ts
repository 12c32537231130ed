// Does the estimator find the weights of many different drivers? Each has weights of its own and acts in scenes of its
// own seed, drawing motions from the continuum of the family by Metropolis steps: npx tsx bench/recovery.ts [--json],
// or without --json into bench/results/recovery.json.
import { createCandidateGenerator } from '../irl/candidates/candidateGenerator.ts';
import { HUANG_CANDIDATES, huangCandidates, huangProjection } from '../irl/candidates/huang2021Candidates.ts';
import { REFUSED, refusal, refusalAmongOthers } from '../irl/candidates/refusal.ts';
import { boltzmannMotion } from '../irl/evaluate/boltzmannMotion.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { createRewardScorer } from '../irl/features/rewardScorer.ts';
import { adam } from '../irl/learn/adam.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from '../irl/learn/choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from '../irl/learn/choiceLikelihood.ts';
import { choicesOfScenes, type Demonstration } from '../irl/learn/choicesOfScenes.ts';
import { fitMaxent } from '../irl/learn/maxent.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import { randomScene } from '../tests/fixtures/irl/trafficScene.ts';
import { PLANTED, plantedReward, variedWeights } from './plantedReward.ts';
import { publishResult } from './publishResult.ts';

const DRIVERS = 20;
const SCENES = 200;
const FEW_SCENES = 35;
const CHAIN_STEPS = 3000;
const CANDIDATES = 600;
/** Scenes that nobody learned from, in which choices are judged under the true weights. */
const TEST_SCENES = 40;
const TEST_CANDIDATES = 600;

const columns = FEATURES.flatMap(({ name }, column) => (PLANTED[name] === undefined ? [] : [column]));
const scale = Float64Array.from(columns, (column) => PLANTED[FEATURES[column]!.name]![1]);

/** Options of unseen scenes: features in planted units, those that the constraints allow. */
function testScenes(seed: number): ChoiceData[] {
  const generator = createCandidateGenerator({ count: TEST_CANDIDATES, seed });
  return Array.from({ length: TEST_SCENES }, (_, n) => {
    const scene = randomScene(seed * 10_000 + 5000 + n);
    const prediction = createPrediction(scene);
    const { motions, count } = generator.generate(scene, { scene: n });
    const allowed = motions.slice(0, count).filter((motion) => {
      UNDERSTUDY_FEATURES.evaluate(motion, prediction, new Float64Array(FEATURES.length));
      return refusal(motion, prediction) === REFUSED.no;
    });
    const values = new Float64Array(allowed.length * FEATURES.length);
    for (const [i, motion] of allowed.entries()) {
      UNDERSTUDY_FEATURES.evaluate(motion, prediction, values, i * FEATURES.length);
    }
    return inPlantedUnits({
      scenes: 1,
      columns: FEATURES.length,
      start: Int32Array.of(0, allowed.length),
      values,
      logWeight: new Float64Array(allowed.length),
    });
  }).filter((data) => data.start[1]! > 1);
}

function inPlantedUnits(data: ChoiceData): ChoiceData {
  return scaledChoices(selectedColumns(data, columns), scale);
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

function fitOurs(data: ChoiceData): Float64Array {
  return fitMaxent(data).theta;
}

/**
 * Candidates, projection, scaling by the maximum and optimiser of the published method, on the planted features: as
 * published, and with its convex problem solved. The regulariser weighs as in the published code, 0.01 |θ|² beside the
 * sum over scenes.
 */
function fitHuang(demonstrations: readonly Demonstration[], seed: number, converged: boolean): Float64Array {
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
    columns,
  );
  const highest = new Float64Array(columns.length).fill(1e-6);
  for (const [at, value] of raw.values.entries()) {
    highest[at % columns.length] = Math.max(highest[at % columns.length]!, value);
  }
  const data = scaledChoices(raw, highest);
  const stream = createRandomStream(seed, 'huang2021 start');
  const theta = Float64Array.from(columns, () => 0.05 * stream.normal());
  const likelihood = emptyLikelihood(columns.length);
  if (converged) {
    const { theta: solved } = fitMaxent(data, { priorSd: Math.sqrt(1 / 0.02) });
    return solved.map((value, i) => (value * scale[i]!) / highest[i]!);
  }
  adam(
    theta,
    (at, gradient) => {
      choiceLikelihood(data, at, likelihood, false);
      for (const i of gradient.keys()) gradient[i] = likelihood.gradient[i]! + (0.02 / data.scenes) * at[i]!;
    },
    { rate: 0.05, steps: 200 },
  );
  return theta.map((value, i) => (value * scale[i]!) / highest[i]!);
}

interface Found {
  readonly cosine: number;
  readonly nevd: number;
}

const found: Record<'at200' | 'at35' | 'huangAt200' | 'huangAt35' | 'huangConvergedAt200', Found[]> = {
  at200: [],
  at35: [],
  huangAt200: [],
  huangAt35: [],
  huangConvergedAt200: [],
};
const asJson = process.argv.includes('--json');
for (let seed = 1; seed <= DRIVERS; seed++) {
  const weights = variedWeights(createRandomStream(seed, 'varied weights'));
  const truth = Float64Array.from(columns, (column) => weights[FEATURES[column]!.name]!);
  const scorer = createRewardScorer(plantedReward(weights));
  const demonstrations = Array.from({ length: SCENES }, (_, i): Demonstration[] => {
    const scene = randomScene(seed * 10_000 + i);
    const person = boltzmannMotion(scene, scorer, { seed: seed * 10_000 + i, steps: CHAIN_STEPS });
    return person === undefined ? [] : [{ scene, person }];
  }).flat();
  const tests = testScenes(seed);
  const judge = (theta: Float64Array): Found => ({
    cosine: cosine(theta, truth),
    nevd: normalisedValueDifference(tests, truth, theta),
  });
  const few = demonstrations.slice(0, FEW_SCENES);
  const generator = createCandidateGenerator({ count: CANDIDATES, seed });
  const all = inPlantedUnits(choicesOfScenes(demonstrations, generator));
  const start = all.start.subarray(0, few.length + 1);
  const first: ChoiceData = { ...all, scenes: few.length, start };
  found.at200.push(judge(fitOurs(all)));
  found.at35.push(judge(fitOurs(first)));
  found.huangAt200.push(judge(fitHuang(demonstrations, seed, false)));
  found.huangAt35.push(judge(fitHuang(few, seed, false)));
  found.huangConvergedAt200.push(judge(fitHuang(demonstrations, seed, true)));
  console.error(
    `driver ${seed}: ${Object.entries(found)
      .map(([name, each]) => `${name} ${each.at(-1)!.cosine.toFixed(3)} ${each.at(-1)!.nevd.toFixed(4)}`)
      .join(', ')}`,
  );
  if (!asJson || seed === DRIVERS) publish();
}

function summary(each: readonly Found[]): object {
  const cosines = each.map((one) => one.cosine);
  return {
    cosineMedian: quantile(cosines, 0.5),
    cosineWorst: Math.min(...cosines),
    nevdMedian: quantile(
      each.map((one) => one.nevd),
      0.5,
    ),
    each,
  };
}

/** Writes what was found so far, so that a run that is cut short leaves it. */
function publish(): void {
  publishResult('recovery', {
    drivers: found.at200.length,
    chainSteps: CHAIN_STEPS,
    scenes: SCENES,
    candidates: CANDIDATES,
    testScenes: TEST_SCENES,
    features: columns.map((column) => FEATURES[column]!.name),
    at200: summary(found.at200),
    at35: summary(found.at35),
    huang2021: {
      at200: summary(found.huangAt200),
      at35: summary(found.huangAt35),
      convergedAt200: summary(found.huangConvergedAt200),
    },
  });
}
