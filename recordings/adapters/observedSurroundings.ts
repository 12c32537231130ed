import type { NgsimTrack } from './ngsimTracks.ts';

/** Road that must be observed around a demonstrator, from its centre [m]. */
export interface ObservationRange {
  readonly ahead: number;
  readonly behind: number;
}

/** A run of frames of one track, both ends included. */
export interface Stretch {
  readonly track: NgsimTrack;
  /** Index of the first sample in the track. */
  readonly first: number;
  readonly samples: number;
}

/** Rearmost and frontmost place where any vehicle is, by frame [m]. */
export interface ObservedSpan {
  readonly from: number;
  readonly rear: Float64Array;
  readonly front: Float64Array;
}

/**
 * Span of the road that was observed in each frame: from the rearmost to the frontmost vehicle in any lane. A camera
 * window is not in the files, so this is what they vouch for: where a vehicle is seen, the road was being watched. It
 * errs on the safe side at the ends (an empty stretch beyond the last vehicle counts as not observed) and knows
 * nothing of holes inside, which `missingAhead` looks for.
 */
export function observedSpan(tracks: readonly NgsimTrack[]): ObservedSpan {
  const from = tracks.reduce((least, track) => Math.min(least, track.from), Number.POSITIVE_INFINITY);
  const end = tracks.reduce((most, track) => Math.max(most, track.from + track.samples), from);
  const rear = new Float64Array(end - from).fill(Number.POSITIVE_INFINITY);
  const front = new Float64Array(end - from).fill(Number.NEGATIVE_INFINITY);
  for (const track of tracks) {
    for (let k = 0; k < track.samples; k++) {
      const frame = track.from - from + k;
      rear[frame] = Math.min(rear[frame]!, track.s[k]!);
      front[frame] = Math.max(front[frame]!, track.s[k]!);
    }
  }
  return { from, rear, front };
}

/** Longest run of samples of a track whose surroundings lie within the observed span; undefined when there is none. */
export function longestObservedStretch(
  track: NgsimTrack,
  span: ObservedSpan,
  range: ObservationRange,
): Stretch | undefined {
  let best: Stretch | undefined;
  let run = 0;
  for (let k = 0; k < track.samples; k++) {
    const frame = track.from - span.from + k;
    const s = track.s[k]!;
    const observed = span.front[frame]! >= s + range.ahead && span.rear[frame]! <= s - range.behind;
    run = observed ? run + 1 : 0;
    if (run > (best?.samples ?? 0)) best = { track, first: k - run + 1, samples: run };
  }
  return best;
}

/** How long a vehicle is looked for after its rows end or before they begin [frames]: 3 s. */
const LOOK_FRAMES = 30;
/** Vehicles whose centres are closer sideways than this share a lane [m]. */
const SAME_LANE = 1.8;

/**
 * Samples of a stretch in which a vehicle that the file shows shortly before or after is missing from the road ahead in
 * the same lane: one whose rows end (or begin) there, carried on (or back) at its last (first) speed for 3 s. They tell
 * how much of an apparently free road was not free.
 */
export function missingAhead(stretch: Stretch, tracks: readonly NgsimTrack[], ahead: number): number {
  const { track, first, samples } = stretch;
  const missing = new Uint8Array(samples);
  for (const other of tracks) {
    if (other.vehicle === track.vehicle) continue;
    for (const [sample, direction] of [
      [other.samples - 1, 1],
      [0, -1],
    ] as const) {
      for (let step = 1; step <= LOOK_FRAMES; step++) {
        const k = other.from + sample + direction * step - (track.from + first);
        if (k < 0 || k >= samples) continue;
        const gap = other.s[sample]! + direction * step * 0.1 * other.sDot[sample]! - track.s[first + k]!;
        const aside = Math.abs(other.d[sample]! - track.d[first + k]!);
        if (gap > 0 && gap < ahead && aside < SAME_LANE) missing[k] = 1;
      }
    }
  }
  return missing.reduce((sum, flag) => sum + flag, 0);
}
