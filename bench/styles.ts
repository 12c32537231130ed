// The five driving styles of Abbeel & Ng 2004: taught by a scripted driver, learned from it, driven on unseen seeds.
// npx tsx bench/styles.ts [--json] [--quick], or without --json into bench/results/styles.json. --quick takes a third of
// the drives and half the rounds. Each style has a process of its own.
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { FIVE_STYLES } from '../irl/agent/fiveStyles.ts';
import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import { executedFeatures } from '../irl/features/executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { HORIZON_TICKS } from '../irl/features/motion.ts';
import { roadOf } from '../irl/features/sceneFromRecording.ts';
import type { MixedAgent } from '../irl/learn/learner.ts';
import { type LearningMethod, learnReward } from '../irl/learn/learnReward.ts';
import { rollOut } from '../irl/learn/rollOut.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';
import type { Driver } from '../sim/core/driver.ts';
import { createWorld } from '../sim/core/world.ts';
import { publishResult } from './publishResult.ts';
import { recordStyle } from './recordStyle.ts';
import { studyApart } from './studyApart.ts';

const FAMILY = 'slower-traffic';
const TICKS = 1200;
const QUICK = process.argv.includes('--quick');
const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
/** Teachers cost next to nothing, so theirs are the expectations of many more drives. */
const SEEDS = {
  taught: seedsFrom(1, QUICK ? 5 : 16),
  unseen: seedsFrom(3001, QUICK ? 12 : 40),
  unseenByTeacher: seedsFrom(3001, QUICK ? 60 : 200),
};
const METHODS = ['closed-loop', 'projection'] as const satisfies readonly LearningMethod[];
/** Whole drives are matched, from where the teacher's began. */
const LEARNING = {
  strideTicks: HORIZON_TICKS,
  candidates: 60,
  rollouts: SEEDS.taught.length,
  rolloutWindows: TICKS / HORIZON_TICKS,
  rounds: QUICK ? 5 : 10,
  tolerance: 0.05,
};

/** Expectations that are compared: shares of the ticks in lanes and beside the road, and of the drives with a collision. */
const COMPARED = ['collision', 'offRoadLeft', 'leftLane', 'middleLane', 'rightLane', 'offRoadRight'] as const;
/** What else tells the styles apart. */
const SHOWN = ['headwayRisk', 'closingRisk', 'speed'] as const;
const COMPARED_AND_SHOWN = [...COMPARED, ...SHOWN];
type Expectation = (typeof COMPARED_AND_SHOWN)[number];

function expectationsOf(driver: Driver, seed: number): Expectations {
  const trace = rollOut(createWorld(buildScenario(`${FAMILY}@1#${seed}`).spec), driver, TICKS);
  const road = roadOf(trace);
  const shares = { offRoadLeft: 0, leftLane: 0, middleLane: 0, rightLane: 0, offRoadRight: 0 };
  const lanes = ['leftLane', 'middleLane', 'rightLane'] as const;
  for (let k = 1; k <= TICKS; k++) {
    const s = trace.ego.s[k]!;
    const d = trace.ego.d[k]!;
    const where = d > 0 ? 'offRoadLeft' : d < road.rightEdge(s) ? 'offRoadRight' : lanes[road.laneAt(s, d)]!;
    shares[where] += 1 / TICKS;
  }
  const values = new Float64Array(UNDERSTUDY_FEATURES.specs.length);
  executedFeatures(trace, 0, TICKS / HORIZON_TICKS, UNDERSTUDY_FEATURES, values);
  const value = (name: string) => values[UNDERSTUDY_FEATURES.specs.findIndex((spec) => spec.name === name)]!;
  return {
    collision: trace.collisions > 0 ? 1 : 0,
    ...shares,
    headwayRisk: value('headwayRisk'),
    closingRisk: value('closingRisk'),
    speed: value('speed'),
  };
}

type Expectations = Record<Expectation, number>;

async function study(style: string): Promise<object[]> {
  const sources = SEEDS.taught.map((seed) => ({
    recording: recordStyle(style, `${FAMILY}@1#${seed}`, TICKS / 10),
    hash: '0'.repeat(64),
  }));
  const teacher = SEEDS.unseenByTeacher.map((seed) => expectationsOf(findBaselineDriver(style).create(), seed));
  const rows = [];
  for (const method of METHODS) {
    const started = process.cpuUsage();
    const { reward, summary } = await learnReward(sources, { method, ...LEARNING });
    const { user, system } = process.cpuUsage(started);
    const driverUnder = (weights: readonly number[]) =>
      createLearnedDriver(
        { ...reward, features: reward.features.map((term, i) => ({ ...term, weight: weights[i]! })) },
        { candidates: LEARNING.candidates },
      );
    // The result of `projection` is the mixture, of which an agent is drawn for each drive: evenly over the seeds, which are
    // in no order. `closed-loop` gives a reward of its own.
    const agents =
      method === 'projection'
        ? summary.mixedAgents!
        : [{ share: 1, weights: reward.features.map((term) => term.weight) }];
    const drivers = agents.map(({ weights }) => driverUnder(weights));
    const learned = SEEDS.unseen.map((seed, i) =>
      expectationsOf(drivers[memberAt(agents, (i + 0.5) / SEEDS.unseen.length)]!, seed),
    );
    const expectations = COMPARED_AND_SHOWN.map((name) => compare(name, teacher, learned));
    const largest = expectations
      .slice(0, COMPARED.length)
      .reduce((most, one) => (Math.abs(one.gap) > Math.abs(most.gap) ? one : most));
    console.error(`${style} ${method}: largest gap ${largest.gap.toFixed(3)} (${largest.name})`);
    rows.push({
      style,
      method,
      largestGap: Math.abs(largest.gap),
      largestGapOf: largest.name,
      learningCpuSeconds: (user + system) / 1e6,
      expectations,
      learning: summary.closedLoop!,
      features: reward.features.map((term) => term.name),
      agents,
    });
  }
  return rows;
}

/** Index of the agent that a number in [0, 1) draws. */
function memberAt(agents: readonly MixedAgent[], u: number): number {
  let rest = u;
  for (const [k, { share }] of agents.entries()) {
    if (rest < share) return k;
    rest -= share;
  }
  return agents.length - 1;
}

/** Gap of one expectation with its standard error; the drives of teacher and agent count as independent. */
function compare(name: Expectation, teacher: readonly Expectations[], learned: readonly Expectations[]) {
  const taught = meanWithError(teacher.map((drive) => drive[name]));
  const driven = meanWithError(learned.map((drive) => drive[name]));
  return {
    name,
    teacher: taught.mean,
    learned: driven.mean,
    gap: driven.mean - taught.mean,
    standardError: Math.hypot(taught.error, driven.error),
  };
}

function meanWithError(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (values.length - 1) / values.length) };
}

const rows = await studyApart(
  FIVE_STYLES.map(({ name }) => name),
  study,
);
if (rows) publishResult('styles', { family: FAMILY, ticks: TICKS, seeds: SEEDS, learning: LEARNING, rows });
