import { createRandomStream } from '../../sim/core/randomStream.ts';
import { HUANG_CANDIDATES, huangCandidates, huangProjection } from '../candidates/huang2021Candidates.ts';
import { largestDistance } from '../candidates/projection.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { demonstrationScenesOf } from '../features/demonstrationScenes.ts';
import { HUANG_FEATURE_SET } from '../features/featureSet.ts';
import { HUANG_COLLISION } from '../features/huang2021Features.ts';
import { oraclePrediction } from '../features/oraclePrediction.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';
import { adam } from './adam.ts';
import { type ChoiceData, scaledChoices, selectedColumns } from './choiceData.ts';
import { choiceLikelihood, emptyLikelihood } from './choiceLikelihood.ts';
import { cholesky, inverseDiagonal } from './cholesky.ts';
import type { Learned, LearnedTerm, Learner } from './learner.ts';
import { throwIfAborted } from './learningProgress.ts';
import { fitMaxent } from './maxent.ts';

/** Weight that the published method sets for the collision feature. */
const COLLISION_WEIGHT = -10;
const L2 = 0.01;
const ADAM = { rate: 0.05, steps: 200 };
const MAX_FLOOR = 1e-6;
const NORMAL_95 = 1.959963984540054;

/**
 * The learner `huang2021`, a baseline: maximum-entropy IRL over 30 candidates and eight features divided by their
 * maximum (Huang, Wu & Lv 2021), by Adam from N(0, 0.05) in 200 steps as published, or converged. The defects of the
 * published code that spoil the numbers are not repeated: maxima are over all scenes, windows keep their length after
 * a collision, no scene is dropped for its projection error, the regulariser does not weaken with the number of scenes,
 * and the collision weight stays what it is set to.
 */
export const HUANG_LEARNER: Learner = {
  name: 'huang2021',
  async learn(sources, options, control): Promise<Learned> {
    const { seed = 0, strideTicks = 10, others = 'predicted', converged = false } = options;
    const windows = demonstrationScenesOf(
      sources.map(({ recording }) => recording),
      { strideTicks },
    );
    const scenes = windows.reduce((sum, window) => sum + window.ticks.length, 0);
    if (scenes === 0) throw new RangeError('learning: no window of the recordings can be used; expected at least one');
    const columns = HUANG_FEATURE_SET.specs.length;
    const perScene = HUANG_CANDIDATES + 1;
    const values = new Float64Array(scenes * perScene * columns);
    const projectionErrors = new Float64Array(scenes);
    let scene = 0;
    for (const { recording, ticks } of windows) {
      for (const tick of ticks) {
        throwIfAborted(control);
        if (scene % 16 === 0) {
          control.onProgress?.({ stage: 'scenes', done: scene, total: scenes });
          await control.breathe?.();
        }
        const here = sceneAt(recording, tick);
        const recorded = demonstratedMotion(recording, tick);
        const person = huangProjection(here.ego, recorded);
        projectionErrors[scene] = largestDistance(recorded, person);
        const prediction = others === 'oracle' ? oraclePrediction(here, recording, tick) : createPrediction(here);
        for (const [i, motion] of [person, ...huangCandidates(here, seed + scene * 7919)].entries()) {
          HUANG_FEATURE_SET.evaluate(motion, prediction, values, (scene * perScene + i) * columns);
        }
        scene++;
      }
    }
    const data: ChoiceData = {
      scenes,
      columns,
      start: Int32Array.from({ length: scenes + 1 }, (_, i) => i * perScene),
      values,
      logWeight: new Float64Array(scenes * perScene),
    };
    return fitHuang(
      data,
      windows.map((window) => window.ticks.length),
      projectionErrors,
      {
        seed,
        strideTicks,
        others,
        converged,
      },
    );
  },
};

function fitHuang(
  data: ChoiceData,
  scenesOf: readonly number[],
  projectionErrors: Float64Array,
  options: Readonly<Record<string, number | string | boolean>>,
): Learned {
  const { columns, scenes } = data;
  const scale = new Float64Array(columns).fill(MAX_FLOOR);
  for (const [at, value] of data.values.entries()) scale[at % columns] = Math.max(scale[at % columns]!, value);
  scale[HUANG_COLLISION] = 1;
  const scaled = scaledChoices(data, scale);
  const free = Array.from(scale, (_, column) => column).filter((column) => column !== HUANG_COLLISION);
  // A weight that is given acts like an importance weight exp(weight * feature).
  const choices: ChoiceData = {
    ...selectedColumns(scaled, free),
    logWeight: data.logWeight.map((_, row) => COLLISION_WEIGHT * scaled.values[row * columns + HUANG_COLLISION]!),
  };
  const n = free.length;
  const likelihood = emptyLikelihood(n);
  const gradientAt = (theta: Float64Array, gradient: Float64Array) => {
    choiceLikelihood(choices, theta, likelihood, false);
    for (let i = 0; i < n; i++) gradient[i] = likelihood.gradient[i]! + 2 * L2 * theta[i]!;
  };
  let theta: Float64Array;
  let iterations: number;
  if (options['converged'] === true) {
    const fit = fitMaxent(choices, { priorSd: Math.sqrt(1 / (2 * L2 * scenes)) });
    theta = fit.theta;
    iterations = fit.iterations;
  } else {
    const stream = createRandomStream(Number(options['seed']), 'huang2021 start');
    theta = Float64Array.from(free, () => 0.05 * stream.normal());
    adam(theta, gradientAt, ADAM);
    iterations = ADAM.steps;
  }
  const gradient = new Float64Array(n);
  gradientAt(theta, gradient);
  choiceLikelihood(choices, theta, likelihood, true);
  const information = likelihood.hessian.map((value, at) => scenes * (value + (at % (n + 1) === 0 ? 2 * L2 : 0)));
  const factor = cholesky(information, n);
  if (factor === undefined) throw new RangeError('huang2021: the posterior precision is not positive definite');
  const sd = inverseDiagonal(factor, n).map(Math.sqrt);
  const all = emptyLikelihood(columns);
  const weights = Float64Array.from(scale, (_, column) => theta[free.indexOf(column)] ?? COLLISION_WEIGHT);
  choiceLikelihood(scaled, weights, all, false);
  const terms = HUANG_FEATURE_SET.specs.map(({ name, group }, column): LearnedTerm => {
    const i = free.indexOf(column);
    const personMean = all.demonstrated[column]! * scale[column]!;
    const modelMean = all.expected[column]! * scale[column]!;
    if (i < 0) {
      return {
        name,
        group,
        scale: 1,
        weight: COLLISION_WEIGHT,
        sd: 0,
        interval: [COLLISION_WEIGHT, COLLISION_WEIGHT],
        personMean,
        modelMean,
        fixedBecause: 'set by the published method, not learned',
      };
    }
    const weight = theta[i]!;
    return {
      name,
      group,
      scale: scale[column]!,
      weight,
      sd: sd[i]!,
      interval: [weight - NORMAL_95 * sd[i]!, weight + NORMAL_95 * sd[i]!],
      personMean,
      modelMean,
      fixedBecause: '',
    };
  });
  return {
    featureSet: HUANG_FEATURE_SET,
    terms,
    options,
    scenesOf,
    candidatesPerScene: HUANG_CANDIDATES,
    nll: likelihood.value,
    gradientNorm: Math.hypot(...gradient),
    iterations,
    projectionErrors,
    counts: {},
  };
}
