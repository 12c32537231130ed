import { createRandomStream } from '../../sim/core/randomStream.ts';
import { ACCELERATION_PROCESS } from '../candidates/accelerationProcess.ts';
import { createCandidateGenerator } from '../candidates/candidateGenerator.ts';
import { LONGEST_MOVE_S, SHORTEST_MOVE_S } from '../candidates/lateralFamily.ts';
import { LONGITUDINAL_PARAMETERS } from '../candidates/longitudinalFamily.ts';
import { FAMILY_PARAMETERS, type Projection, writeFamilyMember } from '../candidates/projection.ts';
import { REFUSED, refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { emptyMotion } from '../features/motion.ts';
import type { RewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';

/** Step widths as shares of the spread of people; short and long steps take turns. */
const STEPS = [0.1, 0.3, 1];
const LATERAL_STEP = [0.6, 4, 0.3];

/** Options of `boltzmannMotion`. */
export interface BoltzmannOptions {
  readonly seed?: number;
  /** Steps of the chain. */
  readonly steps?: number;
}

/**
 * One motion drawn from P(x) ∝ exp(R(x)) over the continuum of the candidate family, within the hard constraints: the
 * driver that maximum-entropy learning assumes. Metropolis et al. 1953 in the family's parameters; the proposal and
 * importance weights of the learner have no part in it, so that learners can be tested with it.
 * @returns undefined when no motion of a first sample is allowed
 */
export function boltzmannMotion(
  scene: Scene,
  scorer: RewardScorer,
  { seed = 0, steps = 1500 }: BoltzmannOptions = {},
): Projection | undefined {
  const stream = createRandomStream(seed, 'boltzmann');
  const prediction = createPrediction(scene);
  const motion = emptyMotion();
  const values = new Float64Array(scorer.names.length);
  const reward = (parameters: Float64Array): number => {
    const duration = parameters[LONGITUDINAL_PARAMETERS + 1]!;
    if (duration < SHORTEST_MOVE_S || duration > LONGEST_MOVE_S) return Number.NEGATIVE_INFINITY;
    writeFamilyMember(scene.ego, parameters, 0, motion, 0);
    if (refusalAlone(motion, prediction) !== REFUSED.no) return Number.NEGATIVE_INFINITY;
    scorer.featureSet.evaluate(motion, prediction, values);
    if (refusalAmongOthers(motion, prediction) !== REFUSED.no) return Number.NEGATIVE_INFINITY;
    return scorer.score(values);
  };

  const first = createCandidateGenerator({ count: 100, seed }).generate(scene);
  let current = new Float64Array(FAMILY_PARAMETERS);
  let level = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < first.count; i++) {
    const start = first.parameters.slice(i * FAMILY_PARAMETERS, (i + 1) * FAMILY_PARAMETERS);
    const value = reward(start);
    if (value > level) {
      level = value;
      current = start;
    }
  }
  if (level === Number.NEGATIVE_INFINITY) return undefined;

  const { factor } = ACCELERATION_PROCESS;
  const n = LONGITUDINAL_PARAMETERS;
  const z = new Float64Array(n);
  for (let step = 0; step < steps; step++) {
    const next = current.slice();
    const width = STEPS[step % STEPS.length]!;
    if (stream.uniform() < 0.5) {
      for (let i = 0; i < n; i++) z[i] = stream.normal();
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) next[i]! += width * factor[i * n + j]! * z[j]!;
    } else {
      const i = Math.floor(3 * stream.uniform());
      next[n + i]! += width * LATERAL_STEP[i]! * stream.normal();
    }
    const value = reward(next);
    if (Math.log(1 - stream.uniform()) < value - level) {
      level = value;
      current = next;
    }
  }
  const chosen = emptyMotion();
  writeFamilyMember(scene.ego, current, 0, chosen, 0);
  return { parameters: current, motion: chosen, error: 0 };
}
