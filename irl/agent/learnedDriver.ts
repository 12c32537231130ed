import type { Driver } from '../../sim/core/driver.ts';
import { SUBSTEPS_PER_TICK } from '../../sim/core/time.ts';
import type { World } from '../../sim/core/world.ts';
import {
  type CandidateGenerator,
  createCandidateGenerator,
  DEFAULT_CANDIDATES,
} from '../candidates/candidateGenerator.ts';
import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Reward } from '../features/reward.ts';
import { rewardOfDrive } from '../features/rewardOfDrive.ts';
import { createRewardScorer } from '../features/rewardScorer.ts';
import type { Scene } from '../features/scene.ts';
import { sceneFromWorld } from '../features/sceneFromWorld.ts';
import type { Decision } from './decision.ts';
import { brakingMotion, continuePlan, referenceAt } from './plannedMotion.ts';
import { createPlanner } from './planner.ts';
import { EMERGENCY_RSS, type SafeDistanceRule } from './safeDistance.ts';
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

/**
 * The plan is followed from where it is, unless the car has strayed from it this far [m] along and across, or drifts
 * [m/s].
 */
const STRAY_ALONG = 1.5;
const STRAY_ACROSS = 0.4;
const STRAY_DRIFT = 0.5;
/** Decelerations of the minimum-risk manoeuvres that are always among the options [m/s²]. */
const EMERGENCY_BRAKING = [2.5, 5, 7.4] as const;
/** Lateral distance to go from which the agent indicates [m]. */
const INDICATING_OFFSET = 1;

/**
 * Drives under a learned reward: every `replanTicks` it draws candidates, refuses those that the tyres, the road, a
 * collision or the safe distance forbid, and follows the best of the rest. It leaves lanes that end. When nothing
 * passes, it takes the collision-free motion with the least shortfall of distance, and when there is none, brakes in
 * its lane. Of a reward with a mixture one agent drives each drive (`rewardOfDrive`).
 * @throws RangeError when the reward names a feature that does not exist
 */
export function createLearnedDriver(reward: Reward, options: LearnedDriverOptions = {}): LearnedDriver {
  const { replanTicks = 2, candidates = DEFAULT_CANDIDATES, seed = 0, safeDistance = EMERGENCY_RSS } = options;
  const generator: CandidateGenerator = createCandidateGenerator({ count: candidates, seed });
  const plannerUnder = (one: Reward) => createPlanner(generator, createRewardScorer(one), safeDistance);
  let mixed = reward;
  let driven = reward;
  let seedOfDrive = 0;
  let planner = plannerUnder(driven);
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
    const strayed =
      Math.abs(start.s - ego.s) > STRAY_ALONG ||
      Math.abs(start.d - ego.d) > STRAY_ACROSS ||
      Math.abs(start.dDot - ego.dDot) > STRAY_DRIFT;
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
      const one = rewardOfDrive(next, seedOfDrive);
      const under = plannerUnder(one);
      if (!decision && plan) decision = planner.describe(planTick);
      planner = under;
      mixed = next;
      driven = one;
    },
    start(world) {
      plan = null;
      decision = null;
      seedOfDrive = world.spec.seed;
      const one = rewardOfDrive(mixed, seedOfDrive);
      if (one === driven) return;
      planner = plannerUnder(one);
      driven = one;
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
  // Where the person of a recording was going is not known.
  const goesThrough = world.spec.tracks.length === 0 && !world.spec.ego.leavesByExit;
  return {
    ...scene,
    goesThrough,
    ego: { ...scene.ego, s: start.s, d: start.d, sDot: Math.max(0, start.sDot), dDot: start.dDot },
  };
}
