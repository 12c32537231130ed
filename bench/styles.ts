// The five driving styles of Abbeel & Ng 2004: taught by a scripted driver, learned from it, driven on unseen seeds.
// npx tsx bench/styles.ts [--json] [--quick] [--keep DIR], or without --json into bench/results/styles.json. --quick
// takes a third of the drives and half the rounds. With --keep what was learned and driven is kept in a directory, and
// a study that was interrupted goes on from there. Each style has a process of its own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { FIVE_STYLES } from '../irl/agent/fiveStyles.ts';
import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import { executedFeatures } from '../irl/features/executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { HORIZON_TICKS } from '../irl/features/motion.ts';
import type { Reward } from '../irl/features/reward.ts';
import { roadOf } from '../irl/features/sceneFromRecording.ts';
import type { ClosedLoopReport } from '../irl/learn/learner.ts';
import { type LearningMethod, learnReward } from '../irl/learn/learnReward.ts';
import { rollOut } from '../irl/learn/rollOut.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';
import type { Driver } from '../sim/core/driver.ts';
import { createWorld } from '../sim/core/world.ts';
import { publishResult } from './publishResult.ts';
import { recordStyle } from './recordStyle.ts';
import { studyEach } from './studyEach.ts';

const FAMILY = 'slower-traffic';
const TICKS = 1200;
const QUICK = process.argv.includes('--quick');
const KEEP = process.argv.includes('--keep') ? process.argv[process.argv.indexOf('--keep') + 1] : undefined;
const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
/** Unseen seeds are driven by blocks, until all shares are known well enough or the seeds are used up. */
const SEEDS = {
  taught: seedsFrom(1, QUICK ? 32 : 96),
  unseen: seedsFrom(9001, QUICK ? 40 : 240),
  unseenByTeacher: seedsFrom(9001, QUICK ? 120 : 320),
};
const BLOCK = 40;
/** Standard errors that are well enough; a drive of a teacher costs a fifth of an agent's. */
const KNOWN_WELL = { agent: 0.015, teacher: 0.01 };
const METHODS = ['closed-loop', 'projection'] as const satisfies readonly LearningMethod[];
/** Whole drives are matched, from where the teacher's began; of each drive four moments are learned from. */
const LEARNING = {
  strideTicks: 300,
  candidates: 60,
  rollouts: QUICK ? 8 : 32,
  rolloutWindows: TICKS / HORIZON_TICKS,
  rounds: QUICK ? 6 : 12,
  tolerance: 0.05,
};

/**
 * Expectations that are compared: shares of the ticks in lanes and beside the road, and of the drives with a collision.
 */
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

/** What a learner came to. */
interface LearnedStyle {
  readonly reward: Reward;
  readonly report: ClosedLoopReport;
  readonly cpuSeconds: number;
}

async function learnStyle(style: string, method: LearningMethod): Promise<LearnedStyle> {
  const sources = SEEDS.taught.map((seed) => ({
    recording: recordStyle(style, `${FAMILY}@1#${seed}`, TICKS / 10),
    hash: '0'.repeat(64),
  }));
  const started = process.cpuUsage();
  const { reward, summary } = await learnReward(sources, { method, ...LEARNING });
  const { user, system } = process.cpuUsage(started);
  return { reward, report: summary.closedLoop!, cpuSeconds: (user + system) / 1e6 };
}

/** What was computed before and kept under the name, or what is computed now. */
async function kept<Value>(name: string, compute: () => Value | Promise<Value>): Promise<Value> {
  if (KEEP === undefined) return compute();
  const file = join(KEEP, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Value;
  const value = await compute();
  mkdirSync(KEEP, { recursive: true });
  writeFileSync(file, JSON.stringify(value));
  return value;
}

async function study(style: string): Promise<object[]> {
  const rows = [];
  const taught = findBaselineDriver(style).create();
  const teacher = await kept(`${style}-drives`, () =>
    driveUntilKnown(SEEDS.unseenByTeacher, KNOWN_WELL.teacher, () => taught),
  );
  for (const method of METHODS) {
    const { reward, report, cpuSeconds } = await kept(`${style}-${method}`, () => learnStyle(style, method));
    const { mixture, ...single } = reward;
    const agents = mixture ?? [{ share: 1, weights: single.features.map((term) => term.weight) }];
    const drivers = agents.map(({ weights }) =>
      createLearnedDriver(
        { ...single, features: single.features.map((term, i) => ({ ...term, weight: weights[i]! })) },
        { candidates: LEARNING.candidates },
      ),
    );
    // The agents of a mixture are drawn evenly over the seeds of a block, which are in no order.
    const learned = await kept(`${style}-${method}-drives`, () =>
      driveUntilKnown(SEEDS.unseen, KNOWN_WELL.agent, (u) => drivers[memberAt(agents, u)]!),
    );
    const expectations = COMPARED_AND_SHOWN.map((name) => compare(name, teacher, learned));
    const largest = expectations
      .slice(0, COMPARED.length)
      .reduce((most, one) => (Math.abs(one.gap) > Math.abs(most.gap) ? one : most));
    console.error(`${style} ${method}: largest gap ${largest.gap.toFixed(3)} (${largest.name})`);
    rows.push({
      style,
      method,
      agentsInMixture: agents.length,
      unseenDrives: learned.length,
      unseenDrivesOfTeacher: teacher.length,
      largestGap: Math.abs(largest.gap),
      largestGapOf: largest.name,
      learningCpuSeconds: cpuSeconds,
      expectations,
      learning: report,
      features: reward.features.map((term) => term.name),
      agents,
    });
  }
  return rows;
}

/** @param driverAt who drives, by the place in its block, in [0, 1) */
function driveUntilKnown(
  seeds: readonly number[],
  error: number,
  driverAt: (u: number) => Driver,
): readonly Expectations[] {
  const drives: Expectations[] = [];
  const known = () => COMPARED.every((name) => meanWithError(drives.map((drive) => drive[name])).error <= error);
  while (drives.length < seeds.length && !(drives.length > 0 && known())) {
    for (const [i, seed] of seeds.slice(drives.length, drives.length + BLOCK).entries()) {
      drives.push(expectationsOf(driverAt((i + 0.5) / BLOCK), seed));
    }
  }
  return drives;
}

/** Index of the agent that a number in [0, 1) draws. */
function memberAt(agents: readonly { readonly share: number }[], u: number): number {
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

const rowsByStyle = await studyEach(
  FIVE_STYLES.map(({ name }) => name),
  study,
);
if (rowsByStyle)
  publishResult('styles', {
    family: FAMILY,
    ticks: TICKS,
    seeds: SEEDS,
    knownWell: KNOWN_WELL,
    learning: LEARNING,
    rows: [...rowsByStyle.values()].flat(),
  });
