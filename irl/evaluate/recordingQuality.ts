import type { DriverLabel, Recording } from '../../recordings/recording.ts';
import { TICK_S } from '../../sim/core/time.ts';
import {
  type DemonstrationScenes,
  demonstrationScenesOf,
  type SkippedWindows,
} from '../features/demonstrationScenes.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import { isOutsideLanes } from '../features/outsideLanes.ts';
import { roadOf } from '../features/sceneFromRecording.ts';
import { type InputQuality, inputQuality } from './inputQuality.ts';
import { type JerkSpectrum, jerkSpectrum } from './jerkSpectrum.ts';
import { ownDriving, type TickRange } from './ownDriving.ts';
import { type ReactionDelay, reactionDelay } from './reactionDelay.ts';

/** Speed below which the car stands [m/s]. */
const STANDING_SPEED = 0.1;

/** Neighbouring windows that learning leaves out for the same reason. */
export interface ExcludedRange extends TickRange {
  readonly reason: keyof SkippedWindows;
  /** Windows in it. */
  readonly windows: number;
}

/** What a recording is worth as a demonstration, before anything is learned from it. */
export interface RecordingQuality {
  readonly driver: string;
  readonly label: DriverLabel;
  readonly device: string;
  /** Length of the drive, and time at the wheel before the first collision [s]. */
  readonly seconds: number;
  readonly ownSeconds: number;
  /** Way along the road [m]. */
  readonly distance: number;
  readonly laneChanges: number;
  /** Contacts of the ego. */
  readonly collisions: number;
  /** Time below 0.1 m/s, and time with a corner more than 0.3 m off the lanes [s]. */
  readonly standingSeconds: number;
  readonly offRoadSeconds: number;
  /** How steering and pedals were used at the wheel; null where no inputs were recorded. */
  readonly input: InputQuality | null;
  /** Jerk by frequency; null when the drive is too short. */
  readonly jerk: JerkSpectrum | null;
  readonly reaction: ReactionDelay;
  /** Windows of 5 s: all, those that can be learned from, and what the others are left out for. */
  readonly windows: number;
  readonly usableWindows: number;
  readonly excluded: readonly ExcludedRange[];
}

/**
 * Looks at recordings as teachers. Input, jerk and reaction are of the time in which the recording's driver held the
 * wheel, up to the first collision. What a drive shares with another one of them counts once, as in learning.
 * @param strideTicks ticks between the starts of two windows; learning takes wider ones from long driving
 * @returns in the order of the recordings
 * @throws RangeError when the stride is no positive integer
 */
export function recordingQuality(recordings: readonly Recording[], strideTicks = 10): RecordingQuality[] {
  return demonstrationScenesOf(recordings, { strideTicks }).map((scenes) => qualityOf(scenes, strideTicks));
}

function qualityOf(
  { recording, ticks: usable, excluded, skipped }: DemonstrationScenes,
  strideTicks: number,
): RecordingQuality {
  const { metadata, ego, ticks, events } = recording;
  const road = roadOf(recording);
  const own = ownDriving(recording);
  let standing = 0;
  let offRoad = 0;
  for (let tick = 0; tick < ticks; tick++) {
    const row = tick * ego.rowsPerTick;
    if (ego.sDot[row]! < STANDING_SPEED) standing++;
    if (isOutsideLanes(road, ego.s[row]!, ego.d[row]!, metadata.ego.width)) offRoad++;
  }
  const ranges: ExcludedRange[] = [];
  for (const { tick, reason } of excluded) {
    const before = ranges.at(-1);
    const range = { reason, fromTick: tick, toTick: tick + HORIZON_TICKS, windows: 1 };
    if (before?.reason === reason && before.toTick - HORIZON_TICKS === tick - strideTicks) {
      ranges[ranges.length - 1] = { ...range, fromTick: before.fromTick, windows: before.windows + 1 };
    } else {
      ranges.push(range);
    }
  }
  if (skipped.tooShort > 0) ranges.push({ reason: 'tooShort', fromTick: 0, toTick: ticks, windows: 0 });
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  return {
    driver: metadata.driverName,
    label: metadata.driverLabel,
    device: metadata.device,
    seconds: ticks * TICK_S,
    ownSeconds: own.reduce((sum, { fromTick, toTick }) => sum + toTick - fromTick, 0) * TICK_S,
    distance: ego.s[ticks * ego.rowsPerTick]! - ego.s[0]!,
    laneChanges: count('lane-change'),
    collisions: count('collision'),
    standingSeconds: standing * TICK_S,
    offRoadSeconds: offRoad * TICK_S,
    input: inputQuality(recording, own),
    jerk: jerkSpectrum(recording, own),
    reaction: reactionDelay(recording, own),
    windows: usable.length + excluded.length,
    usableWindows: usable.length,
    excluded: ranges,
  };
}
