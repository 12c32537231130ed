import { driverOf } from '../recordings/driverOf.ts';
import { createRandomStream } from '../sim/core/randomStream.ts';
import { BadInput } from './badInput.ts';
import type { LoadedRecording } from './loadRecording.ts';

/** Who drove a recording. */
export function driverOfRecording({ recording }: LoadedRecording): string {
  return driverOf(recording.metadata);
}

/** Recordings to learn from and the drivers kept for evaluation. */
export interface HoldOut {
  readonly training: readonly LoadedRecording[];
  /** Drivers left out, in the order they were drawn. */
  readonly heldOut: readonly string[];
}

/**
 * Keeps all recordings of `count` drivers, drawn by the seed, from the learner. By driver and never by window or
 * recording: windows of one drive resemble each other.
 * @throws BadInput when nobody would be left to learn from
 */
export function holdOutDrivers(recordings: readonly LoadedRecording[], count: number, seed: number): HoldOut {
  const drivers = [...new Set(recordings.map(driverOfRecording))];
  if (count >= drivers.length) {
    throw new BadInput('--holdout', String(count), `fewer than the ${drivers.length} drivers of the recordings`);
  }
  const random = createRandomStream(seed, 'hold-out');
  const heldOut: string[] = [];
  while (heldOut.length < count) {
    const index = Math.floor(random.uniform() * drivers.length);
    heldOut.push(...drivers.splice(index, 1));
  }
  return { training: recordings.filter((recording) => !heldOut.includes(driverOfRecording(recording))), heldOut };
}
