import type { Driver } from '../sim/core/driver.ts';
import { SUBSTEPS_PER_TICK } from '../sim/core/time.ts';
import type { Recording } from './recording.ts';

/** Gives the commands of a recording, substep by substep; after the last one it keeps giving that. */
export function createCommandReplayDriver({ input }: Recording): Driver {
  return {
    name: 'command-replay',
    start() {},
    command(world, out) {
      const row = Math.min(world.tick * SUBSTEPS_PER_TICK + world.substep, input.rows - 1);
      out.steer = input.steer[row]!;
      out.throttle = input.throttle[row]!;
      out.brake = input.brake[row]!;
      out.indicator = input.indicator[row]!;
    },
  };
}
