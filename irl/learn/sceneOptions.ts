import type { CandidateGenerator } from '../candidates/candidateGenerator.ts';
import { FAMILY_PARAMETERS, type Projection } from '../candidates/projection.ts';
import { REFUSED, refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { sceneProposal } from '../candidates/sceneProposal.ts';
import type { FeatureSet } from '../features/featureSet.ts';
import type { Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';
import type { Scene } from '../features/scene.ts';
import type { ChoiceData } from './choiceData.ts';

/** A proposal that options were drawn from. */
interface DrawnFrom {
  /** Logarithm of the number of draws, refused ones included. */
  readonly logDraws: number;
  logDensity(parameters: Float64Array, at: number): number;
}

/**
 * What a person could have done in one scene, as far as it has been drawn, and in row 0 what it did. No draw depends on
 * the person: that makes the weighted conditional logit consistent for any number of options (McFadden 1978,
 * theorem 2), where draws around the person make its motion look more chosen than it was.
 */
export interface SceneOptions {
  readonly scene: Scene;
  /** Number of the scene among all, for its own random numbers. */
  readonly number: number;
  readonly features: FeatureSet;
  /** The prediction of the others, made anew: it is too large to be kept for every scene. */
  predict(): Prediction;
  /** Rows in use: the person's motion, which is never refused, and the allowed draws. */
  rows: number;
  /** Family parameters. Shape: [capacity x FAMILY_PARAMETERS]. */
  readonly parameters: Float64Array;
  /** Raw features. Shape: [capacity x columns]. */
  readonly values: Float64Array;
  /**
   * Natural logarithm of Σ over proposals of draws x density; the importance weight is its inverse. Shape: [capacity].
   */
  readonly logMass: Float64Array;
  readonly proposals: DrawnFrom[];
  /** Draws refused by the hard constraints, by refusal code. */
  readonly refused: number[];
}

/**
 * First options of a scene: the draws of driving. Nobody has acted yet: row 0 is empty until `chosenBy`.
 * @param prediction what `predict` gives, where it is known already
 */
export function drawOptions(
  scene: Scene,
  predict: () => Prediction,
  number: number,
  generator: CandidateGenerator,
  features: FeatureSet,
  prediction: Prediction = predict(),
): SceneOptions {
  const { logDensity } = sceneProposal(scene);
  const options = withRoom(
    {
      scene,
      number,
      features,
      predict,
      rows: 1,
      parameters: new Float64Array(0),
      values: new Float64Array(0),
      logMass: new Float64Array(0),
      proposals: [{ logDraws: Math.log(generator.count), logDensity }],
      refused: [0, 0, 0, 0],
    },
    generator.count,
  );
  const set = generator.generate(scene, { scene: number });
  for (let i = 0; i < set.drawn; i++) addOption(options, set.parameters, i, set.motions[i]!, prediction);
  return options;
}

/**
 * The same options for somebody whose motion is given; what is drawn further leaves the original as it is.
 * @param prediction what `original.predict` gives, where it is known already
 */
export function chosenBy(
  original: SceneOptions,
  person: Projection,
  prediction: Prediction = original.predict(),
): SceneOptions {
  const options = withRoom(original, 0);
  options.parameters.set(person.parameters);
  options.features.evaluate(person.motion, prediction, options.values, 0);
  options.logMass[0] = logMassAt(options, 0);
  return options;
}

/**
 * A copy with room for `more` rows. A refused row is written before it is known to be refused, so there is one more.
 */
export function withRoom(options: SceneOptions, more: number): SceneOptions {
  const capacity = options.rows + more + 1;
  const columns = options.features.specs.length;
  const grown = (from: Float64Array, width: number) => {
    const to = new Float64Array(capacity * width);
    to.set(from.subarray(0, Math.min(from.length, options.rows * width)));
    return to;
  };
  return {
    ...options,
    parameters: grown(options.parameters, FAMILY_PARAMETERS),
    values: grown(options.values, columns),
    logMass: grown(options.logMass, 1),
    proposals: [...options.proposals],
    refused: [...options.refused],
  };
}

/** Adds the motion with the parameters of row `from` of `parameters` unless the constraints refuse it. */
export function addOption(
  options: SceneOptions,
  parameters: Float64Array,
  from: number,
  motion: Motion,
  prediction: Prediction,
): void {
  const { features, rows } = options;
  let code = refusalAlone(motion, prediction);
  if (code === REFUSED.no) {
    features.evaluate(motion, prediction, options.values, rows * features.specs.length);
    code = refusalAmongOthers(motion, prediction);
  }
  if (code !== REFUSED.no) {
    options.refused[code]!++;
    return;
  }
  const at = from * FAMILY_PARAMETERS;
  options.parameters.set(parameters.subarray(at, at + FAMILY_PARAMETERS), rows * FAMILY_PARAMETERS);
  options.logMass[rows] = logMassAt(options, rows);
  options.rows++;
}

function logMassAt({ parameters, proposals }: SceneOptions, row: number): number {
  return proposals.reduce(
    (sum, { logDraws, logDensity }) => logSum(sum, logDraws + logDensity(parameters, row * FAMILY_PARAMETERS)),
    Number.NEGATIVE_INFINITY,
  );
}

/** log(e^a + e^b). */
export function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** The options of all scenes as choices under the uniform measure. */
export function choicesOf(scenes: readonly SceneOptions[], columns: number): ChoiceData {
  const start = new Int32Array(scenes.length + 1);
  for (const [i, { rows }] of scenes.entries()) start[i + 1] = start[i]! + rows;
  const total = start[scenes.length]!;
  const values = new Float64Array(total * columns);
  const logWeight = new Float64Array(total);
  for (const [i, options] of scenes.entries()) {
    const row = start[i]!;
    values.set(options.values.subarray(0, options.rows * columns), row * columns);
    for (let j = 0; j < options.rows; j++) logWeight[row + j] = -options.logMass[j]!;
  }
  return { scenes: scenes.length, columns, start, values, logWeight };
}
