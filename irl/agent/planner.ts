import type { CandidateGenerator } from '../candidates/candidateGenerator.ts';
import { ADDED_AT_MOST, KEPT_AT_MOST } from '../candidates/candidateGenerator.ts';
import { addMembers, type CandidateSet } from '../candidates/candidateSet.ts';
import { drawNear, LOCAL_DRAWS, writeSteady } from '../candidates/localProposal.ts';
import { FAMILY_PARAMETERS, projectMotion } from '../candidates/projection.ts';
import { refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import type { LaneTable } from '../features/laneTable.ts';
import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';
import { placeInLanes, respond } from '../features/respond.ts';
import type { RewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import { type Decision, FILTER_REASONS } from './decision.ts';
import { copyMotion } from './plannedMotion.ts';
import { distanceShortfall, requiredResponse, type SafeDistanceRule } from './safeDistance.ts';

/** Reward by which another motion must beat the one under way [nat]: people do not change their mind for a hair's breadth. */
const SWITCHING_COST = 0.05;
/**
 * What ending up in a lane that ends costs [nat] where the change should be done, how far before the lane's end that is
 * [m], and the distance over which the cost builds up [m].
 */
const LANE_END_COST = 20;
const LANE_END_RESERVE = 50;
const LANE_END_SIGHT = 400;

/**
 * Rounds in which options near the best one are looked at, by the deviation of their acceleration [m/s²], and how many each
 * time. Without them the best of 300 is a rough likeness of the best there is, and the agent jerks from one to the next.
 */
const REFINEMENTS = [0.5, 0.15] as const;
/** Accelerations that are steadily reached and kept among the options, on the lateral course under way [m/s²]. */
const STEADY = [-5, -3.5, -2.5, -1.8, -1.3, -0.9, -0.6, -0.35, -0.15, 0, 0.15, 0.35, 0.6, 0.9, 1.3, 1.8] as const;

const UNSAFE = FILTER_REASONS.indexOf('unsafe-distance');

/** Chooses motions. What was weighed stays readable until the next choice. */
export interface Planner {
  /** Chooses a motion. `continued` is 1 when the first kept motion continues the plan. */
  choose(scene: Scene, keep: readonly Motion[], continued: number): Motion;
  /** A copy of what the last choice weighed. */
  describe(tick: number): Decision;
}

/** Slack by which the bound of a motion's score must miss the best one, for the rounding of sums in another order [nat]. */
const ROUNDING = 1e-6;

/**
 * One decision: candidates, filter, reward, choice, and the same again for members of the candidate family near the best one.
 * What the others do is worked out only for motions whose own features leave them a chance against the best one so far
 * (branch and bound; Land & Doig 1960), in the order of that bound; the choice is that of weighing all.
 */
export function createPlanner(
  generator: CandidateGenerator,
  scorer: RewardScorer,
  rule: SafeDistanceRule | null,
): Planner {
  const { featureSet, weight, scale } = scorer;
  const columns = scorer.names.length;
  /** What a feature's raw value counts; only for bounds, which have slack for the rounding. */
  const worth = Float64Array.from(weight, (w, f) => w / scale[f]!);
  const capacity = generator.count + KEPT_AT_MOST + ADDED_AT_MOST;
  const values = new Float64Array(capacity * columns);
  const reward = new Float64Array(capacity);
  const refused = new Uint8Array(capacity);
  /** Highest score that a motion can have; -Infinity once it is weighed. */
  const bound = new Float64Array(capacity);
  let set: CandidateSet;
  let prediction: Prediction;
  let response = 0;
  let kept = 0;
  let chosen = -1;
  let plan: Motion;

  const total = (i: number): number => {
    let sum = 0;
    for (let f = 0; f < columns; f++) sum += weight[f]! * (values[i * columns + f]! / scale[f]!);
    return sum;
  };

  /** Family parameters of an option; of one that is no member, those of the nearest. `course`: those of the first kept one. */
  const parametersOf = (scene: Scene, i: number, course: Float64Array): Float64Array => {
    if (i === set.drawn && kept > 0) return course;
    if (i >= set.drawn && i < set.drawn + kept) return projectMotion(scene.ego, set.motions[i]!).parameters;
    return set.parameters.slice(i * FAMILY_PARAMETERS, (i + 1) * FAMILY_PARAMETERS);
  };

  /** Bounds the score of a motion before the others have answered it. */
  const setBound = (i: number, addition: number) => {
    const motion = set.motions[i]!;
    placeInLanes(prediction, motion);
    featureSet.limit(motion, prediction, values, i * columns);
    let sum = addition;
    for (let f = 0; f < columns; f++) {
      const limit = worth[f]! * values[i * columns + f]!;
      if (limit > 0 || featureSet.own[f]) sum += limit;
    }
    bound[i] = sum;
    reward[i] = 0;
  };

  /** Weighs a motion among the others; gives by how much it breaks the safe distance, Infinity when it may not be driven at all. */
  const weigh = (i: number): number => {
    const motion = set.motions[i]!;
    bound[i] = Number.NEGATIVE_INFINITY;
    refused[i] = refusalAlone(motion, prediction);
    if (refused[i] === 0) {
      respond(prediction, motion);
      refused[i] = refusalAmongOthers(motion, prediction);
    }
    if (refused[i] !== 0) {
      values.fill(0, i * columns, (i + 1) * columns);
      return Number.POSITIVE_INFINITY;
    }
    featureSet.measureAmongOthers(motion, prediction, values, i * columns);
    reward[i] = total(i);
    const shortfall = rule ? distanceShortfall(rule, response, motion, prediction) : 0;
    if (shortfall > 0) refused[i] = UNSAFE;
    return shortfall;
  };

  return {
    choose(scene, keep, continued) {
      prediction = createPrediction(scene);
      response = rule ? requiredResponse(rule, scene) : 0;
      set = generator.generate(scene, { keep });
      const { count } = set;
      kept = keep.length;
      const continuation = continued > 0 ? set.drawn : -1;
      const addition = (i: number) =>
        (i === continuation ? SWITCHING_COST : 0) - laneEndCost(scene, prediction.lanes, set.motions[i]!);
      for (let i = 0; i < count; i++) setBound(i, addition(i));
      chosen = -1;
      let best = Number.NEGATIVE_INFINITY;
      let safest = -1;
      let leastShortfall = Number.POSITIVE_INFINITY;
      const search = (from: number, to: number) => {
        const next = () => highest(bound, from, to);
        for (let i = next(); i >= 0 && bound[i]! >= best - ROUNDING; i = next()) {
          const shortfall = weigh(i);
          if (shortfall > 0) {
            if (shortfall < leastShortfall || (shortfall === leastShortfall && i < safest)) {
              leastShortfall = shortfall;
              safest = i;
            }
            continue;
          }
          const score = reward[i]! + addition(i);
          if (score > best || (score === best && i < chosen)) {
            best = score;
            chosen = i;
          }
        }
      };
      const course = projectMotion(scene.ego, set.motions[kept > 0 ? set.drawn : 0]!).parameters;
      addMembers(set, scene.ego, STEADY.length, (n, out, at) => writeSteady(scene.ego, course, STEADY[n]!, out, at));
      for (let i = count; i < set.count; i++) setBound(i, addition(i));
      search(0, set.count);
      for (const spread of REFINEMENTS) {
        const centre = chosen >= 0 ? chosen : safest;
        if (centre < 0) break;
        const from = set.count;
        const near = parametersOf(scene, centre, course);
        addMembers(set, scene.ego, LOCAL_DRAWS, (n, out, at) => drawNear(n, near, spread, out, at));
        for (let i = from; i < set.count; i++) setBound(i, addition(i));
        search(from, set.count);
      }
      const followed = chosen >= 0 ? chosen : leastShortfall < Number.POSITIVE_INFINITY ? safest : count - 1;
      plan = copyMotion(set.motions[followed]!);
      return plan;
    },
    describe(tick) {
      for (let i = 0; i < set.count; i++) if (bound[i]! > Number.NEGATIVE_INFINITY) weigh(i);
      const standardised = Float64Array.from(
        { length: set.count * columns },
        (_, at) => values[at]! / scale[at % columns]!,
      );
      return {
        tick,
        features: scorer.names,
        candidates: set.motions.slice(0, set.count).map(copyMotion),
        values: standardised,
        reward: reward.slice(0, set.count),
        refused: refused.slice(0, set.count),
        chosen,
        plan,
      };
    },
  };
}

/** Index of the largest of the values from `from` up to `to`, the first of equal ones; -1 when all are -Infinity. */
function highest(values: Float64Array, from: number, to: number): number {
  let index = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    if (values[i]! > most) {
      most = values[i]!;
      index = i;
    }
  }
  return index;
}

/**
 * Cost of a motion at whose end the body is still in a lane which itself ends soon [nat]. A reward says how somebody likes
 * to drive, not where the journey goes; without this an agent whose person never merged would wait at the end of the ramp.
 */
function laneEndCost(scene: Scene, lanes: LaneTable, motion: Motion): number {
  const d = motion.d[MOTION_SAMPLES - 1]!;
  const half = scene.ego.width / 2;
  let end = Number.POSITIVE_INFINITY;
  for (let lane = 0; lane < lanes.count; lane++) {
    const inside = d - half < lanes.edge[lane]! && d + half > lanes.edge[lane + 1]!;
    if (inside && scene.ego.s < lanes.to[lane]!) end = Math.min(end, lanes.to[lane]!);
  }
  const left = end - LANE_END_RESERVE - scene.ego.s;
  return left < LANE_END_SIGHT ? LANE_END_COST * (1 - Math.max(0, left) / LANE_END_SIGHT) : 0;
}
