import { advanceTick } from '../sim/core/advanceWorld.ts';
import { hashWorld } from '../sim/core/hashWorld.ts';
import { SIMULATOR_VERSION, SUBSTEPS_PER_TICK } from '../sim/core/time.ts';
import type { World } from '../sim/core/world.ts';
import { createCommandReplayDriver } from './commandReplayDriver.ts';
import type { Recording } from './recording.ts';
import { RecordingError } from './recordingError.ts';

/** Outcome of comparing a recording with its re-simulation. */
export interface Verification {
  /** Ticks that were re-simulated. */
  readonly ticks: number;
  /** Whether every tick had a hash and all were the same. */
  readonly identical: boolean;
  /** The first tick whose state differs, with both hashes; null when none does. */
  readonly firstDifference: { readonly tick: number; readonly recorded: string; readonly resimulated: string } | null;
  /** Ticks at the end without a hash, because the file was damaged there. */
  readonly unverifiedTicks: number;
}

/**
 * Drives a fresh world of the recording's scenario with the recorded commands.
 * @param onTick called for the start and after every tick; return false to stop.
 * @throws RecordingError when the recording has no commands, comes from another simulator version, or the world has
 * moved already.
 */
export function resimulate(
  recording: Recording,
  world: World,
  // biome-ignore lint/suspicious/noConfusingVoidType: callbacks that never stop return nothing.
  onTick: (world: World, tick: number) => boolean | void,
): void {
  checkReplayable(recording, world);
  const driver = createCommandReplayDriver(recording);
  if (onTick(world, 0) === false) return;
  for (let tick = 1; tick <= recording.ticks; tick++) {
    advanceTick(world, driver);
    if (onTick(world, tick) === false) return;
  }
}

/**
 * Re-simulates a recording and compares the state hash of every tick; stops at the first difference.
 * @param world fresh world of the recording's scenario.
 * @throws RecordingError as `resimulate`, and when the recording has no hashes.
 */
export function verifyRecording(recording: Recording, world: World): Verification {
  if (recording.hashes.length === 0) {
    throw new RecordingError({
      what: 'the recording has no state hashes',
      where: recording.metadata.scenarioId,
      expected: 'a simulated drive; imported traffic has none',
    });
  }
  let ticks = 0;
  let firstDifference: Verification['firstDifference'] = null;
  resimulate(recording, world, (of, tick) => {
    ticks = tick;
    const recorded = recording.hashes[tick];
    const resimulated = hashWorld(of);
    if (recorded !== undefined && recorded !== resimulated) firstDifference = { tick, recorded, resimulated };
    return firstDifference === null;
  });
  const unverifiedTicks = recording.ticks + 1 - recording.hashes.length;
  return { ticks, identical: firstDifference === null && unverifiedTicks === 0, firstDifference, unverifiedTicks };
}

function checkReplayable(recording: Recording, world: World): void {
  const { metadata, input, ticks } = recording;
  const refuse = (what: string, expected: string) => new RecordingError({ what, where: metadata.scenarioId, expected });
  if (metadata.simulatorVersion !== SIMULATOR_VERSION) {
    throw refuse(
      `simulatorVersion is ${metadata.simulatorVersion}`,
      `${SIMULATOR_VERSION}, the simulator that runs here`,
    );
  }
  if (input.rows !== ticks * SUBSTEPS_PER_TICK) {
    throw refuse(
      `the recording has ${input.rows} commands for ${ticks} ticks`,
      `${ticks * SUBSTEPS_PER_TICK}; imported traffic has none and replays as recorded only`,
    );
  }
  if (world.tick !== 0 || world.substep !== 0) throw refuse(`the world is at tick ${world.tick}`, 'a fresh world');
}
