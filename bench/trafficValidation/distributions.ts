import { SMOOTHING_ORDER, SMOOTHING_WINDOW } from '../../recordings/adapters/ngsimTracks.ts';
import { smoothSeries } from '../../recordings/adapters/savitzkyGolay.ts';
import { TICK_S } from '../../sim/core/time.ts';

/**
 * A vehicle followed over consecutive frames of 0.1 s, from data or simulation; centre of the box. Shapes: [samples].
 */
export interface FollowedVehicle {
  readonly from: number;
  readonly length: number;
  readonly s: Float64Array;
  /** Left positive; 0 is the left edge of the road [m]. */
  readonly d: Float64Array;
  readonly sDot: Float64Array;
}

/** Where lanes are: equal widths from the left edge on. */
export interface LaneGrid {
  readonly width: number;
  readonly count: number;
}

/** Gaps and speeds beyond which a headway says nothing about following [m, m/s, s]. */
const FARTHEST_GAP = 60;
const SLOWEST = 3;
const LONGEST_HEADWAY = 6;
/** Headways are taken each second. */
const SAMPLE_FRAMES = 10;
/** A lane change lasts while the lateral speed stays above this [m/s]. */
const MOVING = 0.2;
/** Share of a lane width that a change has to cover. */
const COVERED = 0.5;

/**
 * Time headways [s] of followers in the main lanes: gap from bumper to bumper over own speed, once a second, at more
 * than 3 m/s, behind a leader within 60 m, up to 6 s.
 */
export function timeHeadways(vehicles: readonly FollowedVehicle[], lanes: LaneGrid): number[] {
  const headways: number[] = [];
  const last = Math.max(...vehicles.map(({ from, s }) => from + s.length));
  const first = Math.min(...vehicles.map(({ from }) => from));
  for (let frame = first; frame < last; frame += SAMPLE_FRAMES) {
    const here = vehicles.filter(({ from, s }) => frame >= from && frame < from + s.length);
    const placed = here
      .map((vehicle) => ({ vehicle, k: frame - vehicle.from, lane: laneAt(vehicle, frame - vehicle.from, lanes) }))
      .sort((a, b) => a.vehicle.s[a.k]! - b.vehicle.s[b.k]!);
    const leaders = new Map<number, (typeof placed)[number]>();
    for (let i = placed.length - 1; i >= 0; i--) {
      const own = placed[i]!;
      const leader = leaders.get(own.lane);
      leaders.set(own.lane, own);
      if (leader === undefined || own.lane < 0 || own.lane >= lanes.count) continue;
      const gap =
        leader.vehicle.s[leader.k]! - own.vehicle.s[own.k]! - (leader.vehicle.length + own.vehicle.length) / 2;
      const speed = own.vehicle.sDot[own.k]!;
      if (gap <= 0 || gap > FARTHEST_GAP || speed <= SLOWEST || gap / speed > LONGEST_HEADWAY) continue;
      headways.push(gap / speed);
    }
  }
  return headways;
}

/**
 * Durations of lane changes [s]: around each crossing of a marking, the time in which the lateral speed
 * (Savitzky-Golay, 2.1 s, third order) stays above 0.2 m/s in the direction of the change, when that covers half a lane
 * width.
 */
export function laneChangeDurations(vehicles: readonly FollowedVehicle[], lanes: LaneGrid): number[] {
  return vehicles.flatMap((vehicle) => durationsOf(vehicle, lanes));
}

function durationsOf(vehicle: FollowedVehicle, lanes: LaneGrid): number[] {
  const samples = vehicle.d.length;
  if (samples < SMOOTHING_WINDOW) return [];
  const options = { window: SMOOTHING_WINDOW, order: SMOOTHING_ORDER, step: TICK_S };
  const smoothed = smoothSeries(vehicle.d, new Uint8Array(samples).fill(1), options);
  const durations: number[] = [];
  let free = 0;
  for (let k = 1; k < samples; k++) {
    const before = laneAt(vehicle, k - 1, lanes);
    const lane = laneAt(vehicle, k, lanes);
    if (k < free || lane === before || Math.min(lane, before) < 0 || Math.max(lane, before) >= lanes.count) continue;
    const direction = lane < before ? 1 : -1;
    const moving = (at: number) => direction * smoothed.first[at]! > MOVING;
    let start = k;
    let end = k;
    while (start > 0 && moving(start - 1)) start--;
    while (end < samples - 1 && moving(end)) end++;
    free = end;
    if (start === 0 || end === samples - 1) continue;
    if (Math.abs(vehicle.d[end]! - vehicle.d[start]!) >= COVERED * lanes.width) durations.push((end - start) * TICK_S);
  }
  return durations;
}

function laneAt(vehicle: FollowedVehicle, k: number, lanes: LaneGrid): number {
  return Math.floor(-vehicle.d[k]! / lanes.width);
}

/** Value below which a share of the sorted numbers lies [same unit]. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}

/** Points of a histogram normalised to area 1. */
export function densityCurve(values: readonly number[], low: number, high: number, bins: number): [number, number][] {
  const width = (high - low) / bins;
  return Array.from({ length: bins }, (_, i) => {
    const from = low + i * width;
    const inside = values.filter((value) => value >= from && value < from + width).length;
    return [from + width / 2, inside / values.length / width];
  });
}
