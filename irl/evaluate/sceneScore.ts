import type { Recording } from '../../recordings/recording.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { largestDistance } from '../candidates/projection.ts';
import { REFUSED, refusal } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { emptyMotion, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { RewardScorer } from '../features/rewardScorer.ts';
import type { SceneEgo } from '../features/scene.ts';
import { demonstratedMotion, sceneAt } from '../features/sceneFromRecording.ts';
import { choiceNll } from '../learn/choiceNll.ts';
import { averageDisplacement, expectedMinOfThree, finalDisplacement } from './displacement.ts';
import { IDM_GRID, idmMobilMotion } from './idmMobilBaseline.ts';
import { MANOEUVRES, type Manoeuvre, manoeuvreOf } from './manoeuvre.ts';
import type { SceneSampler } from './sceneSampler.ts';

/** Open-loop figures of one scene; displacements in metres. */
export interface SceneScore {
  readonly fde1: number;
  readonly minFde3: number;
  readonly ade: number;
  readonly nll: number;
  readonly rank: number;
  readonly constantVelocityFde: number;
  /** One for each entry of IDM_GRID. */
  readonly idmFde: readonly number[];
  readonly randomFde1: number;
  readonly randomMinFde3: number;
  readonly oracleFde1: number;
  readonly projectionError: number;
  /** `nll` of a reward of zero: log(n + 1) with n allowed candidates. */
  readonly zeroNll: number;
  /** What the person did, and what the best candidate is. */
  readonly manoeuvre: { readonly person: Manoeuvre; readonly chosen: Manoeuvre };
  /** What the baselines foretell. */
  readonly foretold: {
    readonly constantVelocity: Manoeuvre;
    /** One for each entry of IDM_GRID. */
    readonly idm: readonly Manoeuvre[];
    /** Chance of each manoeuvre when a candidate is picked at random. Shape: [MANOEUVRES]. */
    readonly random: readonly number[];
    readonly oracle: Manoeuvre;
  };
}

/**
 * Scores one scene. The candidates are drawn as in driving, without knowledge of the person. Undefined when the hard
 * constraints leave none.
 * @param sceneNumber for the scene's own shift of the draws
 */
export function scoreScene(
  recording: Recording,
  tick: number,
  sceneNumber: number,
  sampler: SceneSampler,
  scorer: RewardScorer,
): SceneScore | undefined {
  const scene = sceneAt(recording, tick);
  const recorded = demonstratedMotion(recording, tick);
  const prediction = createPrediction(scene);
  const values = new Float64Array(scorer.names.length);
  const drawn = sampler.draw(scene, sceneNumber);
  const options: { readonly reward: number; readonly motion: Motion; readonly logWeight: number }[] = [];
  for (const [i, motion] of drawn.motions.entries()) {
    scorer.featureSet.evaluate(motion, prediction, values);
    if (refusal(motion, prediction) !== REFUSED.no) continue;
    options.push({ reward: scorer.score(values), motion, logWeight: drawn.logWeight[i]! });
  }
  if (options.length === 0) return undefined;
  const displacements = options.map((option) => finalDisplacement(option.motion, recorded));
  const order = options.map((_, i) => i).sort((a, b) => options[b]!.reward - options[a]!.reward || a - b);
  const best = order[0]!;

  const person = sampler.project(scene.ego, recorded);
  scorer.featureSet.evaluate(person, prediction, values);
  const personal = scorer.score(values);
  const manoeuvres = options.map((option) => manoeuvreOf(option.motion));
  const still = constantVelocity(scene.ego);
  const idm = IDM_GRID.map((parameters) => idmMobilMotion(prediction, parameters));
  const oracle = Math.min(...displacements);
  // One that is liked as much counts half, so that a reward that knows no difference ranks by chance.
  const better = options.reduce(
    (count, { reward }) => count + (reward > personal ? 1 : reward === personal ? 0.5 : 0),
    0,
  );
  return {
    fde1: displacements[best]!,
    minFde3: Math.min(...order.slice(0, 3).map((i) => displacements[i]!)),
    ade: averageDisplacement(options[best]!.motion, recorded),
    nll: choiceNll(
      personal,
      options.map((option) => option.reward),
      options.map((option) => option.logWeight),
    ),
    rank: better / options.length,
    constantVelocityFde: finalDisplacement(still, recorded),
    idmFde: idm.map((motion) => finalDisplacement(motion, recorded)),
    randomFde1: displacements.reduce((sum, value) => sum + value, 0) / displacements.length,
    randomMinFde3: expectedMinOfThree(displacements),
    oracleFde1: oracle,
    projectionError: largestDistance(recorded, person),
    zeroNll: Math.log(options.length + 1),
    manoeuvre: { person: manoeuvreOf(recorded), chosen: manoeuvres[best]! },
    foretold: {
      constantVelocity: manoeuvreOf(still),
      idm: idm.map(manoeuvreOf),
      random: MANOEUVRES.map((one) => manoeuvres.filter((other) => other === one).length / manoeuvres.length),
      oracle: manoeuvres[displacements.indexOf(oracle)]!,
    },
  };
}

function constantVelocity(ego: SceneEgo): Motion {
  const motion = emptyMotion();
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    motion.s[k] = ego.s + ego.sDot * k * TICK_S;
    motion.d[k] = ego.d;
    motion.sDot[k] = ego.sDot;
  }
  return motion;
}
