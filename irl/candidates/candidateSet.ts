import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import { FAMILY_PARAMETERS } from './projection.ts';

/**
 * Alternatives of one scene. Motions are views into flat columns, so a set is written without allocating; the set
 * belongs to its generator and is overwritten by the next `generate`.
 */
export interface CandidateSet {
  /** Motions in use: drawn ones first, then those kept from the current plan. */
  count: number;
  /** How many of them were drawn. */
  drawn: number;
  readonly motions: readonly Motion[];
  /** Family parameters of the drawn motions. Shape: [capacity x FAMILY_PARAMETERS], row-major. */
  readonly parameters: Float64Array;
  /**
   * Natural logarithm of the importance weight of each drawn motion under the uniform measure, up to one constant for
   * the scene; -Infinity for kept ones, which are options and no sample. Written when `weights` are asked for, else 0.
   * Shape: [capacity].
   */
  readonly logWeight: Float64Array;
  /** Flat columns behind the motions. Shapes: [capacity x MOTION_SAMPLES]. */
  readonly columns: Motion;
}

/** A set with room for `capacity` motions. */
export function emptyCandidateSet(capacity: number): CandidateSet {
  const column = () => new Float64Array(capacity * MOTION_SAMPLES);
  const columns = { s: column(), d: column(), sDot: column(), dDot: column() };
  const motions = Array.from({ length: capacity }, (_, i) => {
    const view = (data: Float64Array) => data.subarray(i * MOTION_SAMPLES, (i + 1) * MOTION_SAMPLES);
    return { s: view(columns.s), d: view(columns.d), sDot: view(columns.sDot), dDot: view(columns.dDot) };
  });
  return {
    count: 0,
    drawn: 0,
    motions,
    parameters: new Float64Array(capacity * FAMILY_PARAMETERS),
    logWeight: new Float64Array(capacity),
    columns,
  };
}
