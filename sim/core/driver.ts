import type { EgoCommand } from '../vehicle/egoCommand.ts';
import type { World } from './world.ts';

/**
 * Somebody who drives the ego: a person, the learned agent, a baseline. Called in every substep, before the dynamics;
 * drivers that decide less often keep their plan between calls. A driver is pure: all it knows comes from the world.
 */
export interface Driver {
  /** Name for tables and labels, such as `idm-mobil`. */
  readonly name: string;
  /** Forgets every earlier world and gets ready for this one. */
  start(world: World): void;
  /** Writes the command for the coming substep to `out`. */
  command(world: World, out: EgoCommand): void;
}
