import { createRecorder, type DriveDescription } from '../recordings/recorder.ts';
import { advanceSubstep } from '../sim/core/advanceWorld.ts';
import type { Driver } from '../sim/core/driver.ts';
import { hashWorld } from '../sim/core/hashWorld.ts';
import { SUBSTEPS_PER_TICK, TICK_S } from '../sim/core/time.ts';
import { timeToCollision } from '../sim/core/timeToCollision.ts';
import { createWorld, type WorldSpec } from '../sim/core/world.ts';
import { neutralCommand } from '../sim/vehicle/egoCommand.ts';
import type { Progress } from './progress.ts';

/** A drive to be made. */
export interface DriveTask {
  readonly spec: WorldSpec;
  readonly driver: Driver;
  /** Its length; a drive that reaches the end of the road is over there. */
  readonly ticks: number;
  readonly description: DriveDescription;
}

/** What happened in a drive. */
export interface DriveSummary {
  readonly ticks: number;
  /** Whether the drive is shorter than asked for because the road ended. */
  readonly roadEnded: boolean;
  /** Way along the road [m]. */
  readonly distance: number;
  /** [m/s] */
  readonly meanSpeed: number;
  readonly collisions: number;
  readonly nearMisses: number;
  /** Times the car left the lanes. */
  readonly offRoad: number;
  readonly laneChanges: number;
  /** Smallest time to collision at the ends of ticks, bumper to bumper [s]; null when nothing was ever closed in on. */
  readonly minTtc: number | null;
  /** State hash at the end. */
  readonly hash: string;
}

/** Drives and records. The same task gives the same states; the bytes depend on the description too. */
export function recordDrive(task: DriveTask, progress?: Progress): { bytes: Uint8Array; summary: DriveSummary } {
  const { spec, driver, ticks, description } = task;
  const world = createWorld(spec);
  driver.start(world);
  const recorder = createRecorder(world, description);
  const command = neutralCommand();
  const start = world.ego.s;
  let minTtc = Number.POSITIVE_INFINITY;
  while (world.tick < ticks && world.ego.s < world.road.length) {
    for (let substep = 0; substep < SUBSTEPS_PER_TICK; substep++) {
      driver.command(world, command);
      advanceSubstep(world, command);
      recorder.substep(world, command, { device: 'program' });
    }
    minTtc = Math.min(minTtc, timeToCollision(world));
    progress?.update(world.tick, 'ticks');
  }
  progress?.end();
  const count = (kind: string) => world.events.filter((event) => event.kind === kind).length;
  const distance = world.ego.s - start;
  const summary: DriveSummary = {
    ticks: world.tick,
    roadEnded: world.tick < ticks,
    distance,
    meanSpeed: distance / (world.tick * TICK_S),
    collisions: count('collision'),
    nearMisses: count('near-miss'),
    offRoad: count('off-road'),
    laneChanges: count('lane-change'),
    minTtc: Number.isFinite(minTtc) ? minTtc : null,
    hash: hashWorld(world),
  };
  return { bytes: recorder.finish(), summary };
}
