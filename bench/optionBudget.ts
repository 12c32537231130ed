// What fewer options cost and save when there are many scenes: the weights of ten minutes of driving by `optionBudget` beside
// those by the options of few scenes, and how much either changes with the seed: npx tsx bench/optionBudget.ts [--json]
import { gatherScenes } from '../irl/learn/gatherScenes.ts';
import { type OptionBudget, optionBudget } from '../irl/learn/optionBudget.ts';
import { refinedFit } from '../irl/learn/refinedFit.ts';
import { readRecording } from '../recordings/readRecording.ts';
import { PAGE_DRIVES, recordPageDrives } from './pageDrives.ts';
import { publishResult } from './publishResult.ts';

const SEEDS = [0, 1, 2];

const recordings = recordPageDrives().map((bytes, i) => readRecording(bytes, { name: PAGE_DRIVES.scenarios[i]! }));

/** Weights of the raw features and their deviations; CPU time of gathering and fitting [s]. */
async function learn(budget: OptionBudget, seed: number) {
  const before = process.cpuUsage();
  const { scenes, sceneWeight } = await gatherScenes(recordings, { candidates: budget.candidates, seed });
  const { fit, learned, standardisation, standard } = await refinedFit(scenes, { sceneWeight, seed, budget });
  const { user, system } = process.cpuUsage(before);
  const { scale } = standardisation;
  return {
    scenes: scenes.length,
    weights: new Map(learned.map((column, i) => [column, fit.theta[i]! / scale[column]!])),
    sd: new Map(learned.map((column, i) => [column, fit.sd[i]! / scale[column]!])),
    scale,
    optionsPerScene: standard.start[standard.scenes]! / standard.scenes,
    cpuSeconds: (user + system) / 1e6,
  };
}

const full = optionBudget(1);
const reference = await learn(full, SEEDS[0]!);
const budgets = [
  { name: 'of few scenes', budget: full },
  { name: 'of as many', budget: optionBudget(reference.scenes) },
];
const rows: object[] = [];
for (const { name, budget } of budgets) {
  for (const seed of SEEDS) {
    const one = await learn(budget, seed);
    const pairs = [...reference.weights].map(([column, weight]) => {
      const scale = reference.scale[column]!;
      return {
        own: (one.weights.get(column) ?? 0) * scale,
        weight: weight * scale,
        sd: reference.sd.get(column)! * scale,
      };
    });
    const sum = (of: (pair: (typeof pairs)[number]) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
    const off = pairs.map(({ own, weight, sd }) => Math.abs(own - weight) / sd);
    rows.push({
      options: name,
      ...budget,
      seed,
      cosine:
        sum(({ own, weight }) => own * weight) /
        Math.sqrt(sum(({ own }) => own * own) * sum(({ weight }) => weight * weight)),
      normRatio: Math.sqrt(sum(({ own }) => own * own) / sum(({ weight }) => weight * weight)),
      largestDeviations: Math.max(...off),
      rmsDeviations: Math.sqrt(off.reduce((total, z) => total + z * z, 0) / off.length),
      optionsPerScene: one.optionsPerScene,
      cpuSeconds: one.cpuSeconds,
    });
    console.error(JSON.stringify(rows.at(-1)));
  }
}
publishResult('optionBudget', { ...PAGE_DRIVES, scenes: reference.scenes, reference: 'of few scenes, seed 0', rows });
