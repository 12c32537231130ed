import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { SceneEgo } from '../features/scene.ts';
import { FAMILY_PARAMETERS, writeFamilyMember } from './projection.ts';

/**
 * Alternatives of one scene. Motions are views into flat columns, so a set is written without allocating; the set
 * belongs to its generator and is overwritten by the next `generate`.
 */
export interface CandidateSet {
  /**
   * Motions in use: drawn ones first, then those kept from the current plan, then members of the family that were
   * added.
   */
  count: number;
  /** How many of them were drawn. */
  drawn: number;
  readonly motions: readonly Motion[];
  /** Family parameters of the drawn and added motions. Shape: [capacity x FAMILY_PARAMETERS], row-major. */
  readonly parameters: Float64Array;
  /**
   * Natural logarithm of the importance weight of each drawn motion under the uniform measure, up to one constant for
   * the scene; -Infinity for all others, which are options and no sample. Written when `weights` are asked for, else 0.
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

/**
 * Adds members of the candidate family to a set, by their parameters: samples are written by `writeMember`.
 * @param write writes the family parameters of the n-th of them to `out` from `at` on
 * @throws RangeError when the set has no room for them
 */
export function addMembers(
  set: CandidateSet,
  added: number,
  write: (n: number, out: Float64Array, at: number) => void,
): void {
  if (set.count + added > set.motions.length) {
    throw new RangeError(
      `candidates: ${added} motions to add to ${set.count}; the set has room for ${set.motions.length}`,
    );
  }
  for (let n = 0; n < added; n++) {
    write(n, set.parameters, (set.count + n) * FAMILY_PARAMETERS);
    set.logWeight[set.count + n] = Number.NEGATIVE_INFINITY;
  }
  set.count += added;
}

/** Writes the samples of a drawn or added motion from its parameters. */
export function writeMember({ parameters, columns }: CandidateSet, ego: SceneEgo, i: number): void {
  writeFamilyMember(ego, parameters, i * FAMILY_PARAMETERS, columns, i * MOTION_SAMPLES);
}
