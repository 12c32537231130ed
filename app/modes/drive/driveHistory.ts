import { TICKS_PER_CHUNK } from '../../../recordings/writeRecording.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../../sim/core/snapshot.ts';
import { SUBSTEPS_PER_TICK } from '../../../sim/core/time.ts';
import type { World } from '../../../sim/core/world.ts';
import type { RawInput } from '../../../sim/input/rawInput.ts';
import type { EgoCommand } from '../../../sim/vehicle/egoCommand.ts';
import type { Wheel } from './wheel.ts';

/** How far one rewind goes back at least; it ends at a whole second [ticks]. */
export const REWIND_TICKS = 50;
/** Moments are a second apart, as the parts of a recording are [ticks]. */
const MOMENT_TICKS = TICKS_PER_CHUNK;
/** Moments that are kept: half a minute, six rewinds. */
const KEPT_MOMENTS = 31;
/** How far all rewinds together can go back [ticks]. */
export const REACH_TICKS = (KEPT_MOMENTS - 1) * MOMENT_TICKS;

/** What the hands did in one substep. */
export interface DrivenSubstep {
  readonly command: Readonly<EgoCommand>;
  readonly raw: RawInput;
  /** Who took the wheel right before it; null when nobody did. */
  readonly takeOver: string | null;
}

interface DriveMoment {
  readonly snapshot: Snapshot;
  readonly wheel: Wheel;
  readonly restoreWheel: (() => void) | undefined;
}

/** Everything a drive needs to go back by some seconds and to be recorded anew up to there. */
export class DriveHistory {
  readonly #substeps: DrivenSubstep[] = [];
  readonly #moments: DriveMoment[] = [];

  /** All substeps since the start, in order. */
  get substeps(): readonly DrivenSubstep[] {
    return this.#substeps;
  }

  /** Call after every substep. @param wheel who drove it */
  note(world: World, command: Readonly<EgoCommand>, raw: RawInput, takeOver: string | null, wheel: Wheel): void {
    this.#substeps.push({ command: { ...command }, raw, takeOver });
    if (world.substep === 0 && world.tick % MOMENT_TICKS === 0) this.remember(world, wheel);
  }

  /** Keeps the present moment; called by itself once a second. */
  remember(world: World, wheel: Wheel): void {
    this.#moments.push({ snapshot: takeSnapshot(world), wheel, restoreWheel: wheel.remember?.() });
    if (this.#moments.length > KEPT_MOMENTS) this.#moments.shift();
  }

  /**
   * Puts a world back to the last whole second that is five seconds or more ago, or to the oldest moment there is, and
   * forgets everything after it.
   * @returns who held the wheel then, with hands and feet put back where that is known; null when the world is at the
   * oldest moment already
   */
  goBack(world: World): { readonly wheel: Wheel; readonly wheelRestored: boolean } | null {
    const wanted = world.tick - REWIND_TICKS;
    const index = Math.max(
      0,
      this.#moments.findLastIndex(({ snapshot }) => snapshot.tick <= wanted),
    );
    const moment = this.#moments[index];
    if (!moment || (moment.snapshot.tick === world.tick && world.substep === 0)) return null;
    restoreSnapshot(world, moment.snapshot);
    this.#moments.length = index + 1;
    this.#substeps.length = world.tick * SUBSTEPS_PER_TICK;
    moment.restoreWheel?.();
    return { wheel: moment.wheel, wheelRestored: moment.restoreWheel !== undefined };
  }
}
