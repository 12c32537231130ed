import { cos, log, sin } from '../../sim/core/deterministicMath.ts';
import { createRandomStream } from '../../sim/core/randomStream.ts';
import { laneTableOf } from '../features/createPrediction.ts';
import { type LaneTable, laneIndexAt } from '../features/laneTable.ts';
import type { Motion } from '../features/motion.ts';
import type { Scene } from '../features/scene.ts';
import { type CandidateSet, emptyCandidateSet } from './candidateSet.ts';
import { drawLateralAround, lateralProposal, logDensityLateralAround } from './lateralProposal.ts';
import { LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';
import { drawAround, LOCAL_SPREAD, logDensityAround, longitudinalProposal } from './longitudinalProposal.ts';
import { lowDiscrepancySteps, writeLowDiscrepancyPoint } from './lowDiscrepancy.ts';
import { FAMILY_PARAMETERS, type Projection, writeFamilyMember } from './projection.ts';

/** Share of the candidates drawn around the person when learning. */
export const LOCAL_SHARE = 0.4;
/** Candidates of a scene unless told otherwise. */
export const DEFAULT_CANDIDATES = 300;

/** Motions that one `generate` may be asked to append. */
export const KEPT_AT_MOST = 8;
/** Coordinates of one draw: 6 for normals, then duration, manner and target. */
const DIMENSIONS = 9;
const STEPS = lowDiscrepancySteps(DIMENSIONS);

/**
 * Base measure of the learned distribution over the family's parameters. `uniform`: P(x) ∝ exp(R(x)) dx, importance
 * weights 1/q (Finn et al. 2016). `proposal`: P(x) ∝ q0(x) exp(R(x)) dx with q0 the proposal of driving, weights q0/q
 * (relative entropy, Boularias et al. 2011).
 */
export type BaseMeasure = 'uniform' | 'proposal';

/** Options of `createCandidateGenerator`. */
export interface GeneratorOptions {
  /** Drawn motions a scene. */
  readonly count?: number;
  /** Any integer. */
  readonly seed?: number;
  readonly measure?: BaseMeasure;
}

/** Options of one `generate`. */
export interface GenerateOptions {
  /** The person's motion in the family: a share of the draws is made around it. Learning only. */
  readonly person?: Projection;
  /** Writes importance weights although there is no person. */
  readonly weights?: boolean;
  /** Motions to append, such as the continuation of the current plan; at most 8. */
  readonly keep?: readonly Motion[];
  /** Number of the scene: each has its own shift of the low-discrepancy points. Driving leaves it 0, so that options do not flicker from one decision to the next. */
  readonly scene?: number;
}

/** Draws the alternatives of scenes. */
export interface CandidateGenerator {
  readonly count: number;
  /** @throws RangeError when more than 8 motions are to be kept */
  generate(scene: Scene, options?: GenerateOptions): CandidateSet;
  /** Natural logarithm of the importance weight of the person's own motion in the last set made with `person` or `weights`. */
  logWeightOf(projection: Projection): number;
}

/**
 * Generator of candidate motions: quasi-random draws through a proposal of known density (`longitudinalProposal`,
 * `lateralProposal`), deterministic given scene, seed and scene number.
 *
 * With the person given the density is the mixture q = (1 - α) q0 + α q_person, and every draw, wherever it came from,
 * weighs 1/q (balance heuristic, Veach & Guibas 1995).
 */
export function createCandidateGenerator(options: GeneratorOptions = {}): CandidateGenerator {
  const count = options.count ?? DEFAULT_CANDIDATES;
  const seed = options.seed ?? 0;
  const measure = options.measure ?? 'uniform';
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`candidates: count is ${count}; expected an integer >= 1`);
  const set = emptyCandidateSet(count + KEPT_AT_MOST);
  const shift = new Float64Array(DIMENSIONS);
  const point = new Float64Array(DIMENSIONS);
  /** Normals and uniforms of the present scene number. Shape: [count x DIMENSIONS]. */
  const draws = new Float64Array(count * DIMENSIONS);
  const z = new Float64Array(6);
  let drawnFor = -1;
  let weigh: (parameters: Float64Array, at: number) => number = () => 0;

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
    generate(scene, { person, weights = person !== undefined, keep = [], scene: sceneNumber = 0 } = {}) {
      if (keep.length > KEPT_AT_MOST)
        throw new RangeError(`candidates: ${keep.length} motions to keep; at most ${KEPT_AT_MOST}`);
      fillDraws(sceneNumber);
      const lanes: LaneTable = laneTableOf(scene.road);
      const { ego } = scene;
      const limit = lanes.limit[laneIndexAt(lanes, ego.s, ego.d, 0)]!;
      const along = longitudinalProposal(ego, limit);
      const across = lateralProposal(ego, lanes);
      const local = person === undefined ? 0 : Math.round(LOCAL_SHARE * count);
      const { parameters, columns } = set;
      for (let i = 0; i < count; i++) {
        const row = i * DIMENSIONS;
        const at = i * FAMILY_PARAMETERS;
        for (let n = 0; n < 6; n++) z[n] = draws[row + n]!;
        const u = draws[row + 6]!;
        // Interleaved, because neighbours in the sequence fill space together.
        const nearPerson =
          person !== undefined && Math.floor(((i + 1) * local) / count) > Math.floor((i * local) / count);
        if (nearPerson) {
          drawAround(person.parameters, 0, LOCAL_SPREAD, z, parameters, at);
          drawLateralAround(
            person.parameters,
            LONGITUDINAL_PARAMETERS,
            z,
            4,
            u,
            parameters,
            at + LONGITUDINAL_PARAMETERS,
          );
        } else {
          along.draw(z, draws[row + 7]!, parameters, at);
          across.draw(z, 4, u, draws[row + 8]!, parameters, at + LONGITUDINAL_PARAMETERS);
        }
        writeFamilyMember(ego, parameters, at, columns, i * set.motions[0]!.s.length);
      }
      if (weights) {
        const share = local / count;
        weigh = (values, at) => {
          const global = along.logDensity(values, at) + across.logDensity(values, at + LONGITUDINAL_PARAMETERS);
          let density = (1 - share) * Math.exp(global);
          if (person !== undefined) {
            density +=
              share *
              Math.exp(
                logDensityAround(person.parameters, 0, LOCAL_SPREAD, values, at) +
                  logDensityLateralAround(
                    person.parameters,
                    LONGITUDINAL_PARAMETERS,
                    values,
                    at + LONGITUDINAL_PARAMETERS,
                  ),
              );
          }
          return (measure === 'proposal' ? global : 0) - Math.log(density);
        };
        for (let i = 0; i < count; i++) set.logWeight[i] = weigh(parameters, i * FAMILY_PARAMETERS);
      } else {
        set.logWeight.fill(0, 0, count);
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
    logWeightOf: (projection) => weigh(projection.parameters, 0),
  };
}
