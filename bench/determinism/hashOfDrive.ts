import { findBaselineDriver } from '../../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../../scenarios/buildScenario.ts';
import { advanceTick } from '../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../sim/core/hashWorld.ts';
import { restoreSnapshot, takeSnapshot } from '../../sim/core/snapshot.ts';
import { createWorld, type World } from '../../sim/core/world.ts';

/** One deterministic drive. */
export interface HashedDrive {
  /** Scenario id. */
  readonly id: string;
  /** Name of a baseline driver. */
  readonly driver: string;
  readonly ticks: number;
}

/** Where a drive ended. */
export interface DriveEnd {
  /** State hash, 8 hex digits. */
  readonly hash: string;
  /** Contacts of the ego with vehicles and rails. */
  readonly collisions: number;
}

/** Ticks that somebody else drives on after the snapshot of an interrupted drive. */
const ELSEWHERE_TICKS = 30;

/**
 * Drives, and hashes the state at the end.
 * @param interrupted whether the drive is continued from a snapshot: taken in the middle, restored after another driver
 * has driven the same world on
 * @throws RangeError when the driver or scenario is not known; Error when the state at the end is not finite, or the
 * other driver left no trace, so that restoring would prove nothing
 */
export function hashOfDrive({ id, driver: name, ticks }: HashedDrive, interrupted = false): DriveEnd {
  const world = createWorld(buildScenario(id).spec);
  const driver = findBaselineDriver(name).create();
  driver.start(world);
  for (let tick = 0; tick < ticks; tick++) {
    if (interrupted && tick === ticks >> 1) driveElsewhere(world, name === 'calm' ? 'brisk' : 'calm');
    advanceTick(world, driver);
  }
  const broken = Object.entries(world.ego).find(([, value]) => !Number.isFinite(value));
  if (broken) throw new Error(`${id} driven by ${name}: ego.${broken[0]} is ${broken[1]}; expected a finite number`);
  const collisions = world.events.filter((event) => event.kind === 'collision').length;
  return { hash: hashWorld(world), collisions };
}

function driveElsewhere(world: World, name: string): void {
  const snapshot = takeSnapshot(world);
  const before = hashWorld(world);
  const driver = findBaselineDriver(name).create();
  driver.start(world);
  for (let k = 0; k < ELSEWHERE_TICKS; k++) advanceTick(world, driver);
  if (hashWorld(world) === before) throw new Error(`${name} drove ${ELSEWHERE_TICKS} ticks and nothing changed`);
  restoreSnapshot(world, snapshot);
}
