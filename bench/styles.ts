// The five driving styles of Abbeel & Ng 2004: taught by a scripted driver, learned from it, driven on unseen seeds.
// npx tsx bench/styles.ts [--json] [--quick], or without --json into bench/results/styles.json. --quick takes a quarter of
// the drives, a third of the candidates and half the rounds. Each style has a process of its own.
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { FIVE_STYLES } from '../irl/agent/fiveStyles.ts';
import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import { bootstrapMean } from '../irl/evaluate/bootstrap.ts';
import { executedFeatures } from '../irl/features/executedFeatures.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { HORIZON_TICKS } from '../irl/features/motion.ts';
import { roadOf } from '../irl/features/sceneFromRecording.ts';
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
const SEEDS = { taught: seedsFrom(1, QUICK ? 3 : 12), unseen: seedsFrom(101, QUICK ? 10 : 40) };
const METHODS = ['closed-loop', 'projection'] as const satisfies readonly LearningMethod[];
/** Whole drives are matched, from where the teacher's began. */
const LEARNING = {
  strideTicks: 20,
  candidates: QUICK ? 100 : 300,
  rollouts: SEEDS.taught.length,
  rolloutWindows: TICKS / HORIZON_TICKS,
  rounds: QUICK ? 8 : 16,
};

/** Expectations that are compared: shares of the ticks in lanes and beside the road, and of the drives with a collision. */
const COMPARED = ['collision', 'offRoadLeft', 'leftLane', 'middleLane', 'rightLane', 'offRoadRight'] as const;
/** What else tells the styles apart. */
const SHOWN = ['headwayRisk', 'closingRisk', 'speed'] as const;
const COMPARED_AND_SHOWN = [...COMPARED, ...SHOWN];
type Expectation = (typeof COMPARED_AND_SHOWN)[number];

function expectationsOf(driver: Driver, seed: number): Record<Expectation, number> {
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

async function study(style: string): Promise<object[]> {
  const sources = SEEDS.taught.map((seed) => ({
    recording: recordStyle(style, `${FAMILY}@1#${seed}`, TICKS / 10),
    hash: '0'.repeat(64),
  }));
  const teacher = SEEDS.unseen.map((seed) => expectationsOf(findBaselineDriver(style).create(), seed));
  const rows = [];
  for (const method of METHODS) {
    const started = process.cpuUsage();
    const { reward, summary } = await learnReward(sources, { method, ...LEARNING });
    const { user, system } = process.cpuUsage(started);
    const mean = (drives: readonly Record<Expectation, number>[], name: Expectation) =>
      drives.reduce((sum, drive) => sum + drive[name], 0) / drives.length;
    // The result of `projection` is a mixture: every agent of it drives every seed and counts by its share.
    const agents = (summary.mixedAgents ?? [{ share: 1, weights: reward.features.map((term) => term.weight) }]).filter(
      ({ share }) => share > 0,
    );
    const learned = SEEDS.unseen.map(
      () => Object.fromEntries(COMPARED_AND_SHOWN.map((name) => [name, 0])) as Record<Expectation, number>,
    );
    for (const { share, weights } of agents) {
      const features = reward.features.map((term, i) => ({ ...term, weight: weights[i]! }));
      const driver = createLearnedDriver({ ...reward, features }, { candidates: LEARNING.candidates });
      for (const [i, seed] of SEEDS.unseen.entries()) {
        const drive = expectationsOf(driver, seed);
        for (const name of COMPARED_AND_SHOWN) learned[i]![name] += share * drive[name];
      }
    }
    const expectations = COMPARED_AND_SHOWN.map((name) => {
      const differences = learned.map((drive, i) => drive[name] - teacher[i]![name]);
      return {
        name,
        teacher: mean(teacher, name),
        learned: mean(learned, name),
        gapInterval: bootstrapMean([...SEEDS.unseen.keys()], differences),
      };
    });
    const compared = expectations.slice(0, COMPARED.length);
    const largestGap = Math.max(...compared.map((one) => Math.abs(one.learned - one.teacher)));
    console.error(`${style} ${method}: largest gap ${largestGap.toFixed(3)}`);
    rows.push({
      style,
      method,
      largestGap,
      learningCpuSeconds: (user + system) / 1e6,
      expectations,
      ended: summary.closedLoop!.ended,
      unmatched: summary.closedLoop!.unmatched,
      features: reward.features.map((term) => term.name),
      agents,
    });
  }
  return rows;
}

const rows = await studyApart(
  FIVE_STYLES.map(({ name }) => name),
  study,
);
if (rows) publishResult('styles', { family: FAMILY, ticks: TICKS, seeds: SEEDS, learning: LEARNING, rows });
