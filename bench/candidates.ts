import { createCandidateGenerator } from '../irl/candidates/candidateGenerator.ts';
import { refusalAlone, refusalAmongOthers } from '../irl/candidates/refusal.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { evaluateFeatures } from '../irl/features/evaluateFeatures.ts';
import { FEATURE_COUNT } from '../irl/features/registry.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { centreOf, trafficScene } from '../tests/fixtures/irl/trafficScene.ts';

/*
 * Cost of one 5 s candidate among 25 vehicles: drawing, reactive prediction, all features, hard constraints.
 * `npx tsx bench/candidates.ts [--json]`. CPU time, the median of many scenes, because other work shares the machine.
 */

const cpuMilliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const CANDIDATES = 300;
const VEHICLES = 25;
const scene = trafficScene(
  Array.from({ length: VEHICLES }, (_, i) => ({
    s: 390 + Math.floor(i / 3) * 28 + (i % 3) * 8 + (i % 3 === 1 && Math.floor(i / 3) === 4 ? 14 : 0),
    d: centreOf(i % 3),
    sDot: 18 + ((i * 7) % 5),
  })),
);
const generator = createCandidateGenerator({ count: CANDIDATES, seed: 1 });
const values = new Float64Array(CANDIDATES * FEATURE_COUNT);
const stages = { base: [] as number[], draw: [] as number[], features: [] as number[], constraints: [] as number[] };
let allowed = 0;
for (let run = 0; run < 120; run++) {
  const t0 = cpuMilliseconds();
  const prediction = createPrediction(scene);
  const t1 = cpuMilliseconds();
  const set = generator.generate(scene, { scene: run });
  const t2 = cpuMilliseconds();
  for (let i = 0; i < set.count; i++) evaluateFeatures(set.motions[i]!, prediction, values, i * FEATURE_COUNT);
  const t3 = cpuMilliseconds();
  for (let i = 0; i < set.count; i++) {
    const motion = set.motions[i]!;
    if (refusalAlone(motion, prediction) === 0 && refusalAmongOthers(motion, prediction) === 0) allowed++;
  }
  const t4 = cpuMilliseconds();
  if (run < 20) continue;
  stages.base.push(t1 - t0);
  stages.draw.push(t2 - t1);
  stages.features.push(t3 - t2);
  stages.constraints.push(t4 - t3);
}
const perCandidate = (times: readonly number[]) => Number(((quantile(times, 0.5) * 1000) / CANDIDATES).toFixed(2));
const result = {
  vehicles: VEHICLES,
  candidates: CANDIDATES,
  features: FEATURE_COUNT,
  microsecondsPerCandidate: {
    draw: perCandidate(stages.draw),
    predictionAndFeatures: perCandidate(stages.features),
    constraints: perCandidate(stages.constraints),
  },
  microsecondsBasePrediction: Number((quantile(stages.base, 0.5) * 1000).toFixed(0)),
  allowedShare: Number((allowed / 120 / CANDIDATES).toFixed(3)),
};
console.log(process.argv.includes('--json') ? JSON.stringify(result, null, 2) : result);
