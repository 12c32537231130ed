// The five driving styles of Abbeel & Ng 2004: taught by a scripted driver, learned from it, driven on unseen seeds.
// npx tsx bench/styles.ts [--json] [--quick] [--keep DIR], or without --json into bench/results/styles.json. --quick takes a
// third of the drives and half the rounds. With --keep what was learned is kept in a directory, and a study that was
// interrupted goes on from there. Each style has a process of its own.
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
import { studyApart } from './studyApart.ts';

const FAMILY = 'slower-traffic';
const TICKS = 1200;
const QUICK = process.argv.includes('--quick');
const KEEP = process.argv.includes('--keep') ? process.argv[process.argv.indexOf('--keep') + 1] : undefined;
const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
/**
 * Teachers cost next to nothing, so theirs are the expectations of many more drives, in teaching and in judging. An agent
 * drives unseen seeds by blocks, until its shares are known well enough or the seeds are used up.
 */
const SEEDS = {
  taught: seedsFrom(1, QUICK ? 32 : 96),
  unseen: seedsFrom(7001, QUICK ? 40 : 120),
  unseenByTeacher: seedsFrom(7001, QUICK ? 60 : 200),
};
const BLOCK = 40;
const KNOWN_WELL = 0.02;
const METHODS = ['closed-loop', 'projection'] as const satisfies readonly LearningMethod[];
/** Whole drives are matched, from where the teacher's began; of each drive four moments are learned from. */
const LEARNING = {
  strideTicks: 300,
  candidates: 60,
  rollouts: QUICK ? 8 : 24,
  rolloutWindows: TICKS / HORIZON_TICKS,
  rounds: QUICK ? 4 : 8,
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

/** What a learner came to. */
interface LearnedStyle {
  /** One, or those of a mixture, of which one is drawn for each drive. */
  readonly agents: readonly { readonly share: number; readonly reward: Reward }[];
  readonly report: ClosedLoopReport;
  readonly cpuSeconds: number;
}

async function learnStyle(style: string, method: LearningMethod): Promise<LearnedStyle> {
  const kept = KEEP === undefined ? undefined : join(KEEP, `${style}-${method}.json`);
  if (kept !== undefined && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as LearnedStyle;
  const sources = SEEDS.taught.map((seed) => ({
    recording: recordStyle(style, `${FAMILY}@1#${seed}`, TICKS / 10),
    hash: '0'.repeat(64),
  }));
  const started = process.cpuUsage();
  const { reward, summary } = await learnReward(sources, { method, ...LEARNING });
  const { user, system } = process.cpuUsage(started);
  const mixed = summary.mixedAgents?.map(({ share, weights }) => ({
    share,
    reward: { ...reward, features: reward.features.map((term, i) => ({ ...term, weight: weights[i]! })) },
  }));
  const learned = {
    agents: mixed ?? [{ share: 1, reward }],
    report: summary.closedLoop!,
    cpuSeconds: (user + system) / 1e6,
  };
  if (kept !== undefined) {
    mkdirSync(KEEP!, { recursive: true });
    writeFileSync(kept, JSON.stringify(learned));
  }
  return learned;
}

async function study(style: string): Promise<object[]> {
  const rows = [];
  for (const method of METHODS) {
    const { agents, report, cpuSeconds } = await learnStyle(style, method);
    const drivers = agents.map(({ reward }) => createLearnedDriver(reward, { candidates: LEARNING.candidates }));
    const learned: Expectations[] = [];
    const gaps = () => COMPARED_AND_SHOWN.map((name) => compare(name, teacherOf(style), learned));
    const known = () =>
      gaps()
        .slice(0, COMPARED.length)
        .every(({ standardError }) => standardError <= KNOWN_WELL);
    while (learned.length < SEEDS.unseen.length && !(learned.length > 0 && known())) {
      for (const [i, seed] of SEEDS.unseen.slice(learned.length, learned.length + BLOCK).entries()) {
        // Drawn evenly over the seeds of a block, which are in no order.
        learned.push(expectationsOf(drivers[memberAt(agents, (i + 0.5) / BLOCK)]!, seed));
      }
    }
    const expectations = gaps();
    const largest = expectations
      .slice(0, COMPARED.length)
      .reduce((most, one) => (Math.abs(one.gap) > Math.abs(most.gap) ? one : most));
    console.error(`${style} ${method}: largest gap ${largest.gap.toFixed(3)} (${largest.name})`);
    rows.push({
      style,
      method,
      agentsInMixture: agents.length,
      unseenDrives: learned.length,
      largestGap: Math.abs(largest.gap),
      largestGapOf: largest.name,
      learningCpuSeconds: cpuSeconds,
      expectations,
      learning: report,
      features: agents[0]!.reward.features.map((term) => term.name),
      agents: agents.map(({ share, reward }) => ({ share, weights: reward.features.map((term) => term.weight) })),
    });
  }
  return rows;
}

const taught = new Map<string, Expectations[]>();

function teacherOf(style: string): readonly Expectations[] {
  const found =
    taught.get(style) ?? SEEDS.unseenByTeacher.map((seed) => expectationsOf(findBaselineDriver(style).create(), seed));
  taught.set(style, found);
  return found;
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

const rows = await studyApart(
  FIVE_STYLES.map(({ name }) => name),
  study,
);
if (rows)
  publishResult('styles', {
    family: FAMILY,
    ticks: TICKS,
    seeds: SEEDS,
    knownWell: KNOWN_WELL,
    learning: LEARNING,
    rows,
  });
