// How closely the agent drives like each bundled style, on seeds that the learner has not seen:
// npx tsx bench/closedLoop.ts [--json] [--quick], or without --json into bench/results/closedLoop.json. --quick takes a
// quarter of the drives and fewer rounds. Each style has a process of its own.
import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import { bootstrapMean } from '../irl/evaluate/bootstrap.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { type ClosedLoopMeans, closedLoopMeans, personValues, ROLLOUT_WINDOWS } from '../irl/learn/closedLoopGaps.ts';
import { type LearningMethod, learnReward } from '../irl/learn/learnReward.ts';
import { rolloutStarts } from '../irl/learn/rolloutStarts.ts';
import { publishResult } from './publishResult.ts';
import { recordStyle } from './recordStyle.ts';
import { studyEach } from './studyEach.ts';

const QUICK = process.argv.includes('--quick');
const STYLES = ['calm', 'brisk', 'tailgating'] as const;
const FAMILIES = ['dense', 'free-flow'] as const;
const seedsFrom = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
const SEEDS = { learned: seedsFrom(1, QUICK ? 5 : 12), heldOut: seedsFrom(1001, QUICK ? 10 : 20) };
const SECONDS = 60;
/** Windows do not overlap: what is seen of one is not seen again. */
const STRIDE_TICKS = 50;
/** Moments of the unseen drives from which the agent drives on: all of them. */
const TEST_STARTS = FAMILIES.length * SEEDS.heldOut.length * Math.floor((SECONDS * 10) / STRIDE_TICKS);
const METHODS = ['maxent', 'closed-loop'] as const satisfies readonly LearningMethod[];
/** The tolerance is half of what is wanted on unseen seeds, so that chance may add as much. */
const LEARNING = {
  tolerance: 0.05,
  rollouts: FAMILIES.length * SEEDS.learned.length * Math.floor((SECONDS * 10) / STRIDE_TICKS),
  rounds: QUICK ? 10 : 16,
};

const { specs } = UNDERSTUDY_FEATURES;
const columns = specs.length;

async function study(style: string): Promise<object[]> {
  const rows = [];
  const drives = (seeds: readonly number[]) =>
    FAMILIES.flatMap((family) => seeds.map((seed) => recordStyle(style, `${family}@1#${seed}`, SECONDS)));
  const learned = drives(SEEDS.learned);
  const starts = rolloutStarts(drives(SEEDS.heldOut), {
    count: TEST_STARTS,
    windows: ROLLOUT_WINDOWS,
    strideTicks: STRIDE_TICKS,
  });
  const personOf = personValues(starts, ROLLOUT_WINDOWS, UNDERSTUDY_FEATURES);
  /** What agents did, by their weights: a learner that starts at another's and changes nothing has the same agent. */
  const driven = new Map<string, ClosedLoopMeans>();
  const driveOf = starts.map((start) => [...new Set(starts.map((one) => one.recording))].indexOf(start.recording));
  for (const method of METHODS) {
    const started = process.cpuUsage();
    const { reward, summary } = await learnReward(
      learned.map((recording) => ({ recording, hash: '0'.repeat(64) })),
      {
        method,
        strideTicks: STRIDE_TICKS,
        ...(method === 'closed-loop' ? LEARNING : {}),
      },
    );
    const { user, system } = process.cpuUsage(started);
    const weights = JSON.stringify([reward.features.map((term) => term.weight), reward.mixture]);
    const seen =
      driven.get(weights) ??
      (await closedLoopMeans(starts, ROLLOUT_WINDOWS, createLearnedDriver(reward), UNDERSTUDY_FEATURES, personOf));
    driven.set(weights, seen);
    const gaps = specs.map(({ name }, column) => {
      const { scale } = reward.features[column]!;
      const each = starts.map(
        (_, row) => (seen.agentOf[row * columns + column]! - personOf[row * columns + column]!) / scale,
      );
      return {
        name,
        gap: (seen.agent[column]! - seen.person[column]!) / scale,
        interval: bootstrapMean(driveOf, each),
        weight: reward.features[column]!.weight,
      };
    });
    const largest = gaps.reduce((most, one) => (Math.abs(one.gap) > Math.abs(most.gap) ? one : most));
    rows.push({
      style,
      method,
      agentsInMixture: reward.mixture?.length ?? 1,
      starts: starts.length,
      learningCpuSeconds: (user + system) / 1e6,
      largestGap: Math.abs(largest.gap),
      largestGapOf: largest.name,
      above: gaps.filter((one) => Math.abs(one.gap) > 0.1).map((one) => one.name),
      collisions: seen.collisions,
      offRoad: seen.offRoad,
      gaps,
      ...(summary.closedLoop === undefined ? {} : { learning: summary.closedLoop }),
    });
    console.error(`${style} ${method}: largest gap ${Math.abs(largest.gap).toFixed(3)} (${largest.name})`);
  }
  return rows;
}

const rowsByStyle = await studyEach(STYLES, study);
if (rowsByStyle) {
  publishResult('closedLoop', {
    families: FAMILIES,
    seeds: SEEDS,
    secondsOfEachDrive: SECONDS,
    learning: LEARNING,
    rows: [...rowsByStyle.values()].flat(),
  });
}
