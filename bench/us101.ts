// Runs the commands of the README on real traffic, for several splits of the drivers, and collects what they print:
// npx tsx bench/us101.ts [--json], or without --json into bench/results/us101.json. Needs ../shared/data/ngsim-us101.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenLoopScore } from '../irl/evaluate/openLoop.ts';
import type { LearningSummary } from '../irl/learn/learnReward.ts';
import { publishResult } from './publishResult.ts';
import { us101File } from './us101Data.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const METHODS = ['maxent', 'huang2021'] as const;
/** Splits: this many drivers are held out, drawn anew by each seed. */
const HELD_OUT = 5;
const SEEDS = [1, 2, 3, 4, 5];

/** One method on one split. */
interface SplitResult {
  readonly method: string;
  readonly seed: number;
  readonly learned: LearningSummary & { readonly seconds: number; readonly drivers: number };
  readonly score: OpenLoopScore;
}

function understudy(...args: string[]): unknown {
  const run = spawnSync(process.execPath, ['cli/understudy.mjs', ...args, '--json'], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`understudy ${args.join(' ')}: exit ${run.status}\n${run.stderr}`);
  return JSON.parse(run.stdout);
}

function measure(folder: string): object {
  const recordings = join(folder, 'us101');
  const imported = understudy('import', 'ngsim', us101File(), '--drivers', 'auto', '--out', recordings) as {
    recordings: unknown[];
    leftOutCount: number;
  };
  const results = SEEDS.flatMap((seed) =>
    METHODS.map((method): SplitResult => {
      const reward = join(folder, `${method}-${seed}.json`);
      const split = ['--holdout', String(HELD_OUT), '--seed', String(seed)];
      const learned = understudy('learn', recordings, '--out', reward, '--method', method, ...split);
      const score = understudy('evaluate', '--reward', reward, '--recordings', recordings, '--open-loop');
      return { method, seed, learned: learned as SplitResult['learned'], score: score as OpenLoopScore };
    }),
  );
  return {
    data: 'NGSIM US-101, 07:50-08:05, frames 0914-1451',
    recordings: imported.recordings.length,
    driversLeftOut: imported.leftOutCount,
    heldOutDrivers: HELD_OUT,
    seeds: SEEDS,
    methods: METHODS.map((method) => summarise(results.filter((result) => result.method === method))),
  };
}

/** Means over the splits, and the smallest and largest where the spread matters. */
function summarise(splits: readonly SplitResult[]): object {
  const over = (pick: (split: SplitResult) => number) => {
    const values = splits.map(pick);
    return {
      mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      min: Math.min(...values),
      max: Math.max(...values),
    };
  };
  return {
    method: splits[0]!.method,
    scenesLearned: over((split) => split.learned.scenes),
    scenesScored: over((split) => split.score.scenes),
    learningSeconds: over((split) => split.learned.seconds),
    gradientNorm: over((split) => split.learned.gradientNorm),
    projectionErrorP95: over((split) => split.learned.projectionErrorP95),
    fde1: over((split) => split.score.fde1),
    minFde3: over((split) => split.score.minFde3),
    ade: over((split) => split.score.ade),
    nll: over((split) => split.score.nll),
    rank: over((split) => split.score.rank),
    baselines: {
      constantVelocity: over((split) => split.score.baselines.constantVelocity.fde1),
      idmMobil: over((split) => split.score.baselines.idmMobil.fde1),
      random: over((split) => split.score.baselines.random.fde1),
      oracle: over((split) => split.score.baselines.oracle.fde1),
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'understudy-us101-'));
try {
  publishResult('us101', measure(folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
