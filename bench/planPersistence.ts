// How far the agent strays from what it planned, by replan rate: npx tsx bench/planPersistence.ts [--json], or without
// --json into bench/results/planPersistence.json.
import { createLearnedDriver } from '../irl/agent/learnedDriver.ts';
import type { Motion } from '../irl/features/motion.ts';
import { quantile } from '../irl/learn/quantile.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';
import { advanceTick } from '../sim/core/advanceWorld.ts';
import { createWorld } from '../sim/core/world.ts';
import { PLANTED, plantedReward } from './plantedReward.ts';
import { publishResult } from './publishResult.ts';

const SCENARIOS = ['dense@1#1', 'free-flow@1#1', 'cut-in@1#1', 'on-ramp-merge@1#1'] as const;
const TICKS = 200;
/** A driver of the usual weights, and one that minds accelerations and jerk a tenth as much. */
const RECKLESSNESS = 0.1;
const REWARDS = [
  plantedReward(),
  plantedReward(
    Object.fromEntries(
      ['lateralSpeed', 'longitudinalAcceleration', 'lateralAcceleration', 'longitudinalJerk', 'lateralJerk'].map(
        (name) => [`${name}Squared`, RECKLESSNESS * PLANTED[`${name}Squared`]![0]],
      ),
    ),
  ),
];
/** Ticks after which a plan is held against what became of it, whatever was planned in between. */
const LATER = 10;

/** Distances between plan and drive [m]. */
interface Errors {
  readonly along: number[];
  readonly across: number[];
}

function measure(replanTicks: number): Record<'followed' | 'afterOneSecond', Errors> {
  const followed: Errors = { along: [], across: [] };
  const afterOneSecond: Errors = { along: [], across: [] };
  for (const [id, reward] of SCENARIOS.flatMap((id) => REWARDS.map((reward) => [id, reward] as const))) {
    const world = createWorld(buildScenario(id).spec);
    const driver = createLearnedDriver(reward, { replanTicks });
    driver.start(world);
    const plans = new Map<number, Motion>();
    for (let k = 0; k < TICKS; k++) {
      advanceTick(world, driver);
      const { plan, tick } = driver.decision!;
      plans.set(tick, plan);
      note(followed, plan, world.tick - tick, world.ego);
      const old = plans.get(world.tick - LATER);
      if (old) note(afterOneSecond, old, LATER, world.ego);
    }
  }
  return { followed, afterOneSecond };
}

function note(errors: Errors, plan: Motion, ticks: number, { s, d }: { readonly s: number; readonly d: number }): void {
  errors.along.push(Math.abs(plan.s[ticks]! - s));
  errors.across.push(Math.abs(plan.d[ticks]! - d));
}

const describe = (errors: readonly number[]) => ({
  p50: quantile(errors, 0.5),
  p95: quantile(errors, 0.95),
  max: quantile(errors, 1),
});
const rows = [1, 2, 5, 10].map((replanTicks) => {
  const { followed, afterOneSecond } = measure(replanTicks);
  return {
    hertz: 10 / replanTicks,
    followed: { along: describe(followed.along), across: describe(followed.across) },
    afterOneSecond: { along: describe(afterOneSecond.along), across: describe(afterOneSecond.across) },
  };
});
publishResult('planPersistence', {
  scenarios: SCENARIOS,
  ticks: TICKS,
  comfortWeights: [1, RECKLESSNESS],
  unit: 'm',
  rows,
});
