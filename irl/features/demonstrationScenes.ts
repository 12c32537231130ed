import type { Recording } from '../../recordings/recording.ts';
import { HORIZON_TICKS } from './motion.ts';
import { isOutsideLanes } from './outsideLanes.ts';
import { roadOf } from './sceneFromRecording.ts';

/** Distance within a window below which the car counts as standing [m]. */
const STANDING_DISTANCE = 2;

/** Ticks that two drives have in common at least when one branched from the other: fewer may be chance, and count little. */
const SHORTEST_SHARED = HORIZON_TICKS / 2;

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
  /** Before this drive branched from another one, which has them as well. */
  readonly shared: number;
  /** 1 when the recording is shorter than a window. */
  readonly tooShort: number;
}

/** A window that was left out, and the first rule that left it out. */
export interface ExcludedWindow {
  /** First tick of the window. */
  readonly tick: number;
  readonly reason: Exclude<keyof SkippedWindows, 'tooShort'>;
}

/** Windows of one recording from which something can be learned. */
export interface DemonstrationScenes {
  readonly recording: Recording;
  /** First ticks of the windows, ascending. */
  readonly ticks: readonly number[];
  readonly skipped: SkippedWindows;
  /** The windows that were left out, ascending. */
  readonly excluded: readonly ExcludedWindow[];
}

/** Options of `demonstrationScenes`. */
export interface DemonstrationOptions {
  /** Ticks between the starts of two windows; windows overlap below 50. */
  readonly strideTicks?: number;
}

/**
 * The windows of a set of recordings. Where a drive branches from another one of the set (`branchTick`, a rewind), what
 * was driven before the branch is used once, from whichever can use it; alone it is used in full.
 * @param options.seen drives that were used before: what the recordings share with them is not used again
 * @returns in the order of the recordings
 * @throws RangeError when the stride is no positive integer
 */
export function demonstrationScenesOf(
  recordings: readonly Recording[],
  { seen = [], ...options }: DemonstrationOptions & { readonly seen?: readonly Recording[] } = {},
): DemonstrationScenes[] {
  const found = recordings.map((recording) => demonstrationScenes(recording, options));
  const order = found
    .map((_, k) => k)
    .sort((a, b) => branchTickOf(found[a]!.recording) - branchTickOf(found[b]!.recording));
  // Early branches first: what a later one shares with them is before its own branch, too.
  for (const [n, k] of order.entries()) {
    const { recording, ticks: all, skipped, excluded } = found[k]!;
    const usedBefore = order.slice(0, n).map((earlier) => ({
      until: sharedUntil(recording, found[earlier]!.recording),
      ticks: new Set(found[earlier]!.ticks),
    }));
    const seenUntil = Math.max(0, ...seen.map((drive) => sharedUntil(recording, drive)));
    const isShared = (tick: number) =>
      tick < seenUntil || usedBefore.some(({ until, ticks }) => tick < until && ticks.has(tick));
    const shared = all.filter(isShared).map((tick): ExcludedWindow => ({ tick, reason: 'shared' }));
    found[k] = {
      recording,
      ticks: all.filter((tick) => !isShared(tick)),
      skipped: { ...skipped, shared: shared.length },
      excluded: [...excluded, ...shared].sort((a, b) => a.tick - b.tick),
    };
  }
  return found;
}

function branchTickOf({ metadata }: Recording): number {
  return metadata.branchTick ?? 0;
}

/**
 * Tick up to which two drives are the same because one of them, or both, branched; 0 where they are not. The same state
 * at a tick means the same drive up to there. All drives of a scenario are the same until somebody does something,
 * which is not to share a drive.
 */
function sharedUntil(one: Recording, other: Recording): number {
  if (one.metadata.scenarioId !== other.metadata.scenarioId) return 0;
  const branched = Math.max(branchTickOf(one), branchTickOf(other));
  for (let tick = branched; tick >= SHORTEST_SHARED; tick--) {
    const hash = one.hashes[tick];
    if (hash !== undefined && hash === other.hashes[tick]) return tick;
  }
  return 0;
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
  const crash = recording.events.find((event) => event.kind === 'collision')?.tick ?? Number.POSITIVE_INFINITY;
  const ticks: number[] = [];
  const excluded: ExcludedWindow[] = [];
  for (let tick = 0; tick + HORIZON_TICKS <= recording.ticks; tick += strideTicks) {
    const reason = exclusionOf(recording, tick, crash);
    if (reason === undefined) ticks.push(tick);
    else excluded.push({ tick, reason });
  }
  const count = (reason: ExcludedWindow['reason']) => excluded.filter((window) => window.reason === reason).length;
  return {
    recording,
    ticks,
    skipped: {
      standing: count('standing'),
      afterCollision: count('afterCollision'),
      handedOver: count('handedOver'),
      offRoad: count('offRoad'),
      shared: 0,
      tooShort: recording.ticks < HORIZON_TICKS ? 1 : 0,
    },
    excluded,
  };
}

function exclusionOf(recording: Recording, tick: number, crash: number): ExcludedWindow['reason'] | undefined {
  const { ego, metadata } = recording;
  const row = tick * ego.rowsPerTick;
  const s = ego.s[row]!;
  if (tick + HORIZON_TICKS >= crash) return 'afterCollision';
  if (isHandedOver(recording, tick, tick + HORIZON_TICKS)) return 'handedOver';
  if (isOutsideLanes(roadOf(recording), s, ego.d[row]!, metadata.ego.width)) return 'offRoad';
  return ego.s[row + HORIZON_TICKS * ego.rowsPerTick]! - s < STANDING_DISTANCE ? 'standing' : undefined;
}

/** Whether anybody but the recording's driver drove between two ticks; a take-over acts from its tick on. */
export function isHandedOver({ events, metadata }: Recording, from: number, to: number): boolean {
  const takeOvers = events.filter((event) => event.kind === 'take-over');
  const before = takeOvers.findLast((event) => event.tick <= from);
  const within = takeOvers.filter((event) => event.tick > from && event.tick < to);
  return [...(before ? [before] : []), ...within].some((event) => event.driver !== metadata.driverName);
}
