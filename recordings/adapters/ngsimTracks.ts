import { atan2 } from '../../sim/core/deterministicMath.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { ENTRY_S } from './ngsimSites.ts';
import type { NgsimVehicle } from './ngsimVehicles.ts';
import { type SmoothedSeries, smoothSeries } from './savitzkyGolay.ts';

/** Savitzky-Golay window [samples]: 2.1 s, as Huang et al. (2021) smooth NGSIM. */
export const SMOOTHING_WINDOW = 21;
/** Order of the polynomials, as in Huang et al. (2021). */
export const SMOOTHING_ORDER = 3;
/** Longest gap in a vehicle's rows that is bridged by the polynomials on both sides [frames]: 0.5 s. */
export const BRIDGED_FRAMES = 5;
/** Below this speed the measured lateral motion is noise, not heading [m/s]. */
const HEADING_SPEED = 3;

/**
 * An unbroken stretch of one vehicle, smoothed, of the box centre in the road frame; sample k is at frame `from + k`.
 * Shapes: [samples].
 */
export interface NgsimTrack {
  readonly vehicle: NgsimVehicle;
  /** First frame of 0.1 s since 1970. */
  readonly from: number;
  readonly samples: number;
  /** 1 where the file has a row, 0 where a short gap was bridged. */
  readonly measured: Uint8Array;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly dDot: Float64Array;
  /** d²s/dt² [m/s²]. */
  readonly sDdot: Float64Array;
  /** d²d/dt² [m/s²]. */
  readonly dDdot: Float64Array;
  /** atan2(dDot, sDot), with sDot at least 3 m/s, since at walking pace lateral noise would turn the car [rad]. */
  readonly headingOffset: Float64Array;
}

/**
 * Smoothed tracks of a vehicle: split where it was away for more than 0.5 s. Single rows have no speed and give none.
 * @param breaks rows before which to split as well.
 */
export function smoothVehicle(vehicle: NgsimVehicle, breaks: readonly number[]): NgsimTrack[] {
  const { frame } = vehicle;
  const tracks: NgsimTrack[] = [];
  let start = 0;
  for (let i = 1; i <= frame.length; i++) {
    const joined = i < frame.length && frame[i]! - frame[i - 1]! - 1 <= BRIDGED_FRAMES && !breaks.includes(i);
    if (joined) continue;
    if (i - start >= 2) tracks.push(smoothRows(vehicle, start, i));
    start = i;
  }
  return tracks;
}

function smoothRows(vehicle: NgsimVehicle, start: number, end: number): NgsimTrack {
  const from = vehicle.frame[start]!;
  const samples = vehicle.frame[end - 1]! - from + 1;
  const measured = new Uint8Array(samples);
  const x = new Float64Array(samples);
  const y = new Float64Array(samples);
  for (let i = start; i < end; i++) {
    const k = vehicle.frame[i]! - from;
    measured[k] = 1;
    x[k] = vehicle.x[i]!;
    y[k] = vehicle.y[i]!;
  }
  const options = { window: SMOOTHING_WINDOW, order: SMOOTHING_ORDER, step: TICK_S };
  const along = smoothSeries(y, measured, options);
  const across = negated(smoothSeries(x, measured, options));
  return {
    vehicle,
    from,
    samples,
    measured,
    // The files give the front centre; half a length back along the road is the centre (its sideways part is below 5
    // cm).
    s: along.value.map((front) => front - vehicle.length / 2 + ENTRY_S),
    d: across.value,
    sDot: along.first,
    dDot: across.first,
    sDdot: along.second,
    dDdot: across.second,
    headingOffset: across.first.map((dDot, k) => atan2(dDot, Math.max(along.first[k]!, HEADING_SPEED))),
  };
}

/** Local_X grows to the right, d to the left. */
function negated(series: SmoothedSeries): SmoothedSeries {
  const negate = (values: Float64Array) => values.map((value) => 0 - value);
  return { value: negate(series.value), first: negate(series.first), second: negate(series.second) };
}
