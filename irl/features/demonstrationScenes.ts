import type { Recording } from '../../recordings/recording.ts';
import { ROAD_EDGE_TOLERANCE } from './firstRoadExit.ts';
import { HORIZON_TICKS } from './motion.ts';
import { roadOf } from './sceneFromRecording.ts';

/** Distance within a window below which the car counts as standing [m]. */
const STANDING_DISTANCE = 2;

/** Why windows were not used: how many of each. */
export interface SkippedWindows {
  /** The car moved less than 2 m. */
  readonly standing: number;
  /** A collision happened before the window's end. */
  readonly afterCollision: number;
  /** Somebody else than the recorded driver held the wheel at some time in the window. */
  readonly handedOver: number;
  /** The box was outside the lanes at the start. */
  readonly offRoad: number;
  /** Before this drive branched from another one of the set, which has them as well. */
  readonly shared: number;
  /** 1 when the recording is shorter than a window. */
  readonly tooShort: number;
}

/** Windows of one recording from which something can be learned. */
export interface DemonstrationScenes {
  readonly recording: Recording;
  /** First ticks of the windows, ascending. */
  readonly ticks: readonly number[];
  readonly skipped: SkippedWindows;
}

/** Options of `demonstrationScenes`. */
export interface DemonstrationOptions {
  /** Ticks between the starts of two windows; windows overlap below 50. */
  readonly strideTicks?: number;
}

/**
 * The windows of a set of recordings. Where a drive branches from another one of the set (`branchTick`, a rewind), what
 * was driven before the branch is used once, from whichever can use it; alone it is used in full.
 * @returns in the order of the recordings
 * @throws RangeError when the stride is no positive integer
 */
export function demonstrationScenesOf(
  recordings: readonly Recording[],
  options: DemonstrationOptions = {},
): DemonstrationScenes[] {
  const used = new Set<string>();
  const found = recordings.map((recording) => demonstrationScenes(recording, options));
  const branchTick = ({ recording }: DemonstrationScenes) => recording.metadata.branchTick ?? 0;
  const order = found.map((_, k) => k).sort((a, b) => branchTick(found[a]!) - branchTick(found[b]!));
  // Early branches first: what a later one shares with them is before its own branch, too.
  for (const k of order) {
    const { recording, ticks: all, skipped } = found[k]!;
    const ticks = all.filter((tick) => tick >= branchTick(found[k]!) || !used.has(momentOf(recording, tick)));
    for (const tick of ticks) used.add(momentOf(recording, tick));
    found[k] = { recording, ticks, skipped: { ...skipped, shared: all.length - ticks.length } };
  }
  return found;
}

/** Equal for the same tick of drives that are the same until then; without a hash equal to nothing else. */
function momentOf({ metadata, hashes }: Recording, tick: number): string {
  return `${metadata.scenarioId} ${tick} ${hashes[tick] ?? metadata.startedAt}`;
}

/**
 * Chooses the 5 s windows of a recording that are used. A window is left out, and counted, when the car stands, after
 * a collision (traffic and driver are then no example), while somebody else had taken the wheel over, or when it starts
 * outside the lanes.
 * @throws RangeError when the stride is no positive integer
 */
export function demonstrationScenes(
  recording: Recording,
  { strideTicks = 10 }: DemonstrationOptions = {},
): DemonstrationScenes {
  if (!(Number.isInteger(strideTicks) && strideTicks >= 1)) {
    throw new RangeError(`demonstration scenes: strideTicks is ${strideTicks}; expected an integer >= 1`);
  }
  const { ego, metadata } = recording;
  const road = roadOf(recording);
  const crash = recording.events.find((event) => event.kind === 'collision')?.tick ?? Number.POSITIVE_INFINITY;
  const ticks: number[] = [];
  let standing = 0;
  let afterCollision = 0;
  let handedOver = 0;
  let offRoad = 0;
  for (let tick = 0; tick + HORIZON_TICKS <= recording.ticks; tick += strideTicks) {
    const row = tick * ego.rowsPerTick;
    const endRow = (tick + HORIZON_TICKS) * ego.rowsPerTick;
    const s = ego.s[row]!;
    const d = ego.d[row]!;
    const half = metadata.ego.width / 2;
    if (tick + HORIZON_TICKS >= crash) afterCollision++;
    else if (isHandedOver(recording, tick, tick + HORIZON_TICKS)) handedOver++;
    else if (d + half > ROAD_EDGE_TOLERANCE || d - half < road.rightEdge(s) - ROAD_EDGE_TOLERANCE) offRoad++;
    else if (ego.s[endRow]! - s < STANDING_DISTANCE) standing++;
    else ticks.push(tick);
  }
  const tooShort = recording.ticks < HORIZON_TICKS ? 1 : 0;
  return { recording, ticks, skipped: { standing, afterCollision, handedOver, offRoad, shared: 0, tooShort } };
}

/** Whether anybody but the recording's driver drove between two ticks; a take-over acts from its tick on. */
function isHandedOver({ events, metadata }: Recording, from: number, to: number): boolean {
  const takeOvers = events.filter((event) => event.kind === 'take-over');
  const before = takeOvers.findLast((event) => event.tick <= from);
  const within = takeOvers.filter((event) => event.tick > from && event.tick < to);
  return [...(before ? [before] : []), ...within].some((event) => event.driver !== metadata.driverName);
}
