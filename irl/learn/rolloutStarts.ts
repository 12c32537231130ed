import { logReplaySpec } from '../../recordings/logReplaySpec.ts';
import type { Recording } from '../../recordings/recording.ts';
import { resimulate } from '../../recordings/resimulate.ts';
import { worldSpecOf } from '../../recordings/worldSpecOf.ts';
import { restoreSnapshot, type Snapshot, takeSnapshot } from '../../sim/core/snapshot.ts';
import { createWorld, type World } from '../../sim/core/world.ts';
import { demonstrationScenes, demonstrationScenesOf } from '../features/demonstrationScenes.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { roadOf } from '../features/sceneFromRecording.ts';
import { whyNotDrivenAgain } from './whyNotDrivenAgain.ts';

/** A moment of a recording. */
export interface StartMoment {
  readonly recording: Recording;
  /** Tick of the recording. */
  readonly tick: number;
}

/** A moment of a recording from which somebody else can drive on. */
export interface RolloutStart extends StartMoment {
  /** Gives the world at that moment, good until the next call of any start of the recording. */
  enter(): World;
}

/** How starts are chosen. */
export interface RolloutStartOptions {
  /** Starts at most. */
  readonly count: number;
  /** Successive windows of 5 s that follow each start; all of them are usable demonstrations. */
  readonly windows: number;
  /** Ticks between two starts that may be chosen. */
  readonly strideTicks?: number;
  /** Drives that were used before: what the recordings share with them, having branched, is no start. */
  readonly seen?: readonly Recording[];
}

/**
 * Chooses moments spread evenly over the usable windows of the recordings (`demonstrationScenes`), stratified by how
 * often the person changes lanes in what follows (proportional allocation, Cochran 1977, section 5.5). Simulated drives
 * are driven again with the recorded commands up to each start, so that traffic reacts from there on as it would have;
 * drives without commands, such as imported ones, continue in the replay of their traffic.
 * @throws RangeError when no recording has as many usable windows in a row
 */
export function rolloutStarts(
  recordings: readonly Recording[],
  { count, ...moments }: RolloutStartOptions,
): RolloutStart[] {
  const { windows } = moments;
  const possible = possibleStarts(recordings, moments);
  if (possible.length === 0) {
    throw new RangeError(
      `learning: no recording has ${windows} usable window${windows === 1 ? '' : 's'} of ${HORIZON_TICKS / 10} s in a row; expected at least one to roll out from`,
    );
  }
  const wanted = Math.min(count, possible.length);
  // Stable: within both strata in the order of the drives, so that an even choice represents strata, drives and times.
  const strata = [...possible].sort((a, b) => lanesCrossed(a, windows) - lanesCrossed(b, windows));
  const chosen = Array.from(
    { length: wanted },
    (_, n) => strata[Math.floor(((n + 0.5) * strata.length) / wanted)]!,
  ).sort((a, b) => possible.indexOf(a) - possible.indexOf(b));
  return recordings.flatMap((recording) => {
    const ticks = chosen.filter((start) => start.recording === recording).map((start) => start.tick);
    if (ticks.length === 0) return [];
    return whyNotDrivenAgain(recording) === undefined
      ? resimulatedStarts(recording, ticks)
      : replayedStarts(recording, ticks);
  });
}

/** All moments that may be chosen, in the order of the recordings. */
export function possibleStarts(
  recordings: readonly Recording[],
  { windows, strideTicks = 10, seen = [] }: Omit<RolloutStartOptions, 'count'>,
): StartMoment[] {
  return demonstrationScenesOf(recordings, { strideTicks, seen }).flatMap(({ recording, ticks }) => {
    const usable = new Set(demonstrationScenes(recording, { strideTicks: 1 }).ticks);
    const fits = (tick: number) =>
      Array.from({ length: windows }, (_, n) => tick + n * HORIZON_TICKS).every((at) => usable.has(at));
    return ticks.filter(fits).map((tick) => ({ recording, tick }));
  });
}

/**
 * Lane changes of the person in the windows from a tick on: these are rare, so that chance would represent them badly.
 */
function lanesCrossed({ recording, tick }: StartMoment, windows: number): number {
  const { s, d, rowsPerTick } = recording.ego;
  const road = roadOf(recording);
  let crossed = 0;
  let lane = -1;
  for (let k = 0; k <= windows * HORIZON_TICKS; k++) {
    const row = (tick + k) * rowsPerTick;
    const now = road.laneAt(s[row]!, d[row]!);
    if (lane >= 0 && now !== lane) crossed++;
    lane = now;
  }
  return crossed;
}

function resimulatedStarts(recording: Recording, ticks: readonly number[]): RolloutStart[] {
  const world = createWorld(worldSpecOf(recording));
  const snapshots = new Map<number, Snapshot>();
  const last = Math.max(...ticks);
  resimulate(recording, world, (of, tick) => {
    if (ticks.includes(tick)) snapshots.set(tick, takeSnapshot(of));
    return tick < last;
  });
  return ticks.map((tick) => ({
    recording,
    tick,
    enter() {
      restoreSnapshot(world, snapshots.get(tick)!);
      return world;
    },
  }));
}

function replayedStarts(recording: Recording, ticks: readonly number[]): RolloutStart[] {
  return ticks.map((tick) => {
    const { spec } = logReplaySpec(recording, tick);
    return { recording, tick, enter: () => createWorld(spec) };
  });
}
