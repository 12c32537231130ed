// The five driving styles of Abbeel & Ng 2004: taught by a scripted driver, learned from it, driven on unseen seeds.
// npx tsx bench/styles.ts [--json], or without --json into bench/results/styles.json. Each style has a process of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
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

const FAMILY = 'slower-traffic';
const TICKS = 1200;
const SEEDS = { taught: [1, 2, 3, 4], unseen: Array.from({ length: 20 }, (_, i) => 101 + i) };
const METHODS = ['closed-loop', 'projection'] as const satisfies readonly LearningMethod[];
/** Whole drives are matched, from where the teacher's began. */
const LEARNING = {
  strideTicks: 20,
  candidates: 150,
  rollouts: SEEDS.taught.length,
  rolloutWindows: TICKS / HORIZON_TICKS,
  rounds: 12,
};

/** Expectations that are compared: shares of the ticks in lanes and beside the road, and of the drives with a collision. */
const COMPARED = ['collision', 'offRoadLeft', 'leftLane', 'middleLane', 'rightLane', 'offRoadRight'] as const;
/** What else tells the styles apart. */
const SHOWN = ['headwayRisk', 'closingRisk', 'speed'] as const;
type Expectation = (typeof COMPARED)[number] | (typeof SHOWN)[number];

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
    const learner = createLearnedDriver(reward, { candidates: LEARNING.candidates });
    const learned = SEEDS.unseen.map((seed) => expectationsOf(learner, seed));
    const mean = (drives: readonly Record<Expectation, number>[], name: Expectation) =>
      drives.reduce((sum, drive) => sum + drive[name], 0) / drives.length;
    const expectations = [...COMPARED, ...SHOWN].map((name) => {
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
      weights: Object.fromEntries(reward.features.map((term) => [term.name, term.weight])),
    });
  }
  return rows;
}

async function studyApart(style: string): Promise<object[]> {
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, '--style', style], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`styles: ${style} ended with exit code ${code}`);
  return JSON.parse(text) as object[];
}

const at = process.argv.indexOf('--style');
if (at >= 0) {
  console.log(JSON.stringify(await study(process.argv[at + 1]!)));
} else {
  const names = FIVE_STYLES.map(({ name }) => name);
  const found = new Map<string, object[]>();
  const waiting = [...names];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
        found.set(name, await studyApart(name));
    }),
  );
  publishResult('styles', {
    family: FAMILY,
    ticks: TICKS,
    seeds: SEEDS,
    learning: LEARNING,
    rows: names.flatMap((name) => found.get(name)!),
  });
}
