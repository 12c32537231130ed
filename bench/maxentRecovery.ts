import { createCandidateGenerator } from '../irl/candidates/candidateGenerator.ts';
import { boltzmannMotion } from '../irl/evaluate/boltzmannMotion.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { createRewardScorer } from '../irl/features/rewardScorer.ts';
import { scaledChoices, selectedColumns } from '../irl/learn/choiceData.ts';
import { choicesOfScenes } from '../irl/learn/choicesOfScenes.ts';
import { fitMaxent } from '../irl/learn/maxent.ts';
import { SCALE_FLOOR, standardise } from '../irl/learn/standardisation.ts';
import { randomScene } from '../tests/fixtures/irl/trafficScene.ts';
import { PLANTED, plantedReward } from './plantedReward.ts';

/*
 * Does the estimator find known weights? A Boltzmann driver with planted weights acts in random scenes; learners with
 * different base measures and numbers of candidates see only what it did. `npx tsx bench/maxentRecovery.ts [--json]`
 */

const SCENES = 200;
const scorer = createRewardScorer(plantedReward());
const started = performance.now();
const demonstrations = Array.from({ length: SCENES }, (_, i) => {
  const scene = randomScene(i + 1);
  const person = boltzmannMotion(scene, scorer, { seed: i + 1, steps: 8000 });
  return person === undefined ? [] : [{ scene, person }];
}).flat();
const drivingSeconds = (performance.now() - started) / 1000;

const rows = [];
for (const scenes of [60, 200]) {
  for (const [measure, candidates] of [
    ['uniform', 30],
    ['uniform', 100],
    ['uniform', 300],
    ['uniform', 1000],
    ['proposal', 300],
    ['proposal', 1000],
  ] as const) {
    const used = demonstrations.slice(0, scenes);
    const generator = createCandidateGenerator({ count: candidates, seed: 11, measure });
    const data = choicesOfScenes(used, generator);
    const { excited } = standardise(data);
    const kept = excited.filter((column) => PLANTED[FEATURES[column]!.name] !== undefined);
    const scale = Float64Array.from(kept, (column) => PLANTED[FEATURES[column]!.name]![1]);
    const truth = kept.map((column) => PLANTED[FEATURES[column]!.name]![0]);
    const fit = fitMaxent(scaledChoices(selectedColumns(data, kept), scale));
    const dot = truth.reduce((sum, t, i) => sum + t * fit.theta[i]!, 0);
    const norm = Math.hypot(...fit.theta);
    const trueNorm = Math.hypot(...truth);
    const z = truth.map((t, i) => (fit.theta[i]! - t) / fit.sd[i]!);
    rows.push({
      scenes: used.length,
      measure,
      candidates,
      cosine: dot / norm / trueNorm,
      normRatio: norm / trueNorm,
      coverage95: z.filter((value) => Math.abs(value) < 1.96).length / z.length,
      rootMeanSquareZ: Math.hypot(...z) / Math.sqrt(z.length),
      weights: Object.fromEntries(
        kept.map((column, i) => [
          FEATURES[column]!.name,
          [Number(fit.theta[i]!.toFixed(2)), Number(fit.sd[i]!.toFixed(2))],
        ]),
      ),
    });
  }
}

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ planted: PLANTED, scaleFloor: SCALE_FLOOR, drivingSeconds, rows }, null, 2));
} else {
  console.log(`${demonstrations.length} Boltzmann demonstrations in ${drivingSeconds.toFixed(1)} s`);
  console.log('scenes measure  candidates cosine norm  cover95 rms z');
  for (const row of rows) {
    console.log(
      `${String(row.scenes).padStart(6)} ${row.measure.padEnd(8)} ${String(row.candidates).padStart(10)} ${row.cosine.toFixed(3)}  ${row.normRatio.toFixed(2)}  ${row.coverage95.toFixed(2)}    ${row.rootMeanSquareZ.toFixed(2)}`,
    );
  }
}
