// Do 95 % intervals hold the true weight in 95 % of cases? Weights are drawn from the learner's own prior, a Boltzmann
// driver acts by them, the learner learns from it (simulation-based calibration, Talts et al. 2018): npx tsx
// bench/calibration.ts [--json] [--quick], or without --json into bench/results/calibration.json; --quick takes a tenth
// of the simulations. With --again the tables are made anew from the scores in that file; with --resume the sets that
// it lacks are simulated and added, which is right only if the learner is still the same.
import { readFileSync } from 'node:fs';
import { coverageOf, factorForCoverage, rankUniformity } from '../irl/evaluate/coverage.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { DEVIATION_PRIOR } from '../irl/learn/refinedFit.ts';
import type { RandomStream } from '../sim/core/randomStream.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import {
  demonstratePlanted,
  learnerScale,
  learnPlanted,
  lengthRatio,
  PLANTED_COLUMNS,
  PLANTED_SCALE,
  type PlantedDemonstration,
  preparePlantedScenes,
  scoresByFeature,
  weightScoresByFeature,
} from './plantedDrivers.ts';
import { plantedScene } from './plantedScenes.ts';
import { publishResult } from './publishResult.ts';
import { studyEach } from './studyEach.ts';

/** Sets of scenes, drivers in each set, and scenes of a set, of which the first few make the small size. */
const SETS = 80;
const DRIVERS = 8;
const SCENES = 80;
const FEW_SCENES = 30;
const FIRST_SEED = 501;
/** Sets of a quick run. */
const QUICK = process.argv.includes('--quick');
const QUICK_SETS = 4;
/** Spread of the logarithm of a group's deviation around the learner's median: half of what the learner allows for. */
const LOG_SPREAD = 0.5;

const names = PLANTED_COLUMNS.map((column) => FEATURES[column]!.name);

/**
 * Weights of a driver in planted units: in the learner's units, for each group a deviation, and normal weights with
 * that deviation, which have the sign that the registry expects where it expects one, as people's have.
 * @param scale the learner's units. Shape: [PLANTED_COLUMNS].
 */
function drawWeights(stream: RandomStream, scale: Float64Array): Record<string, number> {
  const deviation = new Map<string, number>();
  return Object.fromEntries(
    PLANTED_COLUMNS.map((column, k) => {
      const { name, group, expectedSign } = FEATURES[column]!;
      if (!deviation.has(group)) deviation.set(group, DEVIATION_PRIOR.median * Math.exp(LOG_SPREAD * stream.normal()));
      const weight = (deviation.get(group)! * stream.normal() * PLANTED_SCALE[k]!) / scale[k]!;
      return [name, expectedSign === 0 ? weight : expectedSign * Math.abs(weight)];
    }),
  );
}

/** By feature, in the order of `names`; null of a feature that the scenes do not excite. */
type Scores = readonly (number | null)[];
/** Scores of one learning, of the direction of the weights and of the weights themselves, and the ratio of lengths. */
interface Learning {
  readonly direction: Scores;
  readonly weights: Scores;
  readonly length: number;
}
interface Simulated {
  readonly many: Learning;
  readonly few: Learning;
}

/** All drivers of one set of scenes. */
async function oneSet(seed: number): Promise<Simulated[]> {
  const scenes = preparePlantedScenes(
    Array.from({ length: SCENES }, (_, i) => plantedScene(seed * 10_000 + i)),
    seed,
  );
  const scale = learnerScale(scenes);
  const all: Simulated[] = [];
  for (let driver = 0; driver < DRIVERS; driver++) {
    const weights = drawWeights(createRandomStream(seed * DRIVERS + driver, 'prior weights'), scale);
    const demonstrations = demonstratePlanted(scenes, weights, seed * DRIVERS + driver);
    const learning = async (from: readonly PlantedDemonstration[]): Promise<Learning> => {
      const found = await learnPlanted(from, seed);
      return {
        direction: rounded(scoresByFeature(found, weights)),
        weights: rounded(weightScoresByFeature(found, weights)),
        length: Number(lengthRatio(found, weights).toFixed(3)),
      };
    };
    all.push({ many: await learning(demonstrations), few: await learning(demonstrations.slice(0, FEW_SCENES)) });
  }
  console.error(`calibration: scenes ${seed} done`);
  return all;
}

const rounded = (scores: Readonly<Record<string, number>>): Scores =>
  names.map((name) => (scores[name] === undefined ? null : Number(scores[name].toFixed(3))));
const scoresOf = (all: readonly Scores[], k: number) => all.flatMap((one) => one[k] ?? []);
const pooled = (all: readonly Scores[]) => all.flatMap((one) => one.flatMap((score) => score ?? []));

/** Table of one size. */
function table(learnings: readonly Learning[], scenes: number): object {
  const all = learnings.map((one) => one.direction);
  const weights = learnings.map((one) => one.weights);
  return {
    scenes,
    simulations: all.length,
    overall: { ...coverageOf(pooled(all)), factorFor95: factorForCoverage(pooled(all)) },
    /** Of the weights themselves, whose length is the driver's temperature. */
    ofWeights: { ...coverageOf(pooled(weights)), factorFor95: factorForCoverage(pooled(weights)) },
    /** Median of the length of the learned weights over that of the true ones. */
    lengthMedian: quantile(
      learnings.map((one) => one.length),
      0.5,
    ),
    perFeature: names.map((name, k) => {
      const scores = scoresOf(all, k);
      const bias = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return {
        name,
        ...coverageOf(scores),
        bias,
        sd: Math.sqrt(scores.reduce((sum, score) => sum + (score - bias) ** 2, 0) / scores.length),
        ofWeight: coverageOf(scoresOf(weights, k)).coverage,
      };
    }),
    ranksUniform: {
      pooled: rankUniformity(pooled(all)),
      perFeature: names.map((name, k) => ({ name, ...rankUniformity(scoresOf(all, k)) })),
    },
  };
}

/** The coverage in each half of the sets, and the factor on the deviations that would make it nominal there. */
function halves(sets: readonly (readonly Simulated[])[], pick: (one: Simulated) => Learning): object[] {
  const half = Math.floor(sets.length / 2);
  return [sets.slice(0, half), sets.slice(half)].flatMap((some) => {
    const scores = pooled(some.flat().map((one) => pick(one).direction));
    return scores.length === 0 ? [] : [{ ...coverageOf(scores), factorFor95: factorForCoverage(scores) }];
  });
}

function publish(bySeed: ReadonlyMap<string, readonly Simulated[]>): void {
  const sets = [...bySeed].sort(([a], [b]) => Number(a) - Number(b)).map(([, found]) => found);
  const all = sets.flat();
  publishResult('calibration', {
    nominal: 0.95,
    sets: sets.length,
    complete: sets.length === SETS,
    driversASet: DRIVERS,
    ...table(
      all.map((one) => one.many),
      SCENES,
    ),
    halves: halves(sets, (one) => one.many),
    few: {
      ...table(
        all.map((one) => one.few),
        FEW_SCENES,
      ),
      halves: halves(sets, (one) => one.few),
    },
    scores: Object.fromEntries(bySeed),
  });
}

/** Scores that the result file holds, by seed. */
function publishedScores(): Map<string, readonly Simulated[]> {
  const { scores } = JSON.parse(readFileSync(new URL('results/calibration.json', import.meta.url), 'utf8')) as {
    readonly scores: Readonly<Record<string, readonly Simulated[]>>;
  };
  return new Map(Object.entries(scores));
}

if (process.argv.includes('--again')) {
  publish(publishedScores());
} else {
  const bySeed = process.argv.includes('--resume') ? publishedScores() : new Map<string, readonly Simulated[]>();
  const asJson = process.argv.includes('--json');
  const seeds = Array.from({ length: QUICK ? QUICK_SETS : SETS }, (_, i) => String(FIRST_SEED + i));
  const missing = seeds.filter((seed) => !bySeed.has(seed));
  const added = await studyEach(
    missing,
    (seed) => oneSet(Number(seed)),
    (found, seed) => {
      bySeed.set(seed, found);
      if (!asJson) publish(bySeed);
    },
  );
  if (added && asJson) publish(bySeed);
}
