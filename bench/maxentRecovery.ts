import { createCandidateGenerator } from '../irl/candidates/candidateGenerator.ts';
import { boltzmannMotion } from '../irl/evaluate/boltzmannMotion.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { UNDERSTUDY_FEATURES } from '../irl/features/featureSet.ts';
import { FEATURES } from '../irl/features/registry.ts';
import { createRewardScorer } from '../irl/features/rewardScorer.ts';
import { effectiveOptions } from '../irl/learn/effectiveOptions.ts';
import { fitMaxent } from '../irl/learn/maxent.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { refinedFit } from '../irl/learn/refinedFit.ts';
import { chosenBy, drawOptions } from '../irl/learn/sceneOptions.ts';
import { standardise } from '../irl/learn/standardisation.ts';
import { randomScene } from '../tests/fixtures/irl/trafficScene.ts';
import { PLANTED_COLUMNS } from './plantedDrivers.ts';
import { PLANTED, plantedReward } from './plantedReward.ts';
import { publishResult } from './publishResult.ts';

/*
 * What does the choice of options do to the weights? One Boltzmann driver acts in random scenes; fits with different
 * base measures, numbers of candidates and refinements, and the same fixed prior, see only what it did.
 * `npx tsx bench/maxentRecovery.ts [--json]`, without --json into bench/results/maxentRecovery.json
 */

const SCENES = 200;
const PRIOR_SD = 10;
const scorer = createRewardScorer(plantedReward());
const demonstrations = Array.from({ length: SCENES }, (_, i) => {
  const scene = randomScene(i + 1);
  const person = boltzmannMotion(scene, scorer, { seed: i + 1, steps: 400 });
  return person === undefined ? [] : [{ scene, person }];
}).flat();

const rows = [];
for (const scenes of [60, SCENES]) {
  for (const [measure, candidates, refine] of [
    ['uniform', 30, false],
    ['uniform', 100, false],
    ['uniform', 300, false],
    ['uniform', 1000, false],
    ['uniform', 300, true],
    ['proposal', 300, false],
    ['proposal', 1000, false],
  ] as const) {
    const generator = createCandidateGenerator({ count: candidates, seed: 11 });
    const options = demonstrations.slice(0, scenes).map(({ scene, person }, i) =>
      chosenBy(
        drawOptions(scene, () => createPrediction(scene), i, generator, UNDERSTUDY_FEATURES),
        person,
      ),
    );
    const found = await refinedFit(options, {
      sceneWeight: 1,
      seed: 11,
      refine,
      prior: (raw) => ({ standardisation: standardise(raw), fit: { priorSd: PRIOR_SD } }),
      columns: PLANTED_COLUMNS,
    });
    const { first, learned, standardisation, standard } = found;
    // Every draw came from the proposal, so under that measure all weigh the same.
    const equal = { ...standard, logWeight: new Float64Array(standard.logWeight.length) };
    const fit = measure === 'proposal' ? fitMaxent(equal, { priorSd: PRIOR_SD }) : found.fit;
    const truth = learned.map((column) => {
      const [weight, scale] = PLANTED[FEATURES[column]!.name]!;
      return (weight * standardisation.scale[column]!) / scale;
    });
    const dot = truth.reduce((sum, t, i) => sum + t * fit.theta[i]!, 0);
    const norm = Math.hypot(...fit.theta);
    const trueNorm = Math.hypot(...truth);
    const z = truth.map((t, i) => (fit.theta[i]! - t) / fit.sd[i]!);
    rows.push({
      scenes: options.length,
      measure,
      candidates,
      refined: standard.start.at(-1)! / options.length - first.start.at(-1)! / options.length,
      cosine: dot / norm / trueNorm,
      normRatio: norm / trueNorm,
      coverage95: z.filter((value) => Math.abs(value) < 1.96).length / z.length,
      effectiveOptions: quantile(effectiveOptions(measure === 'proposal' ? equal : standard, fit.theta), 0.5),
    });
  }
}
publishResult('maxentRecovery', { planted: PLANTED, priorSd: PRIOR_SD, rows });
