import type { CandidateGenerator } from '../candidates/candidateGenerator.ts';
import { ADDED_AT_MOST, KEPT_AT_MOST } from '../candidates/candidateGenerator.ts';
import { addMembers, type CandidateSet, writeMember } from '../candidates/candidateSet.ts';
import { drawNear, LOCAL_DRAWS, writeSteady } from '../candidates/localProposal.ts';
import { limitMember } from '../candidates/memberLimits.ts';
import { FAMILY_PARAMETERS, projectMotion } from '../candidates/projection.ts';
import { FILTER_REASONS, refusalAlone, refusalAmongOthers } from '../candidates/refusal.ts';
import { createPrediction } from '../features/createPrediction.ts';
import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import { emptyMotionLimits, LIMITS_SLACK } from '../features/motionLimits.ts';
import type { Prediction } from '../features/prediction.ts';
import { placeInLanes, respond } from '../features/respond.ts';
import type { RewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import type { Decision } from './decision.ts';
import { laneEndCost, leadOffCost } from './laneEndCost.ts';
import { copyMotion } from './plannedMotion.ts';
import { distanceShortfall, requiredResponse, type SafeDistanceRule } from './safeDistance.ts';

/**
 * Reward by which another motion must beat the one under way [nat]: people do not change their mind for a hair's
 * breadth.
 */
export const SWITCHING_COST = 0.05;

/**
 * Rounds in which options near the best one are looked at, by the deviation of their acceleration [m/s²], and how many
 * each time. Without them the best of 300 is a rough likeness of the best there is, and the agent jerks from one to the
 * next.
 */
const REFINEMENTS = [0.5, 0.15] as const;
/** Accelerations that are steadily reached and kept among the options, on the lateral course under way [m/s²]. */
const STEADY = [-5, -3.5, -2.5, -1.8, -1.3, -0.9, -0.6, -0.35, -0.15, 0, 0.15, 0.35, 0.6, 0.9, 1.3, 1.8] as const;

const UNSAFE = FILTER_REASONS.indexOf('unsafe-distance');

/**
 * Slack by which the bound of a motion's score must miss the best one, for the rounding of sums in another order [nat].
 */
const ROUNDING = 1e-6;

/** What the bound of an option is made of: its parameters, its own samples, or its neighbours too. */
const PARAMETERS = 0;
const SAMPLES = 1;
const NEIGHBOURS = 2;

const limits = emptyMotionLimits();

/** Chooses motions. What was weighed stays readable until the next choice. */
export interface Planner {
  /** Chooses a motion. `continued` is 1 when the first kept motion continues the plan. */
  choose(scene: Scene, keep: readonly Motion[], continued: number): Motion;
  /** A copy of what the last choice weighed. */
  describe(tick: number): Decision;
}

/**
 * The options of one choice and what is known of them. Columns have a row for every option the set has room for.
 * Functions of the module work on it, and not closures: engines compile the former once, the latter anew for every
 * planner.
 */
interface Options {
  readonly scorer: RewardScorer;
  readonly rule: SafeDistanceRule | null;
  /** What a feature's raw value counts; only for bounds, which have slack for the rounding. Shape: [features]. */
  readonly worth: Float64Array;
  readonly set: CandidateSet;
  readonly prediction: Prediction;
  /** `requiredResponse` of the scene [m/s²]. */
  readonly response: number;
  /** How many of the plan and its alternatives were kept, and the one that continues the plan, or -1. */
  readonly kept: number;
  readonly continuation: number;
  readonly columns: OptionColumns;
  /** The best of those that may be driven, or -1, and its score. */
  chosen: number;
  best: number;
  /** The one that breaks the safe distance least of those that do, or -1, and by how much. */
  safest: number;
  leastShortfall: number;
}

/** Shapes: [options], or [options x features]. */
interface OptionColumns {
  /** Feature values; the least they can be until an option is weighed. */
  readonly values: Float64Array;
  /** The largest they can be. */
  readonly most: Float64Array;
  readonly reward: Float64Array;
  /** What counts besides the reward: the bonus of the plan under way less the cost of a lane's end [nat]. */
  readonly addition: Float64Array;
  readonly refused: Uint8Array;
  /** How much the bound knows: PARAMETERS, SAMPLES or NEIGHBOURS. */
  readonly known: Uint8Array;
  /** Highest score that a motion can have; -Infinity once it is weighed. */
  readonly bound: Float64Array;
}

/**
 * One decision: candidates, filter, reward, choice, and the same again for members of the candidate family near the
 * best one. The plan under way is weighed first; of the rest, what the others do is worked out only for motions whose
 * own features leave them a chance against the best one so far (branch and bound; Land & Doig 1960), in the order of
 * that bound. The choice is that of weighing all.
 */
export function createPlanner(
  generator: CandidateGenerator,
  scorer: RewardScorer,
  rule: SafeDistanceRule | null,
): Planner {
  const columns = optionColumns(generator.count + KEPT_AT_MOST + ADDED_AT_MOST, scorer.names.length);
  const worth = Float64Array.from(scorer.weight, (weight, f) => weight / scorer.scale[f]!);
  let options: Options;
  let plan: Motion;
  return {
    choose(scene, keep, continued) {
      const set = generator.generate(scene, { keep, unwritten: true });
      options = {
        scorer,
        rule,
        worth,
        set,
        prediction: createPrediction(scene),
        response: rule ? requiredResponse(rule, scene) : 0,
        kept: keep.length,
        continuation: continued > 0 ? set.drawn : -1,
        columns,
        chosen: -1,
        best: Number.NEGATIVE_INFINITY,
        safest: -1,
        leastShortfall: Number.POSITIVE_INFINITY,
      };
      plan = copyMotion(set.motions[chooseOption(options)]!);
      return plan;
    },
    describe: (tick) => describeOptions(options, plan, tick),
  };
}

function optionColumns(options: number, features: number): OptionColumns {
  return {
    values: new Float64Array(options * features),
    most: new Float64Array(options * features),
    reward: new Float64Array(options),
    addition: new Float64Array(options),
    refused: new Uint8Array(options),
    known: new Uint8Array(options),
    bound: new Float64Array(options),
  };
}

/** Index of the option to follow. */
function chooseOption(options: Options): number {
  const { set, prediction, kept } = options;
  const { ego } = prediction.scene;
  const lastKept = set.count - 1;
  if (kept === 0) writeMember(set, ego, 0);
  const course = projectMotion(ego, set.motions[kept > 0 ? set.drawn : 0]!).parameters;
  addMembers(set, STEADY.length, (n, out, at) => writeSteady(ego, course, STEADY[n]!, out, at));
  search(options, 0);
  for (const spread of REFINEMENTS) {
    const centre = options.chosen >= 0 ? options.chosen : options.safest;
    if (centre < 0) break;
    const from = set.count;
    const near = parametersOf(options, centre, course);
    addMembers(set, LOCAL_DRAWS, (n, out, at) => drawNear(n, near, spread, out, at));
    search(options, from);
  }
  return options.chosen >= 0 ? options.chosen : options.safest >= 0 ? options.safest : lastKept;
}

/**
 * Family parameters of an option; of one that is no member, those of the nearest. `course`: those of the first kept
 * one.
 */
function parametersOf({ set, prediction, kept }: Options, i: number, course: Float64Array): Float64Array {
  if (i === set.drawn && kept > 0) return course;
  if (i >= set.drawn && i < set.drawn + kept) return projectMotion(prediction.scene.ego, set.motions[i]!).parameters;
  return set.parameters.slice(i * FAMILY_PARAMETERS, (i + 1) * FAMILY_PARAMETERS);
}

/** Looks for the best option among those from `from` on. */
function search(options: Options, from: number): void {
  const { bound, known } = options.columns;
  const to = options.set.count;
  for (let i = from; i < to; i++) boundUnwritten(options, i);
  // The plan under way is hard to beat, and the sooner there is something to beat the less is worked out of the rest.
  if (options.continuation >= from) {
    boundWritten(options, options.continuation);
    consider(options, options.continuation);
  }
  for (;;) {
    const i = highest(bound, from, to);
    if (i < 0 || bound[i]! < options.best - ROUNDING) return;
    if (known[i] !== NEIGHBOURS) {
      if (known[i] === PARAMETERS) boundWritten(options, i);
      else boundAmongNeighbours(options, i);
      continue;
    }
    consider(options, i);
  }
}

/** Weighs an option and remembers it if it is the best so far, or the safest. */
function consider(options: Options, i: number): void {
  const { reward, addition } = options.columns;
  const shortfall = weigh(options, i);
  if (shortfall > 0) {
    if (shortfall < options.leastShortfall || (shortfall === options.leastShortfall && i < options.safest)) {
      options.leastShortfall = shortfall;
      options.safest = i;
    }
    return;
  }
  const score = reward[i]! + addition[i]!;
  if (score > options.best || (score === options.best && i < options.chosen)) {
    options.best = score;
    options.chosen = i;
  }
}

/** Whether an option is a member of the candidate family, given by its parameters. */
function isMember({ set, kept }: Options, i: number): boolean {
  return i < set.drawn || i >= set.drawn + kept;
}

/** Bounds the score of an option before its samples are written. */
function boundUnwritten(options: Options, i: number): void {
  const { scorer, set, prediction, columns } = options;
  const { values, most, bound, known, reward } = columns;
  reward[i] = 0;
  known[i] = PARAMETERS;
  bound[i] = Number.POSITIVE_INFINITY;
  if (!isMember(options, i)) return;
  const { scene, lanes } = prediction;
  limitMember(scene.ego, set.parameters, i * FAMILY_PARAMETERS, limits);
  scorer.featureSet.limitUnwritten(limits, prediction, values, most, i * scorer.weight.length);
  const { endD } = limits;
  const atEnd = Math.min(
    laneEndCost(scene, lanes, endD - LIMITS_SLACK),
    laneEndCost(scene, lanes, endD + LIMITS_SLACK),
  );
  bound[i] = highestReward(options, i) - atEnd;
}

/** Writes the samples of an option and bounds its score before the others have answered it. */
function boundWritten(options: Options, i: number): void {
  const { scorer, set, prediction, continuation, columns } = options;
  const { values, most, addition, bound, known } = columns;
  const { scene, lanes } = prediction;
  const motion = set.motions[i]!;
  known[i] = SAMPLES;
  if (isMember(options, i)) writeMember(set, scene.ego, i);
  const bonus = i === continuation ? SWITCHING_COST : 0;
  const endD = motion.d[MOTION_SAMPLES - 1]!;
  const endS = motion.s[MOTION_SAMPLES - 1]!;
  addition[i] = bonus - laneEndCost(scene, lanes, endD) - leadOffCost(scene, lanes, endS, endD);
  placeInLanes(prediction, motion);
  scorer.featureSet.limit(motion, prediction, values, most, i * scorer.weight.length);
  bound[i] = highestReward(options, i) + addition[i]!;
}

/** Lowers the bound by what is certain of leaders and followers, until the option is out. */
function boundAmongNeighbours(options: Options, i: number): void {
  const { scorer, worth, set, prediction, columns, best } = options;
  const { values, addition, bound, known } = columns;
  const motion = set.motions[i]!;
  known[i] = NEIGHBOURS;
  placeInLanes(prediction, motion);
  const spare = bound[i]! - (best - ROUNDING);
  scorer.featureSet.raiseLeast(motion, prediction, worth, spare, values, i * worth.length);
  bound[i] = highestReward(options, i) + addition[i]!;
}

/** The reward of an option if every feature had the value that is best for it. */
function highestReward({ worth, columns }: Options, i: number): number {
  const { values, most } = columns;
  const row = i * worth.length;
  let sum = 0;
  for (let f = 0; f < worth.length; f++) {
    const each = worth[f]!;
    if (each > 0) sum += each * most[row + f]!;
    else if (each < 0) sum += each * values[row + f]!;
  }
  return sum;
}

/**
 * Weighs a motion among the others; gives by how much it breaks the safe distance, Infinity when it may not be driven
 * at all.
 */
function weigh({ scorer, rule, set, prediction, response, columns }: Options, i: number): number {
  const { values, reward, refused, bound } = columns;
  const motion = set.motions[i]!;
  const features = scorer.weight.length;
  bound[i] = Number.NEGATIVE_INFINITY;
  refused[i] = refusalAlone(motion, prediction);
  if (refused[i] === 0) {
    respond(prediction, motion);
    refused[i] = refusalAmongOthers(motion, prediction);
  }
  if (refused[i] !== 0) {
    values.fill(0, i * features, (i + 1) * features);
    return Number.POSITIVE_INFINITY;
  }
  scorer.featureSet.measureAmongOthers(motion, prediction, values, i * features);
  reward[i] = total(scorer, values, i * features);
  const shortfall = rule ? distanceShortfall(rule, response, motion, prediction) : 0;
  if (shortfall > 0) refused[i] = UNSAFE;
  return shortfall;
}

function total({ weight, scale }: RewardScorer, values: Float64Array, row: number): number {
  let sum = 0;
  for (let f = 0; f < weight.length; f++) sum += weight[f]! * (values[row + f]! / scale[f]!);
  return sum;
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

/** Weighs what the choice could leave out, and copies all. */
function describeOptions(options: Options, plan: Motion, tick: number): Decision {
  const { scorer, set, columns, chosen } = options;
  const { count } = set;
  const features = scorer.names.length;
  for (let i = 0; i < count; i++) {
    if (columns.bound[i] === Number.NEGATIVE_INFINITY) continue;
    boundWritten(options, i);
    weigh(options, i);
  }
  const standardised = Float64Array.from(
    { length: count * features },
    (_, at) => columns.values[at]! / scorer.scale[at % features]!,
  );
  return {
    tick,
    features: scorer.names,
    candidates: set.motions.slice(0, count).map(copyMotion),
    values: standardised,
    reward: columns.reward.slice(0, count),
    refused: columns.refused.slice(0, count),
    chosen,
    plan,
  };
}
