import { createRandomStream, type RandomStream } from '../../sim/core/randomStream.ts';
import { ACCELERATION_PROCESS } from '../candidates/accelerationProcess.ts';
import { createCandidateGenerator } from '../candidates/candidateGenerator.ts';
import { LONGEST_MOVE_S, SHORTEST_MOVE_S } from '../candidates/lateralFamily.ts';
import { LONGITUDINAL_PARAMETERS } from '../candidates/longitudinalFamily.ts';
import { FAMILY_PARAMETERS, type Projection, writeFamilyMember } from '../candidates/projection.ts';
import { REFUSED, refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import type { FeatureSet } from '../features/featureSet.ts';
import { emptyMotion } from '../features/motion.ts';
import type { RewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import { followingProposal, followModel, modelLevels } from '../learn/followModel.ts';
import { drawOptions } from '../learn/sceneOptions.ts';

/**
 * Motions drawn at a time, and times at most, to find where a driver's own distribution lies, before its chain starts.
 */
const SEARCH = { draws: 120, timesAtMost: 12 } as const;
/** Step widths as shares of the spread of people; short and long steps take turns. */
const STEPS = [0.1, 0.3, 1];
const LATERAL_STEP = [0.6, 4, 0.3];

/**
 * A scene in which Boltzmann drivers with different rewards can act; what does not depend on the reward is made once.
 */
export interface BoltzmannScene {
  /**
   * One motion drawn from P(x) ∝ exp(R(x)) over the continuum of the candidate family, within the hard constraints.
   * @param steps steps of the chain after the start
   * @returns undefined when no motion of the pool is allowed
   */
  draw(scorer: RewardScorer, options: { readonly seed: number; readonly steps: number }): Projection | undefined;
}

/**
 * Prepares a scene: a pool of motions drawn from the proposal of driving with their features. A driver's chain starts
 * at a motion of the pool, and of more drawn until they follow its reward (`followModel`), with probability
 * ∝ importance weight x exp(R) (Rubin 1987).
 * It goes on by turns with Metropolis steps in the family's parameters (Metropolis et al. 1953) and with motions drawn
 * independently of the present one, through a proposal fitted to the driver's reward and corrected for its density
 * (Hastings 1970). Both leave P as it is; the second kind makes the chain forget its start in few steps.
 * @param pool motions in the pool
 */
export function createBoltzmannScene(
  scene: Scene,
  featureSet: FeatureSet,
  { pool, seed }: { readonly pool: number; readonly seed: number },
): BoltzmannScene {
  const prediction = createPrediction(scene);
  const motion = emptyMotion();
  const columns = featureSet.specs.length;
  const values = new Float64Array(columns);
  const allowed = (parameters: Float64Array): boolean => {
    const duration = parameters[LONGITUDINAL_PARAMETERS + 1]!;
    if (duration < SHORTEST_MOVE_S || duration > LONGEST_MOVE_S) return false;
    writeFamilyMember(scene.ego, parameters, 0, motion, 0);
    if (refusalAlone(motion, prediction) !== REFUSED.no) return false;
    featureSet.evaluate(motion, prediction, values);
    return refusalAmongOthers(motion, prediction) === REFUSED.no;
  };
  const generator = createCandidateGenerator({ count: pool, seed });
  const drawn = drawOptions(scene, () => prediction, 0, generator, featureSet);

  return {
    draw(scorer, { seed: driverSeed, steps }) {
      if (drawn.rows === 1) return undefined;
      const stream = createRandomStream(driverSeed, 'boltzmann');
      const weight = scorer.weight.map((value, i) => value / scorer.scale[i]!);
      const options = followModel(drawn, weight, { seed: driverSeed, ...SEARCH });
      const level = modelLevels(options, weight);
      const proposal = followingProposal(options, level);
      const start = 1 + drawIndex(level, stream);
      let current = options.parameters.slice(start * FAMILY_PARAMETERS, (start + 1) * FAMILY_PARAMETERS);
      let next = current.slice();
      let reward = scorer.score(options.values, start * columns);
      let density = proposal.logDensity(current, 0);
      for (let step = 0; step < steps; step++) {
        const independent = step % 2 === 0;
        if (independent) {
          for (let i = 0; i < FAMILY_PARAMETERS; i++) z[i] = stream.normal();
          proposal.draw(z, stream.uniform(), next, 0);
        } else {
          next.set(current);
          move(next, STEPS[((step - 1) / 2) % STEPS.length]!, stream);
        }
        const threshold = reward + Math.log(1 - stream.uniform());
        if (!allowed(next)) continue;
        const value = scorer.score(values);
        const nextDensity = proposal.logDensity(next, 0);
        if (threshold < value + (independent ? density - nextDensity : 0)) {
          reward = value;
          density = nextDensity;
          [current, next] = [next, current];
        }
      }
      const chosen = emptyMotion();
      writeFamilyMember(scene.ego, current, 0, chosen, 0);
      return { parameters: current, motion: chosen, error: 0 };
    },
  };
}

/** Index drawn with probability proportional to exp(level). */
function drawIndex(level: Float64Array, stream: RandomStream): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of level) if (value > highest) highest = value;
  let total = 0;
  for (const value of level) total += Math.exp(value - highest);
  let rest = stream.uniform() * total;
  for (const [i, value] of level.entries()) {
    rest -= Math.exp(value - highest);
    if (rest < 0) return i;
  }
  return level.length - 1;
}

const N = LONGITUDINAL_PARAMETERS;
const z = new Float64Array(FAMILY_PARAMETERS);

/** Moves either the longitudinal parameters or one of the lateral ones; as likely as the way back. */
function move(parameters: Float64Array, width: number, stream: RandomStream): void {
  if (stream.uniform() < 0.5) {
    const { factor } = ACCELERATION_PROCESS;
    for (let i = 0; i < N; i++) z[i] = stream.normal();
    for (let i = 0; i < N; i++) for (let j = 0; j <= i; j++) parameters[i]! += width * factor[i * N + j]! * z[j]!;
  } else {
    const i = Math.floor(LATERAL_STEP.length * stream.uniform());
    parameters[N + i]! += width * LATERAL_STEP[i]! * stream.normal();
  }
}
