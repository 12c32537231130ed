import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import { createCandidateGenerator, DEFAULT_CANDIDATES } from '../irl/candidates/candidateGenerator.ts';
import { refusalAlone, refusalAmongOthers } from '../irl/candidates/refusal.ts';
import { createPrediction } from '../irl/features/createPrediction.ts';
import { evaluateFeatures } from '../irl/features/evaluateFeatures.ts';
import { FEATURE_COUNT } from '../irl/features/registry.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';
import { advanceSubstep } from '../sim/core/advanceWorld.ts';
import { createWorld } from '../sim/core/world.ts';
import { neutralCommand } from '../sim/vehicle/egoCommand.ts';
import { centreOf, trafficScene } from '../tests/fixtures/irl/trafficScene.ts';
import { plantedReward } from './plantedReward.ts';
import { publishResult } from './publishResult.ts';

/*
 * Cost of one 5 s candidate among 25 vehicles: drawing, reactive prediction, all features, hard constraints; and of whole
 * decisions of the agent in dense traffic. `npx tsx bench/candidates.ts [--json]`, without `--json` into
 * bench/results/candidates.json. CPU time, because other work shares the machine; the median of many scenes.
 */

const cpuMilliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const CANDIDATES = DEFAULT_CANDIDATES;
const VEHICLES = 25;
/** Where whole decisions are measured: an agent that decides at 5 Hz. */
const SCENARIO = 'dense@1';
const DRIVEN_TICKS = 300;
const REPLAN_TICKS = 2;
/** Times that a drive is repeated. */
const REPEATS = 5;
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
const perCandidate = (times: readonly number[], p = 0.5) =>
  Number(((quantile(times, p) * 1000) / CANDIDATES).toFixed(2));
const wholes = stages.draw.map((time, run) => time + stages.features[run]! + stages.constraints[run]!);
const repeated = decisionTimes();
const decisions = repeated.flat();
/** What each decision takes when nothing else slows it: the same drive gives the same decisions. */
const undisturbed = repeated.map((times) => Math.min(...times));
const milliseconds = (times: readonly number[], p: number) => Number(quantile(times, p).toFixed(2));
publishResult('candidates', {
  vehicles: VEHICLES,
  features: FEATURE_COUNT,
  microsecondsPerCandidate: perCandidate(wholes),
  microsecondsOfStages: {
    draw: perCandidate(stages.draw),
    predictionAndFeatures: perCandidate(stages.features),
    constraints: perCandidate(stages.constraints),
  },
  microsecondsBasePrediction: Number((quantile(stages.base, 0.5) * 1000).toFixed(0)),
  allowedShare: Number((allowed / 120 / CANDIDATES).toFixed(3)),
  candidatesPerDecision: DEFAULT_CANDIDATES,
  decisionScenario: SCENARIO,
  decisions: decisions.length,
  decisionMsMedian: milliseconds(decisions, 0.5),
  decisionMsP95: milliseconds(decisions, 0.95),
  // When nothing else slows it: of the scenes the fastest tenth, of each decision the fastest time.
  undisturbed: {
    microsecondsPerCandidate: perCandidate(wholes, 0.1),
    decisionMsMedian: milliseconds(undisturbed, 0.5),
    decisionMsP95: milliseconds(undisturbed, 0.95),
  },
});

/**
 * CPU times of each decision of an agent in dense traffic [ms], after two drives that warm the code up. Shape:
 * [decisions x REPEATS].
 */
function decisionTimes(): number[][] {
  for (const seed of [1, 2]) driveTimes(seed);
  return [3, 4, 5].flatMap((seed) => {
    const drives = Array.from({ length: REPEATS }, () => driveTimes(seed));
    return drives[0]!.map((_, decision) => drives.map((times) => times[decision]!));
  });
}

/** CPU time of each decision of one drive [ms]. */
function driveTimes(seed: number): number[] {
  const times: number[] = [];
  const world = createWorld(buildScenario(`${SCENARIO}#${seed}`).spec);
  const driver = createLearnedDriver(plantedReward());
  driver.start(world);
  const command = neutralCommand();
  for (let tick = 0; tick < DRIVEN_TICKS; tick++) {
    do {
      const before = cpuMilliseconds();
      driver.command(world, command);
      if (world.substep === 0 && tick % REPLAN_TICKS === 0) times.push(cpuMilliseconds() - before);
      advanceSubstep(world, command);
    } while (world.substep !== 0);
  }
  return times;
}
