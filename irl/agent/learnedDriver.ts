import type { Driver } from '../../sim/core/driver.ts';
import { SUBSTEPS_PER_TICK } from '../../sim/core/time.ts';
import type { World } from '../../sim/core/world.ts';
import {
  type CandidateGenerator,
  createCandidateGenerator,
  DEFAULT_CANDIDATES,
  KEPT_AT_MOST,
} from '../candidates/candidateGenerator.ts';
import type { CandidateSet } from '../candidates/candidateSet.ts';
import { refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import type { LaneTable } from '../features/laneTable.ts';
import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';
import { placeInLanes, respond } from '../features/respond.ts';
import type { Reward } from '../features/reward.ts';
import { createRewardScorer, type RewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import { sceneFromWorld } from '../features/sceneFromWorld.ts';
import { type Decision, FILTER_REASONS } from './decision.ts';
import { brakingMotion, continuePlan, copyMotion, referenceAt } from './plannedMotion.ts';
import { distanceShortfall, EMERGENCY_RSS, requiredResponse, type SafeDistanceRule } from './safeDistance.ts';
import { type Reference, trackReference } from './trackingController.ts';

/** Options of the learned driver. */
export interface LearnedDriverOptions {
  /** Ticks between two decisions; 2 is 5 Hz. */
  readonly replanTicks?: number;
  /** Candidates drawn for each decision. */
  readonly candidates?: number;
  /** Seed of the candidates' low-discrepancy points. */
  readonly seed?: number;
  /** Distances that are kept whatever the reward says; null switches them off. */
  readonly safeDistance?: SafeDistanceRule | null;
}

/** The receding-horizon agent: a driver that acts under a learned reward. */
export interface LearnedDriver extends Driver {
  /** What was weighed at the last decision; null before the first. */
  readonly decision: Decision | null;
  /** Acts under another reward from the next decision on. */
  setReward(reward: Reward): void;
}

/** The plan is followed from where it is, unless the car has strayed from it this far [m] along and across. */
const STRAY_ALONG = 1.5;
const STRAY_ACROSS = 0.4;
/** Reward by which another motion must beat the one under way [nat]: people do not change their mind for a hair's breadth. */
const SWITCHING_COST = 0.05;
/** Decelerations of the minimum-risk manoeuvres that are always among the options [m/s²]. */
const EMERGENCY_BRAKING = [2.5, 5, 7.4] as const;
/** Lateral distance to go from which the agent indicates [m]. */
const INDICATING_OFFSET = 1;

/**
 * What ending up in a lane that ends costs [nat] where the change should be done, how far before the lane's end that is
 * [m], and the distance over which the cost builds up [m].
 */
const LANE_END_COST = 20;
const LANE_END_RESERVE = 50;
const LANE_END_SIGHT = 400;

const UNSAFE = FILTER_REASONS.indexOf('unsafe-distance');

/**
 * Drives under a learned reward: every `replanTicks` it draws candidates, refuses those that the tyres, the road, a
 * collision or the safe distance forbid, and follows the best of the rest. It leaves lanes that end. When nothing passes, it takes the collision-free
 * motion with the least shortfall of distance, and when there is none, brakes in its lane.
 * @throws RangeError when the reward names a feature that does not exist
 */
export function createLearnedDriver(reward: Reward, options: LearnedDriverOptions = {}): LearnedDriver {
  const { replanTicks = 2, candidates = DEFAULT_CANDIDATES, seed = 0, safeDistance = EMERGENCY_RSS } = options;
  const generator: CandidateGenerator = createCandidateGenerator({ count: candidates, seed });
  let planner = createPlanner(generator, createRewardScorer(reward), safeDistance);
  let plan: Motion | null = null;
  let planTick = 0;
  let decision: Decision | null = null;
  const reference: Reference = { s: 0, d: 0, sDot: 0, dDot: 0, sDdot: 0, dDdot: 0 };

  const startOfPlan = (world: World): { readonly start: Reference; readonly keep: Motion[] } => {
    const { ego } = world;
    const measured: Reference = { s: ego.s, d: ego.d, sDot: ego.sDot, dDot: ego.dDot, sDdot: ego.ax, dDdot: 0 };
    if (!plan) return { start: measured, keep: [] };
    const start: Reference = { ...measured };
    const elapsed = world.tick - planTick;
    referenceAt(plan, elapsed, start);
    const strayed = Math.abs(start.s - ego.s) > STRAY_ALONG || Math.abs(start.d - ego.d) > STRAY_ACROSS;
    return strayed ? { start: measured, keep: [] } : { start, keep: [continuePlan(plan, elapsed)] };
  };

  return {
    name: `learned:${reward.name}`,
    get decision() {
      // Copied when somebody looks: most decisions of a rollout are never looked at.
      if (!decision && plan) decision = planner.describe(planTick);
      return decision;
    },
    setReward(next) {
      const scorer = createRewardScorer(next);
      if (!decision && plan) decision = planner.describe(planTick);
      planner = createPlanner(generator, scorer, safeDistance);
    },
    start() {
      plan = null;
      decision = null;
    },
    command(world, out) {
      if (world.substep === 0 && (!plan || world.tick - planTick >= replanTicks)) {
        const { start, keep } = startOfPlan(world);
        const scene = sceneAtPlan(world, start);
        const options = [...keep, ...EMERGENCY_BRAKING.map((braking) => brakingMotion(start, braking))];
        plan = planner.choose(scene, options, keep.length);
        decision = null;
        planTick = world.tick;
      }
      const elapsed = world.tick - planTick + world.substep / SUBSTEPS_PER_TICK;
      referenceAt(plan!, elapsed, reference);
      trackReference(reference, 1, world.ego, world.road, world.car, out);
      const toGo = plan!.d[MOTION_SAMPLES - 1]! - world.ego.d;
      out.indicator = Math.abs(toGo) > INDICATING_OFFSET ? Math.sign(toGo) : 0;
    },
  };
}

/** The scene with the ego where its plan has it, so that successive plans join smoothly. */
function sceneAtPlan(world: World, start: Reference): Scene {
  const scene = sceneFromWorld(world, start.sDdot, start.dDdot);
  return { ...scene, ego: { ...scene.ego, s: start.s, d: start.d, sDot: Math.max(0, start.sDot), dDot: start.dDot } };
}

/** Chooses motions. What was weighed stays readable until the next choice. */
interface Planner {
  /** Chooses a motion. `continued` is 1 when the first kept motion continues the plan. */
  choose(scene: Scene, keep: readonly Motion[], continued: number): Motion;
  /** A copy of what the last choice weighed. */
  describe(tick: number): Decision;
}

/** Slack by which the bound of a motion's score must miss the best one, for the rounding of sums in another order [nat]. */
const ROUNDING = 1e-6;

/**
 * One decision: candidates, filter, reward, choice. What the others do is worked out only for motions whose own features
 * leave them a chance against the best one so far (branch and bound; Land & Doig 1960), in the order of that bound; the
 * choice is that of weighing all.
 */
function createPlanner(generator: CandidateGenerator, scorer: RewardScorer, rule: SafeDistanceRule | null): Planner {
  const { featureSet, weight, scale } = scorer;
  const columns = scorer.names.length;
  const capacity = generator.count + KEPT_AT_MOST;
  const values = new Float64Array(capacity * columns);
  const reward = new Float64Array(capacity);
  const refused = new Uint8Array(capacity);
  /** Highest score that a motion can have; -Infinity once it is weighed. */
  const bound = new Float64Array(capacity);
  let set: CandidateSet;
  let prediction: Prediction;
  let response = 0;
  let chosen = -1;
  let plan: Motion;

  const total = (i: number): number => {
    let sum = 0;
    for (let f = 0; f < columns; f++) sum += weight[f]! * (values[i * columns + f]! / scale[f]!);
    return sum;
  };

  /** Bounds the score of a motion before the others have answered it. */
  const setBound = (i: number, addition: number) => {
    const motion = set.motions[i]!;
    placeInLanes(prediction, motion);
    featureSet.limit(motion, prediction, values, i * columns);
    let sum = addition;
    for (let f = 0; f < columns; f++) {
      const limit = weight[f]! * (values[i * columns + f]! / scale[f]!);
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
      const continuation = continued > 0 ? set.drawn : -1;
      const addition = (i: number) =>
        (i === continuation ? SWITCHING_COST : 0) - laneEndCost(scene, prediction.lanes, set.motions[i]!);
      for (let i = 0; i < count; i++) setBound(i, addition(i));
      chosen = -1;
      let best = Number.NEGATIVE_INFINITY;
      let safest = -1;
      let leastShortfall = Number.POSITIVE_INFINITY;
      for (let i = highest(bound, count); i >= 0 && bound[i]! >= best - ROUNDING; i = highest(bound, count)) {
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

/** Index of the largest value of the first `count`, the first of equal ones; -1 when all are -Infinity. */
function highest(values: Float64Array, count: number): number {
  let index = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
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
