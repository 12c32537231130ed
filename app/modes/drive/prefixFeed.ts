import type { Recorder } from '../../../recordings/recorder.ts';
import { advanceSubstep } from '../../../sim/core/advanceWorld.ts';
import { hashWorld } from '../../../sim/core/hashWorld.ts';
import { createWorld, type World } from '../../../sim/core/world.ts';
import type { DrivenSubstep } from './driveHistory.ts';

/** Records the beginning of a drive anew, a piece at a time, while the drive may go on. */
export interface PrefixFeed {
  readonly recorder: Recorder;
  /**
   * Drives and records at most this many of the substeps that are missing.
   * @returns whether none is missing any more
   */
  feed(most: number): boolean;
}

/**
 * Drives a fresh world by the substeps of a drive, so that what a new recorder tells of its beginning is what happens
 * in it, to the bit.
 * @param live the world of the drive; once nothing is missing the recorder can go on with it
 * @param substeps of the drive, in order; may grow meanwhile
 */
export function createPrefixFeed(
  live: World,
  substeps: readonly DrivenSubstep[],
  record: (world: World) => Recorder,
): PrefixFeed {
  const world = createWorld(live.spec);
  const recorder = record(world);
  let next = 0;
  return {
    recorder,
    feed(most) {
      const end = Math.min(substeps.length, next + most);
      for (; next < end; next++) {
        const { command, raw, takeOver } = substeps[next]!;
        if (takeOver !== null) world.events.push({ tick: world.tick, kind: 'take-over', driver: takeOver });
        advanceSubstep(world, command);
        recorder.substep(world, command, raw);
      }
      if (next < substeps.length) return false;
      if (hashWorld(world) !== hashWorld(live)) {
        throw new Error(`drive: the beginning driven again differs at tick ${live.tick}; expected the same bits`);
      }
      return true;
    },
  };
}
