import { createRandomStream } from '../../sim/core/randomStream.ts';
import { HUANG_CANDIDATES, huangCandidates, huangProjection } from '../candidates/huang2021Candidates.ts';
import { largestDistance } from '../candidates/projection.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { demonstrationScenesOf } from '../features/demonstrationScenes.ts';
import { type FeatureSet, HUANG_CODED_FEATURE_SET, HUANG_FEATURE_SET } from '../features/featureSet.ts';
import { HUANG_COLLISION } from '../features/huang2021Features.ts';
import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import { oraclePrediction } from '../features/oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';
import { adam } from './adam.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from './choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from './choiceLikelihood.ts';
import { cholesky, inverseDiagonal } from './cholesky.ts';
import type { Learned, LearnedTerm, Learner } from './learner.ts';
import { throwIfAborted } from './learningProgress.ts';
import { fitMaxent } from './maxent.ts';
import { NORMAL_95 } from './maxentLearner.ts';

/** Weight that the published method sets for the collision feature. */
const COLLISION_WEIGHT = -10;
const L2 = 0.01;
const ADAM = { rate: 0.05, steps: 200 };
const MAX_FLOOR = 1e-6;
/** Motions of a scene: the person's and the candidates. */
const PER_SCENE = HUANG_CANDIDATES + 1;

/** Distance at the end beyond which the published code drops a scene [m]. */
const DROPPED_BEYOND = 2.5;

/**
 * The learner `huang2021`, a baseline: maximum-entropy IRL over 30 candidates and eight features divided by their
 * maximum (Huang, Wu & Lv 2021), by Adam from N(0, 0.05) in 200 steps as published, or converged. The defects of the
 * published code that spoil the numbers are repeated on demand only (`asCoded`): maxima over the last scene alone, sums
 * that end at a crash, headways from centre to centre (`huang2021CodedFeatures`), no lateral speed at the start, scenes
 * dropped for their projection error or for a person's polynomial that crashes, a regulariser that weakens with the
 * number of scenes, and a collision weight that Adam moves after it was set.
 */
export const HUANG_LEARNER: Learner = {
  name: 'huang2021',
  async learn(sources, options, control): Promise<Learned> {
    const { seed = 0, strideTicks = 10, others = 'predicted', converged = false, asCoded = false } = options;
    if (asCoded && converged) {
      throw new RangeError(
        'learning: asCoded and converged are both set; expected one, as the published code does not converge',
      );
    }
    const featureSet = asCoded ? HUANG_CODED_FEATURE_SET : HUANG_FEATURE_SET;
    const windows = demonstrationScenesOf(
      sources.map(({ recording }) => recording),
      { strideTicks },
    );
    const scenes = windows.reduce((sum, window) => sum + window.ticks.length, 0);
    if (scenes === 0) throw new RangeError('learning: no window of the recordings can be used; expected at least one');
    const columns = featureSet.specs.length;
    const values = new Float64Array(scenes * PER_SCENE * columns);
    const projectionErrors = new Float64Array(scenes);
    const kept: number[] = [];
    let scene = 0;
    for (const { recording, ticks } of windows) {
      for (const tick of ticks) {
        throwIfAborted(control);
        if (scene % 16 === 0) {
          control.onProgress?.({ stage: 'scenes', done: scene, total: scenes });
          await control.breathe?.();
        }
        const seen = sceneAt(recording, tick);
        const here = asCoded ? { ...seen, ego: { ...seen.ego, dDot: 0 } } : seen;
        const recorded = demonstratedMotion(recording, tick);
        const person = huangProjection(here.ego, recorded);
        projectionErrors[scene] = largestDistance(recorded, person);
        const prediction = others === 'oracle' ? oraclePrediction(here, recording, tick) : createPrediction(here);
        const first = scene * PER_SCENE * columns;
        for (const [i, motion] of [person, ...huangCandidates(here, seed + scene * 7919)].entries()) {
          featureSet.evaluate(motion, prediction, values, first + i * columns);
        }
        const crashes = values[first + HUANG_COLLISION] === 1;
        if (!asCoded || (!crashes && endsTogether(recorded, person))) kept.push(scene);
        scene++;
      }
    }
    if (kept.length === 0) {
      throw new RangeError(
        `learning: as coded, all ${scenes} scenes are dropped, for the end of their projection or a crash of it; expected at least one to be kept`,
      );
    }
    const scale = largestValues(asCoded ? values.subarray(-PER_SCENE * columns) : values, featureSet, asCoded);
    const data = choicesOf(kept, values, columns);
    const found = asCoded
      ? asTheCodeDoes(scaledChoices(data, scale), seed)
      : solve(scaledChoices(data, scale), seed, converged);
    const scenesOf = windows.map(() => 0);
    const windowOf = windows.flatMap((window, w) => window.ticks.map(() => w));
    for (const n of kept) scenesOf[windowOf[n]!]! += 1;
    return {
      ...learnedTerms(data, scale, found.weights, featureSet),
      featureSet,
      options: { seed, strideTicks, others, converged, ...(asCoded ? { asCoded, dropped: scenes - kept.length } : {}) },
      scenesOf,
      candidatesPerScene: HUANG_CANDIDATES,
      iterations: found.iterations,
      projectionErrors: Float64Array.from(kept, (n) => projectionErrors[n]!),
      counts: {},
    };
  },
};

function endsTogether(a: Motion, b: Motion): boolean {
  const last = MOTION_SAMPLES - 1;
  return Math.hypot(a.s[last]! - b.s[last]!, a.d[last]! - b.d[last]!) <= DROPPED_BEYOND;
}

function choicesOf(kept: readonly number[], values: Float64Array, columns: number): ChoiceData {
  const size = PER_SCENE * columns;
  const chosen = new Float64Array(kept.length * size);
  for (const [at, n] of kept.entries()) chosen.set(values.subarray(n * size, (n + 1) * size), at * size);
  return {
    scenes: kept.length,
    columns,
    start: Int32Array.from({ length: kept.length + 1 }, (_, i) => i * PER_SCENE),
    values: chosen,
    logWeight: new Float64Array(kept.length * PER_SCENE),
  };
}

/** The largest value of each feature, 1 for collisions. */
function largestValues(values: Float64Array, { specs }: FeatureSet, asCoded: boolean): Float64Array {
  const scale = new Float64Array(specs.length).fill(asCoded ? 0 : MAX_FLOOR);
  for (const [at, value] of values.entries()) {
    const column = at % specs.length;
    scale[column] = Math.max(scale[column]!, value);
  }
  scale[HUANG_COLLISION] = 1;
  const zero = scale.indexOf(0);
  if (zero >= 0) {
    throw new RangeError(
      `learning: as coded, values are divided by the maximum of the last scene, and that of ${specs[zero]!.name} is 0; expected recordings that end otherwise`,
    );
  }
  return scale;
}

interface Solution {
  readonly weights: Float64Array;
  readonly iterations: number;
}

/** The published method: its collision weight given, the others by Adam, or converged. */
function solve(scaled: ChoiceData, seed: number, converged: boolean): Solution {
  const { columns, scenes } = scaled;
  const free = freeColumns(columns);
  const choices = withCollisionWeight(scaled, free);
  const weightsOf = (theta: Float64Array) =>
    Float64Array.from({ length: columns }, (_, column) => theta[free.indexOf(column)] ?? COLLISION_WEIGHT);
  if (converged) {
    const fit = fitMaxent(choices, { priorSd: Math.sqrt(1 / (2 * L2 * scenes)) });
    return { weights: weightsOf(fit.theta), iterations: fit.iterations };
  }
  const stream = createRandomStream(seed, 'huang2021 start');
  const theta = Float64Array.from(free, () => 0.05 * stream.normal());
  const likelihood = emptyLikelihood(free.length);
  adam(
    theta,
    (at, gradient) => {
      choiceLikelihood(choices, at, likelihood, false);
      for (const i of gradient.keys()) gradient[i] = likelihood.gradient[i]! + 2 * L2 * at[i]!;
    },
    ADAM,
  );
  return { weights: weightsOf(theta), iterations: ADAM.steps };
}

/**
 * What the published code does: the gradient is summed over scenes and the regulariser is not; the collision weight is
 * set before each step, not after it.
 */
function asTheCodeDoes(scaled: ChoiceData, seed: number): Solution {
  const stream = createRandomStream(seed, 'huang2021 start');
  const weights = Float64Array.from({ length: scaled.columns }, () => 0.05 * stream.normal());
  const likelihood = emptyLikelihood(scaled.columns);
  adam(
    weights,
    (at, gradient) => {
      at[HUANG_COLLISION] = COLLISION_WEIGHT;
      choiceLikelihood(scaled, at, likelihood, false);
      for (const i of gradient.keys()) gradient[i] = scaled.scenes * likelihood.gradient[i]! + 2 * L2 * at[i]!;
    },
    ADAM,
  );
  return { weights, iterations: ADAM.steps };
}

function freeColumns(columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => column).filter((column) => column !== HUANG_COLLISION);
}

/** The free columns; a weight that is given acts like an importance weight exp(weight * feature). */
function withCollisionWeight(scaled: ChoiceData, free: readonly number[], weight = COLLISION_WEIGHT): ChoiceData {
  return {
    ...selectedColumns(scaled, free),
    logWeight: scaled.logWeight.map((_, row) => weight * scaled.values[row * scaled.columns + HUANG_COLLISION]!),
  };
}

/** Terms of the reward with the deviations that the likelihood and the published regulariser give them. */
function learnedTerms(
  data: ChoiceData,
  scale: Float64Array,
  weights: Float64Array,
  { specs }: FeatureSet,
): Pick<Learned, 'terms' | 'nll' | 'gradientNorm'> {
  const scaled = scaledChoices(data, scale);
  const free = freeColumns(data.columns);
  const n = free.length;
  const theta = Float64Array.from(free, (column) => weights[column]!);
  const likelihood = emptyLikelihood(n);
  choiceLikelihood(withCollisionWeight(scaled, free, weights[HUANG_COLLISION]!), theta, likelihood, true);
  const gradient = likelihood.gradient.map((value, i) => value + 2 * L2 * theta[i]!);
  const information = likelihood.hessian.map((value, at) => data.scenes * (value + (at % (n + 1) === 0 ? 2 * L2 : 0)));
  const factor = cholesky(information, n);
  if (factor === undefined) throw new RangeError('huang2021: the posterior precision is not positive definite');
  const sd = inverseDiagonal(factor, n).map(Math.sqrt);
  const all = emptyLikelihood(data.columns);
  choiceLikelihood(scaled, weights, all, false);
  const terms = specs.map(({ name, group }, column): LearnedTerm => {
    const i = free.indexOf(column);
    const weight = weights[column]!;
    const half = i < 0 ? 0 : NORMAL_95 * sd[i]!;
    return {
      name,
      group,
      scale: scale[column]!,
      weight,
      sd: i < 0 ? 0 : sd[i]!,
      interval: [weight - half, weight + half],
      personMean: all.demonstrated[column]! * scale[column]!,
      modelMean: all.expected[column]! * scale[column]!,
      fixedBecause: i < 0 ? 'set by the published method, not learned' : '',
    };
  });
  return { terms, nll: all.value, gradientNorm: Math.hypot(...gradient) };
}
