import { TICK_S } from '../../sim/core/time.ts';
import type { DriveTrace } from '../features/driveTrace.ts';
import { roadOf } from '../features/sceneFromRecording.ts';
import { bandPowers } from './bandPowers.ts';
import type { TickRange } from './ownDriving.ts';

/** Edges of the bands [Hz]. People drive in the lower ones; above 2 Hz is shaping, noise of positions, or a bump. */
export const JERK_BANDS_HZ = [0, 0.5, 1, 2, 5] as const;
/** Longitudinal jerk that nuPlan's comfort metric bounds [m/s³] (Caesar et al. 2021, devkit's configuration). */
export const COMFORTABLE_JERK = 4.13;
/** Ticks in one stretch of the spectrum: 6.4 s, so that a line is 0.16 Hz wide. */
const SPECTRUM_TICKS = 64;

/** Jerk along one axis. */
export interface AxisJerk {
  /** Mean square over the time that was measured [m²/s⁶]. */
  readonly meanSquare: number;
  /** What each band adds to it, one entry for each two edges of `JERK_BANDS_HZ` [m²/s⁶]. */
  readonly bands: readonly number[];
  /** Share of the power above 2 Hz, 0 without jerk. */
  readonly shareAbove2Hz: number;
}

/** Jerk of a drive by frequency, from changes of speed over a tick as in the features. */
export interface JerkSpectrum {
  readonly longitudinal: AxisJerk;
  readonly lateral: AxisJerk;
  /** Share of the ticks with a longitudinal jerk beyond 4.13 m/s³. */
  readonly uncomfortable: number;
}

/**
 * Power of the jerk by band (Welch 1967: Hann windows of 6.4 s that overlap by half).
 * @returns null when no stretch is 6.5 s long
 */
export function jerkSpectrum(trace: DriveTrace, ranges: readonly TickRange[]): JerkSpectrum | null {
  const road = roadOf(trace);
  const { ego } = trace;
  const bend = (row: number) => road.curvature(ego.s[row]!) * ego.sDot[row]! * ego.sDot[row]!;
  const along: Float64Array[] = [];
  const across: Float64Array[] = [];
  for (const { fromTick, toTick } of ranges) {
    const length = toTick - fromTick - 1;
    if (length < SPECTRUM_TICKS) continue;
    const row = (k: number) => (fromTick + k) * ego.rowsPerTick;
    along.push(Float64Array.from({ length }, (_, k) => secondDifference(ego.sDot, row(k), row(k + 1), row(k + 2))));
    across.push(
      Float64Array.from(
        { length },
        (_, k) =>
          secondDifference(ego.dDot, row(k), row(k + 1), row(k + 2)) + (bend(row(k + 1)) - bend(row(k))) / TICK_S,
      ),
    );
  }
  if (along.length === 0) return null;
  let ticks = 0;
  let beyond = 0;
  for (const series of along) {
    for (const jerk of series) if (Math.abs(jerk) > COMFORTABLE_JERK) beyond++;
    ticks += series.length;
  }
  return { longitudinal: axisJerk(along), lateral: axisJerk(across), uncomfortable: beyond / ticks };
}

function secondDifference(speed: Float64Array, a: number, b: number, c: number): number {
  return (speed[c]! - 2 * speed[b]! + speed[a]!) / (TICK_S * TICK_S);
}

function axisJerk(series: readonly Float64Array[]): AxisJerk {
  const bands = bandPowers(series, SPECTRUM_TICKS, 1 / TICK_S, JERK_BANDS_HZ);
  const meanSquare = bands.reduce((sum, power) => sum + power, 0);
  return { meanSquare, bands, shareAbove2Hz: meanSquare > 0 ? bands.at(-1)! / meanSquare : 0 };
}
