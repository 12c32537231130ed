import { TICK_S } from '../../sim/core/time.ts';
import type { Recording } from '../recording.ts';
import { RecordingError } from '../recordingError.ts';
import { mendLateralJumps } from './lateralJumps.ts';
import { ngsimRecording } from './ngsimRecording.ts';
import {
  ENTRY_S,
  type LaneExtent,
  NGSIM_LANE_WIDTH,
  type NgsimSite,
  type NgsimSiteName,
  ngsimRoad,
  ngsimSite,
} from './ngsimSites.ts';
import { smoothVehicle } from './ngsimTracks.ts';
import { type NgsimVehicle, readNgsimVehicles } from './ngsimVehicles.ts';
import { longestObservedStretch, observedSpan, type Stretch } from './observedSurroundings.ts';
import type { TextSource } from './textLines.ts';

/** How to import; everything but the file name has a default. */
export interface NgsimOptions {
  /** File name for messages. */
  readonly name: string;
  /** Demonstrators: those whose surroundings are observed long enough, or these vehicle ids. */
  readonly drivers?: 'auto' | readonly number[];
  /** Name of the data set in scenario ids; the file name without folder and ending when missing. */
  readonly source?: string;
  /** Place to take out of a merged file. */
  readonly location?: string;
  /** Lane table; the Location column when missing, else us-101. */
  readonly site?: NgsimSiteName;
  /** [m/s]; 65 mph when missing, the limit of both freeways. */
  readonly speedLimit?: number;
  /** Lane width [m], or `estimate` from the median positions in the lanes; 12 ft when missing. */
  readonly laneWidth?: number | 'estimate';
  /** Observed road ahead of a demonstrator [m]; 60 when missing. */
  readonly ahead?: number;
  /** Observed road behind a demonstrator [m]; 40 when missing. */
  readonly behind?: number;
  /** Shortest recording [s]; 10 when missing. */
  readonly minDuration?: number;
  /** Most rows to hold in memory; 5 million when missing, which is four whole periods. */
  readonly maxRows?: number;
}

/** A driver who gives no recording, and why. */
export interface LeftOut {
  readonly driver: number;
  readonly reason: string;
}

export interface NgsimImport {
  readonly recordings: readonly Recording[];
  readonly leftOut: readonly LeftOut[];
}

/** One driver's outcome, in the order of first appearance. */
export type NgsimOutcome =
  | { readonly kind: 'recording'; readonly driver: number; readonly recording: Recording }
  | { readonly kind: 'left-out'; readonly driver: number; readonly reason: string };

/**
 * Imports native NGSIM trajectories (csv with a header or text without one): one recording for each demonstrator, with
 * everyone else as traffic, over the longest stretch in which its surroundings are observed.
 * @throws RecordingError naming file, line, field, value and what was expected; for a driver id the file does not have.
 */
export async function importNgsim(source: TextSource, options: NgsimOptions): Promise<NgsimImport> {
  const recordings: Recording[] = [];
  const leftOut: LeftOut[] = [];
  for await (const outcome of importNgsimDrivers(source, options)) {
    if (outcome.kind === 'recording') recordings.push(outcome.recording);
    else leftOut.push({ driver: outcome.driver, reason: outcome.reason });
  }
  return { recordings, leftOut };
}

/** As `importNgsim`, one driver at a time, so that a long file's recordings need not be held together. */
export async function* importNgsimDrivers(source: TextSource, options: NgsimOptions): AsyncGenerator<NgsimOutcome> {
  const { name, drivers = 'auto', ahead = 60, behind = 40, minDuration = 10 } = options;
  const file = await readNgsimVehicles(source, {
    name,
    location: options.location,
    maxRows: options.maxRows ?? 5_000_000,
  });
  const site = ngsimSite(options.site ?? (file.location || 'us-101'), name);
  const mended = file.vehicles.map((vehicle) => mendLateralJumps(vehicle, site));
  const vehicles = mended.map(({ vehicle }) => vehicle);
  const ownTracks = mended.map(({ vehicle, breaks }) => smoothVehicle(vehicle, breaks));
  const tracks = ownTracks.flat();
  checkDrivers(drivers, vehicles, name);
  const laneWidth = options.laneWidth === 'estimate' ? estimateLaneWidth(vehicles, site, name) : options.laneWidth;
  const context = {
    source: options.source ?? sourceName(name),
    site: site.name,
    road: ngsimRoad(site, laneExtents(vehicles), laneWidth ?? NGSIM_LANE_WIDTH, options.speedLimit ?? site.speedLimit),
    tracks,
    moved: new Map(mended.map(({ vehicle, moved }) => [vehicle, moved])),
    range: { ahead, behind },
  };
  const span = observedSpan(tracks);
  for (const [index, vehicle] of vehicles.entries()) {
    if (drivers !== 'auto' && !drivers.includes(vehicle.id)) continue;
    const driver = vehicle.id;
    const stretch = longest(ownTracks[index]!.map((track) => longestObservedStretch(track, span, context.range)));
    const seconds = stretch ? (stretch.samples - 1) * TICK_S : 0;
    if (stretch && stretch.samples - 1 >= Math.round(minDuration / TICK_S)) {
      yield { kind: 'recording', driver, recording: ngsimRecording(stretch, context) };
    } else {
      const reason = `${ahead} m ahead and ${behind} m behind are observed for ${seconds.toFixed(1)} s at most; ${minDuration} s are needed`;
      yield { kind: 'left-out', driver, reason };
    }
  }
}

function checkDrivers(drivers: 'auto' | readonly number[], vehicles: readonly NgsimVehicle[], name: string): void {
  if (drivers === 'auto') return;
  const known = new Set(vehicles.map((vehicle) => vehicle.id));
  const unknown = drivers.find((driver) => !known.has(driver));
  if (unknown === undefined) return;
  throw new RecordingError({
    what: `there is no vehicle ${unknown}`,
    where: name,
    expected: `a Vehicle_ID of the file, such as ${[...known].slice(0, 5).join(', ')}`,
  });
}

function longest(stretches: readonly (Stretch | undefined)[]): Stretch | undefined {
  return stretches.reduce((best, next) => ((next?.samples ?? 0) > (best?.samples ?? 0) ? next : best), undefined);
}

function laneExtents(vehicles: readonly NgsimVehicle[]): Map<number, LaneExtent> {
  const extents = new Map<number, LaneExtent>();
  for (const { lane, y } of vehicles) {
    for (let i = 0; i < lane.length; i++) {
      const s = y[i]! + ENTRY_S;
      const extent = extents.get(lane[i]!);
      if (!extent) extents.set(lane[i]!, { from: s, to: s });
      else {
        extent.from = Math.min(extent.from, s);
        extent.to = Math.max(extent.to, s);
      }
    }
  }
  return extents;
}

/** Slope of the least-squares line through the median positions of the main lanes [m]. */
function estimateLaneWidth(vehicles: readonly NgsimVehicle[], site: NgsimSite, name: string): number {
  const positions = Array.from({ length: site.main }, (): number[] => []);
  for (const { lane, x } of vehicles) {
    for (let i = 0; i < lane.length; i++) positions[lane[i]! - 1]?.push(x[i]!);
  }
  const points = positions.flatMap((values, lane) => (values.length > 0 ? [{ lane, x: median(values) }] : []));
  if (points.length < 2) {
    throw new RecordingError({
      what: `vehicles are seen in ${points.length} main lane`,
      where: name,
      expected: 'at least 2 lanes to estimate their width from, or a given lane width',
    });
  }
  const meanLane = points.reduce((sum, point) => sum + point.lane, 0) / points.length;
  const meanX = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const covariance = points.reduce((sum, point) => sum + (point.lane - meanLane) * (point.x - meanX), 0);
  return covariance / points.reduce((sum, point) => sum + (point.lane - meanLane) ** 2, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function sourceName(name: string): string {
  const base = name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.[^.]*$/, '');
  return base.replace(/[^A-Za-z0-9_-]+/g, '-') || 'ngsim';
}
