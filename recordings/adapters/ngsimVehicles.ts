import { VEHICLE_KIND, type VehicleKind } from '../../sim/traffic/vehicleColumns.ts';
import { RecordingError } from '../recordingError.ts';
import { type NgsimRow, readNgsimRows } from './ngsimRows.ts';
import { FOOT } from './ngsimSites.ts';
import type { TextSource } from './textLines.ts';

/** A vehicle that was away for longer is another one with the same id [frames]: 60 s, far above any time on 640 m. */
const REUSE_GAP = 600;

/** Our kinds by v_Class. */
const KIND_OF_CLASS: Readonly<Record<number, VehicleKind>> = {
  1: VEHICLE_KIND.motorcycle,
  2: VEHICLE_KIND.car,
  3: VEHICLE_KIND.truck,
};

/**
 * One vehicle's raw track: still of the front centre, in metres, from the left edge and from the entry. Shapes: [rows].
 */
export interface NgsimVehicle {
  /** Vehicle_ID; the same number can belong to another vehicle later in the file. */
  readonly id: number;
  /** 1 for the first vehicle with this id, 2 for the one that has it next, and so on. */
  readonly use: number;
  readonly kind: VehicleKind;
  /** [m] */
  readonly length: number;
  /** [m] */
  readonly width: number;
  /** Frames of 0.1 s since 1970, ascending, with gaps. */
  readonly frame: Float64Array;
  /** From the left edge of the road to the right [m]. */
  readonly x: Float64Array;
  /** Along the road [m]. */
  readonly y: Float64Array;
  /** NGSIM lane number. */
  readonly lane: Uint8Array;
}

/** What a file holds. */
export interface NgsimVehicles {
  readonly vehicles: readonly NgsimVehicle[];
  /** Place, lower case; empty where the file does not say. */
  readonly location: string;
  readonly rows: number;
  /** Rows that repeat another one exactly. */
  readonly repeated: number;
}

export interface NgsimVehiclesOptions {
  /** File name for messages. */
  readonly name: string;
  /** Place to take out of a merged file; needed when it holds several. */
  readonly location?: string | undefined;
  /** Most rows to hold in memory; about 32 bytes each. */
  readonly maxRows: number;
}

interface Growing {
  readonly first: NgsimRow;
  readonly frame: number[];
  readonly x: number[];
  readonly y: number[];
  readonly lane: number[];
}

/**
 * Reads all vehicles of a file. The text is streamed; what stays in memory is four numbers a row.
 * @throws RecordingError for a wrong row, for two different rows of one vehicle and moment, for several places without
 * a choice, and for more rows than `maxRows`.
 */
export async function readNgsimVehicles(source: TextSource, options: NgsimVehiclesOptions): Promise<NgsimVehicles> {
  const { name } = options;
  const growing = new Map<string, Growing>();
  const wanted = options.location?.toLowerCase();
  let location: string | undefined;
  let rows = 0;
  for await (const row of readNgsimRows(source, name)) {
    if (wanted !== undefined && row.location !== wanted) continue;
    location ??= row.location;
    if (row.location !== location) {
      throw new RecordingError({
        what: `the file holds several places (${location}, ${row.location})`,
        where: `${name}, line ${row.line}, field Location`,
        expected: 'one place, or the name of one of them as the location to import',
      });
    }
    rows += 1;
    if (rows > options.maxRows) {
      throw new RecordingError({
        what: `the file has more than ${options.maxRows} rows of ${location || 'its place'}`,
        where: `${name}, line ${row.line}`,
        expected: 'a file of one place and period, or a higher row limit',
      });
    }
    // The body is part of the key: ids are reused between periods, bodies of one vehicle never change.
    const key = `${row.vehicle} ${row.length} ${row.width} ${row.vehicleClass}`;
    let track = growing.get(key);
    if (!track) {
      track = { first: row, frame: [], x: [], y: [], lane: [] };
      growing.set(key, track);
    }
    track.frame.push(row.frame);
    track.x.push(row.x);
    track.y.push(row.y);
    track.lane.push(row.lane);
  }
  if (rows === 0) {
    throw new RecordingError({
      what: wanted === undefined ? 'the file has no rows' : `the file has no rows of the place ${wanted}`,
      where: name,
      expected: 'NGSIM rows',
    });
  }
  const repeated = { count: 0 };
  const vehicles = [...growing.values()].flatMap((track) => splitVehicles(track, name, repeated));
  vehicles.sort((a, b) => a.frame[0]! - b.frame[0]! || a.id - b.id);
  return { vehicles: countUses(vehicles, name), location: location ?? '', rows, repeated: repeated.count };
}

/**
 * Numbers the vehicles that share an id, in order of time. @throws RecordingError when two have it at the same time.
 */
function countUses(vehicles: readonly Omit<NgsimVehicle, 'use'>[], name: string): NgsimVehicle[] {
  const before = new Map<number, NgsimVehicle>();
  return vehicles.map((vehicle) => {
    const earlier = before.get(vehicle.id);
    if (earlier && earlier.frame.at(-1)! >= vehicle.frame[0]!) {
      throw new RecordingError({
        what: `vehicle ${vehicle.id} has two bodies (${earlier.length.toFixed(2)} x ${earlier.width.toFixed(2)} m and ${vehicle.length.toFixed(2)} x ${vehicle.width.toFixed(2)} m) at Global_Time ${vehicle.frame[0]! * 100}`,
        where: `${name}, fields v_Length, v_Width, v_Class`,
        expected: 'one body for a vehicle',
      });
    }
    const counted = { ...vehicle, use: (earlier?.use ?? 0) + 1 };
    before.set(vehicle.id, counted);
    return counted;
  });
}

/** Sorts a track by time and splits it where the id was given to another vehicle. */
function splitVehicles(track: Growing, name: string, repeated: { count: number }): Omit<NgsimVehicle, 'use'>[] {
  const order = track.frame.map((_, i) => i).sort((a, b) => track.frame[a]! - track.frame[b]!);
  const groups: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  let previous = -1;
  for (const i of order) {
    const frame = track.frame[i]!;
    if (frame === last) {
      if (track.x[i] !== track.x[previous] || track.y[i] !== track.y[previous]) {
        throw new RecordingError({
          what: `vehicle ${track.first.vehicle} is at two places at Global_Time ${frame * 100}`,
          where: `${name}, Local_Y ${track.y[previous]} and ${track.y[i]} ft`,
          expected: 'one row for a vehicle and moment',
        });
      }
      repeated.count += 1;
      continue;
    }
    if (frame - last > REUSE_GAP) groups.push([]);
    groups.at(-1)!.push(i);
    last = frame;
    previous = i;
  }
  return groups.map((indices) => ({
    id: track.first.vehicle,
    kind: KIND_OF_CLASS[track.first.vehicleClass]!,
    length: track.first.length * FOOT,
    width: track.first.width * FOOT,
    frame: Float64Array.from(indices, (i) => track.frame[i]!),
    x: Float64Array.from(indices, (i) => track.x[i]! * FOOT),
    y: Float64Array.from(indices, (i) => track.y[i]! * FOOT),
    lane: Uint8Array.from(indices, (i) => track.lane[i]!),
  }));
}
