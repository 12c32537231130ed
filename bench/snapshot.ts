// Cost of going back in time: `understudy bench snapshot`, or into bench/results/snapshot.json: npx tsx
// bench/snapshot.ts
import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';
import { advanceTick } from '../sim/core/advanceWorld.ts';
import { hashWorld } from '../sim/core/hashWorld.ts';
import { restoreSnapshot, takeSnapshot } from '../sim/core/snapshot.ts';
import { createWorld } from '../sim/core/world.ts';
import { publishResult } from './publishResult.ts';

/** Vehicles to wait for, a minute at most; the figures are for those there then, and say how many. */
const WANTED = 60;
const ROUNDS = 20_000;
/** Rounds before the clock starts, so that the compiled code is measured. */
const WARM_UP = 5_000;

/** Cost of branching a world [µs a call], and whether the branches came out right. */
export interface SnapshotFigures {
  readonly vehicles: number;
  readonly snapshotMicroseconds: number;
  readonly restoreMicroseconds: number;
  /**
   * Copying the state of one world into a second one of the same spec: snapshot and restore, for branches side by side.
   */
  readonly forkMicroseconds: number;
  /** Building that second world, once. */
  readonly newWorldMicroseconds: number;
  /** Whether going back and on again gave the same state hash as going straight on. */
  readonly sameAfterRestore: boolean;
  readonly sameInFork: boolean;
}

/** Measures with the given clock [s]. */
export function measureSnapshot(seconds: () => number): SnapshotFigures {
  const { spec } = buildScenario('free-flow@1?density=5#1');
  const world = createWorld(spec);
  const driver = findBaselineDriver('idm-mobil').create();
  driver.start(world);
  for (let tick = 0; tick < 600 && (tick < 50 || Math.abs(world.vehicles.count - WANTED) > 1); tick++) {
    advanceTick(world, driver);
  }
  const { count } = world.vehicles;
  const snapshot = takeSnapshot(world);
  const microseconds = (work: () => void, rounds: number) => {
    for (let k = 0; k < rounds / 4 || k < Math.min(rounds, WARM_UP); k++) work();
    const start = seconds();
    for (let k = 0; k < rounds; k++) work();
    return ((seconds() - start) / rounds) * 1e6;
  };
  const take = microseconds(() => takeSnapshot(world), ROUNDS);
  const restore = microseconds(() => restoreSnapshot(world, snapshot), ROUNDS);
  const branch = createWorld(spec);
  const fork = microseconds(() => restoreSnapshot(branch, takeSnapshot(world)), ROUNDS);
  const build = microseconds(() => createWorld(spec), 200);

  const on = (from: typeof world) => {
    const other = findBaselineDriver('idm-mobil').create();
    other.start(from);
    for (let k = 0; k < 100; k++) advanceTick(from, other);
    return hashWorld(from);
  };
  const straight = on(world);
  restoreSnapshot(world, snapshot);
  const again = on(world);
  restoreSnapshot(branch, snapshot);
  return {
    vehicles: count,
    snapshotMicroseconds: take,
    restoreMicroseconds: restore,
    forkMicroseconds: fork,
    newWorldMicroseconds: build,
    sameAfterRestore: again === straight,
    sameInFork: on(branch) === straight,
  };
}

if (process.argv[1]?.endsWith('snapshot.ts')) {
  const figures = measureSnapshot(() => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  publishResult('snapshot', figures);
}
