import { SIMULATOR_VERSION, TICK_S } from '../../sim/core/time.ts';
import type { RoadSpec } from '../../sim/road/road.ts';
import { VEHICLE_KIND } from '../../sim/traffic/vehicleColumns.ts';
import { RECORDING_FORMAT_VERSION, type Recording, type TrafficFrame } from '../recording.ts';
import { BRIDGED_FRAMES, type NgsimTrack, SMOOTHING_ORDER, SMOOTHING_WINDOW } from './ngsimTracks.ts';
import type { NgsimVehicle } from './ngsimVehicles.ts';
import { missingAhead, type ObservationRange, type Stretch } from './observedSurroundings.ts';

/** Vehicles that decelerate harder than this are drawn with brake lights, which the files do not have [m/s²]. */
const BRAKE_LIGHT = 1;
/** Lowest speed in the yaw rate of a track, for the same reason as in its heading [m/s]. */
const YAW_SPEED = 3;

/** What recordings of one file share. */
export interface NgsimRecordingContext {
  /** Name of the data set in scenario ids: letters, digits, `-` and `_`. */
  readonly source: string;
  readonly site: string;
  readonly road: RoadSpec;
  readonly tracks: readonly NgsimTrack[];
  /** Rows of each vehicle that were moved by whole lanes to mend jumps. */
  readonly moved: ReadonlyMap<NgsimVehicle, number>;
  readonly range: ObservationRange;
}

/** One driver's recording over a stretch, with everyone else as traffic. */
export function ngsimRecording(stretch: Stretch, context: NgsimRecordingContext): Recording {
  const { track, first, samples } = stretch;
  const start = track.from + first;
  const around = context.tracks.filter(
    (other) => other.vehicle !== track.vehicle && other.from < start + samples && other.from + other.samples > start,
  );
  const none = new Float64Array(0);
  const { id, use } = track.vehicle;
  const driver = use === 1 ? `${id}` : `${id}-${use}`;
  return {
    metadata: {
      formatVersion: RECORDING_FORMAT_VERSION,
      simulatorVersion: SIMULATOR_VERSION,
      scenarioId: `log-replay@1?source=${context.source}&driver=${driver}#0`,
      seed: 0,
      driverLabel: 'imported',
      driverName: `${context.source} ${driver}`,
      device: `ngsim ${context.site}`,
      startedAt: new Date(start * 100).toISOString(),
      road: context.road,
      ego: { length: track.vehicle.length, width: track.vehicle.width },
      notes: notes(stretch, around, context),
    },
    ticks: samples - 1,
    ego: egoColumns(stretch),
    input: { rows: 0, steer: none, throttle: none, brake: none, indicator: new Int8Array(0), raw: [] },
    traffic: Array.from({ length: samples }, (_, tick) => trafficAt(around, start + tick)),
    events: [],
    hashes: [],
    warnings: [],
  };
}

function egoColumns({ track, first, samples }: Stretch): Recording['ego'] {
  const cut = (column: Float64Array) => column.slice(first, first + samples);
  const [sDot, dDot, sDdot, dDdot] = [cut(track.sDot), cut(track.dDot), cut(track.sDdot), cut(track.dDdot)];
  const headingOffset = cut(track.headingOffset);
  // On a straight road the vehicle frame is the road frame turned by the heading, whose sine and cosine are these.
  const turned = (along: number, across: number, k: number): readonly [number, number] => {
    const v = Math.max(sDot[k]!, YAW_SPEED);
    const norm = Math.sqrt(v * v + dDot[k]! * dDot[k]!);
    const [cosine, sine] = [v / norm, dDot[k]! / norm];
    return [along * cosine + across * sine, across * cosine - along * sine];
  };
  return {
    rows: samples,
    rowsPerTick: 1,
    s: cut(track.s),
    d: cut(track.d),
    sDot,
    dDot,
    headingOffset,
    ax: sDdot.map((along, k) => turned(along, dDdot[k]!, k)[0]),
    ay: dDdot.map((across, k) => turned(sDdot[k]!, across, k)[1]),
    yawRate: dDdot.map((across, k) => {
      const v = Math.max(sDot[k]!, YAW_SPEED);
      const speeding = sDot[k]! > YAW_SPEED ? sDdot[k]! : 0;
      return (v * across - dDot[k]! * speeding) / (v * v + dDot[k]! * dDot[k]!);
    }),
    steer: new Float64Array(samples),
  };
}

function trafficAt(tracks: readonly NgsimTrack[], frame: number): TrafficFrame {
  const here = tracks.filter((track) => frame >= track.from && frame < track.from + track.samples);
  const column = (field: 's' | 'd' | 'sDot' | 'dDot' | 'sDdot' | 'headingOffset') =>
    Float64Array.from(here, (track) => track[field][frame - track.from]!);
  const a = column('sDdot');
  return {
    count: here.length,
    id: Int32Array.from(here, (track) => track.vehicle.id),
    kind: Uint8Array.from(here, (track) => track.vehicle.kind),
    s: column('s'),
    d: column('d'),
    sDot: column('sDot'),
    dDot: column('dDot'),
    a,
    headingOffset: column('headingOffset'),
    length: Float64Array.from(here, (track) => track.vehicle.length),
    width: Float64Array.from(here, (track) => track.vehicle.width),
    indicator: new Int8Array(here.length),
    braking: Uint8Array.from(a, (value) => (value < -BRAKE_LIGHT ? 1 : 0)),
  };
}

function notes(stretch: Stretch, around: readonly NgsimTrack[], context: NgsimRecordingContext): string[] {
  const { track, first, samples } = stretch;
  const measured = track.measured.subarray(first, first + samples).reduce((sum, flag) => sum + flag, 0);
  const kind = Object.entries(VEHICLE_KIND).find(([, value]) => value === track.vehicle.kind)![0];
  const jumped = [...new Set([track, ...around].map((other) => other.vehicle))].filter(
    (v) => context.moved.get(v)! > 0,
  );
  const missing = missingAhead(stretch, context.tracks, context.range.ahead);
  return [
    `NGSIM ${context.site}, ${kind} ${track.vehicle.id}`,
    `Savitzky-Golay smoothing of positions, window ${SMOOTHING_WINDOW} (${(SMOOTHING_WINDOW * TICK_S).toFixed(1)} s), order ${SMOOTHING_ORDER}; speeds and accelerations are derivatives of the same polynomials`,
    `gaps of up to ${BRIDGED_FRAMES} frames are bridged by the polynomials: ${samples - measured} of ${samples} samples of the driver`,
    `observed: some vehicle, in any lane, at or beyond ${context.range.ahead} m ahead and ${context.range.behind} m behind in every frame; in ${missing} of ${samples} frames a vehicle that the file shows up to 3 s before or after is missing within ${context.range.ahead} m ahead in the same lane`,
    ...(jumped.length > 0
      ? [
          `Local_X of vehicles ${jumped.map((v) => v.id).join(', ')} jumped over whole lanes at a ramp; the rows off the auxiliary lane were moved onto the ramp`,
        ]
      : []),
    'steering, pedals and indicators were not observed; brake lights stand for decelerations above 1 m/s²',
  ];
}
