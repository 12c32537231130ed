import { cos, log, sin } from '../../sim/core/deterministicMath.ts';
import { createRandomStream } from '../../sim/core/randomStream.ts';
import { LONGITUDINAL_PARAMETERS } from '../candidates/longitudinalFamily.ts';
import { lowDiscrepancySteps, writeLowDiscrepancyPoint } from '../candidates/lowDiscrepancy.ts';
import { FAMILY_PARAMETERS, writeFamilyMember } from '../candidates/projection.ts';
import { laneTableOf } from '../features/createPrediction.ts';
import { laneIndexAt } from '../features/laneTable.ts';
import { emptyMotion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';
import { effectiveNumber } from './effectiveOptions.ts';
import { addOption, logSum, type SceneOptions, withRoom } from './sceneOptions.ts';
import { fitTiltedProposal, type TiltedProposal } from './tiltedProposal.ts';

/** Effective number of options (Kish) that is enough in a scene: the partition function is then known within 13 %. */
export const ENOUGH_OPTIONS = 60;
/** Options drawn at a time, and times at most, unless told otherwise. */
export const DRAWS = 50;
export const TIMES_AT_MOST = 6;

/** Options of `followModel`. */
export interface FollowOptions {
  readonly seed: number;
  /** Effective number of options that is enough; 60 unless given. */
  readonly enough?: number;
  /** Options drawn at a time. */
  readonly draws?: number;
  readonly timesAtMost?: number;
}

/**
 * Options of which enough follow the model with the given weights. While the effective number of options is too small,
 * a proposal is fitted to the options so far and more are drawn from it (population Monte Carlo, Cappé et al. 2008):
 * where the model drives as nobody usually does, the draws get there step by step. First options are always drawn
 * further once, because their effective number does not know of motions that none of them is near; scenes whose options
 * follow the model after that stay as they are. What the person did has no part in it.
 * @param weight of every raw feature. Shape: [columns].
 */
export function followModel(
  original: SceneOptions,
  weight: Float64Array,
  { seed, enough = ENOUGH_OPTIONS, draws = DRAWS, timesAtMost = TIMES_AT_MOST }: FollowOptions,
): SceneOptions {
  let options = original;
  let prediction: Prediction | undefined;
  for (let time = 0; time < timesAtMost && options.rows > 1; time++) {
    const level = modelLevels(options, weight);
    if (options.proposals.length > 1 && effectiveNumber(level) >= enough) break;
    prediction ??= options.predict();
    options = drawnFurther(options, followingProposal(options, level), draws, seed, prediction);
  }
  return options;
}

/**
 * Logarithms of importance weight x exp(R) of the alternatives, the person's own motion left out.
 * @param weight of every raw feature. Shape: [columns].
 * @returns Shape: [rows - 1].
 */
export function modelLevels({ features, rows, values, logMass }: SceneOptions, weight: Float64Array): Float64Array {
  const columns = features.specs.length;
  return Float64Array.from({ length: rows - 1 }, (_, i) => {
    const row = i + 1;
    let reward = 0;
    for (let k = 0; k < columns; k++) reward += weight[k]! * values[row * columns + k]!;
    return reward - logMass[row]!;
  });
}

/**
 * A proposal that follows the model in a scene: `fitTiltedProposal` on the alternatives, one normal for each lane of
 * the lateral target.
 * @param level `modelLevels` of the options
 * @throws RangeError without alternatives
 */
export function followingProposal({ scene, rows, parameters }: SceneOptions, level: Float64Array): TiltedProposal {
  const known = rows - 1;
  const lanes = laneTableOf(scene.road);
  const lane = Int32Array.from({ length: known }, (_, i) =>
    laneIndexAt(lanes, scene.ego.s, parameters[(i + 1) * FAMILY_PARAMETERS + LONGITUDINAL_PARAMETERS]!, 0),
  );
  return fitTiltedProposal(parameters.subarray(FAMILY_PARAMETERS), level, lane, known);
}

/** Coordinates of one draw: 8 for the normals, of which one is left over, and one for the component. */
const DIMENSIONS = 9;
const STEPS = lowDiscrepancySteps(DIMENSIONS);
const motion = emptyMotion();

/**
 * The options and `count` draws more from a proposal. All options, wherever they came from, weigh by the mixture of all
 * proposals (balance heuristic, Veach & Guibas 1995; Cornuet et al. 2012).
 */
function drawnFurther(
  original: SceneOptions,
  proposal: TiltedProposal,
  count: number,
  seed: number,
  prediction: Prediction,
): SceneOptions {
  const options = withRoom(original, count);
  const { scene, number, parameters, logMass } = options;
  const mass = Math.log(count);
  options.proposals.push({ logDraws: mass, logDensity: proposal.logDensity });
  for (let row = 0; row < original.rows; row++) {
    logMass[row] = logSum(logMass[row]!, mass + proposal.logDensity(parameters, row * FAMILY_PARAMETERS));
  }

  const stream = createRandomStream(seed + number * 7919, `refinement ${options.proposals.length}`);
  const shift = Float64Array.from({ length: DIMENSIONS }, () => stream.uniform());
  const point = new Float64Array(DIMENSIONS);
  const z = new Float64Array(DIMENSIONS - 1);
  const drawn = new Float64Array(FAMILY_PARAMETERS);
  for (let i = 0; i < count; i++) {
    writeLowDiscrepancyPoint(STEPS, shift, i, point);
    for (let pair = 0; pair < z.length; pair += 2) {
      const radius = Math.sqrt(-2 * log(1 - point[pair]!));
      const angle = 2 * Math.PI * point[pair + 1]!;
      z[pair] = radius * cos(angle);
      z[pair + 1] = radius * sin(angle);
    }
    proposal.draw(z, point[DIMENSIONS - 1]!, drawn, 0);
    writeFamilyMember(scene.ego, drawn, 0, motion, 0);
    addOption(options, drawn, 0, motion, prediction);
  }
  return options;
}
