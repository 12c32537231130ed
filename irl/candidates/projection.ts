import { emptyMotion, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { SceneEgo } from '../features/scene.ts';
import { LATERAL_PARAMETERS, projectLateral, writeLateral } from './lateralFamily.ts';
import { LONGITUDINAL_PARAMETERS, projectLongitudinal, writeLongitudinal } from './longitudinalFamily.ts';

/** Parameters of one member of the candidate family: 4 longitudinal, then 3 lateral. */
export const FAMILY_PARAMETERS = LONGITUDINAL_PARAMETERS + LATERAL_PARAMETERS;

/** A recorded motion's nearest member of the candidate family. */
export interface Projection {
  readonly parameters: Float64Array;
  readonly motion: Motion;
  /** Largest Euclidean distance in (s, d) over the samples [m]. */
  readonly error: number;
}

/** Writes the member of the family with these parameters (from `from` on) as samples from `at` on. */
export function writeFamilyMember(
  ego: SceneEgo,
  parameters: Float64Array,
  from: number,
  motion: Motion,
  at: number,
): void {
  writeLongitudinal(ego, parameters, from, motion.s, motion.sDot, at);
  writeLateral(ego, parameters, from + LONGITUDINAL_PARAMETERS, motion.sDot, motion.d, motion.dDot, at);
}

/**
 * Projects a recorded motion into the candidate family by least squares, so that the person and the alternatives
 * differ in what they do and not in how their motion is written down.
 */
export function projectMotion(ego: SceneEgo, recorded: Motion): Projection {
  const parameters = new Float64Array(FAMILY_PARAMETERS);
  const motion = emptyMotion();
  projectLongitudinal(ego, recorded.s, parameters);
  writeLongitudinal(ego, parameters, 0, motion.s, motion.sDot, 0);
  projectLateral(ego, recorded.d, motion.sDot, parameters.subarray(LONGITUDINAL_PARAMETERS));
  writeFamilyMember(ego, parameters, 0, motion, 0);
  return { parameters, motion, error: largestDistance(recorded, motion) };
}

/** Largest Euclidean distance in (s, d) between two motions [m]. */
export function largestDistance(a: Motion, b: Motion): number {
  let largest = 0;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const ds = a.s[k]! - b.s[k]!;
    const dd = a.d[k]! - b.d[k]!;
    const square = ds * ds + dd * dd;
    if (square > largest) largest = square;
  }
  return Math.sqrt(largest);
}
