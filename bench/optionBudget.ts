// What fewer options cost and save when there are many scenes: the weights of ten minutes of driving by `optionBudget`
// beside those by the options of few scenes and a window each second, and how much each changes with the seed: npx tsx
// bench/optionBudget.ts [--json]
import { gatherScenes } from '../irl/learn/gatherScenes.ts';
import { type OptionBudget, optionBudget } from '../irl/learn/optionBudget.ts';
import { refinedFit } from '../irl/learn/refinedFit.ts';
import { planScenes } from '../irl/learn/scenePlan.ts';
import { readRecording } from '../recordings/readRecording.ts';
import { PAGE_DRIVES, recordPageDrives } from './pageDrives.ts';
import { publishResult } from './publishResult.ts';

const SEEDS = [0, 1, 2];

const recordings = recordPageDrives().map((bytes, i) => readRecording(bytes, { name: PAGE_DRIVES.scenarios[i]! }));

/** Weights of the raw features and their deviations; CPU time of gathering and fitting [s]. */
async function learn(strideTicks: number | undefined, budgetOf: (scenes: number) => OptionBudget, seed: number) {
  const before = process.cpuUsage();
  const stride = strideTicks === undefined ? {} : { strideTicks };
  const budget = budgetOf(planScenes(recordings, stride).picked.length);
  const { scenes, sceneWeight } = await gatherScenes(recordings, { ...stride, candidates: budget.candidates, seed });
  const { fit, learned, standardisation, standard } = await refinedFit(scenes, { sceneWeight, seed, budget });
  const { user, system } = process.cpuUsage(before);
  const { scale } = standardisation;
  return {
    scenes: scenes.length,
    budget,
    weights: new Map(learned.map((column, i) => [column, fit.theta[i]! / scale[column]!])),
    sd: new Map(learned.map((column, i) => [column, fit.sd[i]! / scale[column]!])),
    scale,
    optionsPerScene: standard.start[standard.scenes]! / standard.scenes,
    cpuSeconds: (user + system) / 1e6,
  };
}

const full = () => optionBudget(1);
const EACH_SECOND = 10;
const reference = await learn(EACH_SECOND, full, SEEDS[0]!);
const ways = [
  { name: 'each second, options of few scenes', strideTicks: EACH_SECOND, budgetOf: full },
  { name: 'each second, options of as many', strideTicks: EACH_SECOND, budgetOf: optionBudget },
  { name: 'as the learner does', strideTicks: undefined, budgetOf: optionBudget },
];
const rows: object[] = [];
for (const { name, strideTicks, budgetOf } of ways) {
  for (const seed of SEEDS) {
    const one = await learn(strideTicks, budgetOf, seed);
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
      windows: name,
      scenes: one.scenes,
      ...one.budget,
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
publishResult('optionBudget', { ...PAGE_DRIVES, reference: `${ways[0]!.name}, seed ${SEEDS[0]}`, rows });
