import type { Recording } from '../../recordings/recording.ts';
import { HORIZON_TICKS } from './motion.ts';
import { isOutsideLanes } from './outsideLanes.ts';
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
