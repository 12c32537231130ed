import { cos, log, sin } from '../../sim/core/deterministicMath.ts';
import { createRandomStream } from '../../sim/core/randomStream.ts';
import type { Motion } from '../features/motion.ts';
import type { Scene } from '../features/scene.ts';
import { type CandidateSet, emptyCandidateSet, writeMember } from './candidateSet.ts';
import { LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';
import { lowDiscrepancySteps, writeLowDiscrepancyPoint } from './lowDiscrepancy.ts';
import { FAMILY_PARAMETERS } from './projection.ts';
import { sceneProposal } from './sceneProposal.ts';

/** Candidates of a scene unless told otherwise. */
export const DEFAULT_CANDIDATES = 300;

/**
 * Motions that one `generate` may be asked to append, and members of the family for which its set has room beyond them.
 */
export const KEPT_AT_MOST = 8;
export const ADDED_AT_MOST = 64;
/** Coordinates of one draw: 6 for normals, then duration, manner and target. */
const DIMENSIONS = 9;
const STEPS = lowDiscrepancySteps(DIMENSIONS);

/** Options of `createCandidateGenerator`. */
export interface GeneratorOptions {
  /** Drawn motions a scene. */
  readonly count?: number;
  /** Any integer. */
  readonly seed?: number;
}

/** Options of one `generate`. */
export interface GenerateOptions {
  /** Writes importance weights under the uniform measure over the family's parameters. */
  readonly weights?: boolean;
  /** Motions to append, such as the continuation of the current plan; at most 8. */
  readonly keep?: readonly Motion[];
  /** Leaves the drawn motions' samples to `writeMember`, for those who look at few of them. */
  readonly unwritten?: boolean;
  /**
   * Number of the scene: each has its own shift of the low-discrepancy points. Driving leaves it 0, so that options do
   * not flicker from one decision to the next.
   */
  readonly scene?: number;
}

/** Draws the alternatives of scenes. */
export interface CandidateGenerator {
  readonly count: number;
  /** @throws RangeError when more than 8 motions are to be kept */
  generate(scene: Scene, options?: GenerateOptions): CandidateSet;
}

/**
 * Generator of candidate motions: quasi-random draws through a proposal of known density (`longitudinalProposal`,
 * `lateralProposal`), deterministic given scene, seed and scene number.
 */
export function createCandidateGenerator(options: GeneratorOptions = {}): CandidateGenerator {
  const count = options.count ?? DEFAULT_CANDIDATES;
  const seed = options.seed ?? 0;
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`candidates: count is ${count}; expected an integer >= 1`);
  const set = emptyCandidateSet(count + KEPT_AT_MOST + ADDED_AT_MOST);
  const shift = new Float64Array(DIMENSIONS);
  const point = new Float64Array(DIMENSIONS);
  /** Normals and uniforms of the present scene number. Shape: [count x DIMENSIONS]. */
  const draws = new Float64Array(count * DIMENSIONS);
  const z = new Float64Array(6);
  let drawnFor = -1;

  /** Box & Muller 1958 on pairs of coordinates. */
  const fillDraws = (sceneNumber: number) => {
    if (drawnFor === sceneNumber) return;
    drawnFor = sceneNumber;
    const stream = createRandomStream(seed + sceneNumber * 7919, 'candidates');
    for (let n = 0; n < DIMENSIONS; n++) shift[n] = stream.uniform();
    for (let i = 0; i < count; i++) {
      writeLowDiscrepancyPoint(STEPS, shift, i, point);
      const row = i * DIMENSIONS;
      for (let pair = 0; pair < 6; pair += 2) {
        const radius = Math.sqrt(-2 * log(1 - point[pair]!));
        const angle = 2 * Math.PI * point[pair + 1]!;
        draws[row + pair] = radius * cos(angle);
        draws[row + pair + 1] = radius * sin(angle);
      }
      for (let n = 6; n < DIMENSIONS; n++) draws[row + n] = point[n]!;
    }
  };

  return {
    count,
    generate(scene, { weights = false, keep = [], unwritten = false, scene: sceneNumber = 0 } = {}) {
      if (keep.length > KEPT_AT_MOST)
        throw new RangeError(`candidates: ${keep.length} motions to keep; at most ${KEPT_AT_MOST}`);
      fillDraws(sceneNumber);
      const { ego } = scene;
      const { along, across, logDensity } = sceneProposal(scene);
      const { parameters } = set;
      for (let i = 0; i < count; i++) {
        const row = i * DIMENSIONS;
        const at = i * FAMILY_PARAMETERS;
        for (let n = 0; n < 6; n++) z[n] = draws[row + n]!;
        const u = draws[row + 6]!;
        along.draw(z, draws[row + 7]!, parameters, at);
        across.draw(z, 4, u, draws[row + 8]!, parameters, at + LONGITUDINAL_PARAMETERS);
        if (!unwritten) writeMember(set, ego, i);
      }
      for (let i = 0; i < count; i++) {
        set.logWeight[i] = weights ? -logDensity(parameters, i * FAMILY_PARAMETERS) : 0;
      }
      set.drawn = count;
      set.count = count + keep.length;
      for (const [i, motion] of keep.entries()) {
        const to = set.motions[count + i]!;
        to.s.set(motion.s);
        to.d.set(motion.d);
        to.sDot.set(motion.sDot);
        to.dDot.set(motion.dDot);
        set.logWeight[count + i] = Number.NEGATIVE_INFINITY;
      }
      return set;
    },
  };
}
