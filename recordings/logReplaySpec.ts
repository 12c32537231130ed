import { TICK_S } from '../sim/core/time.ts';
import type { WorldSpec } from '../sim/core/world.ts';
import type { VehicleTrack } from '../sim/traffic/trackPlayback.ts';
import type { VehicleKind } from '../sim/traffic/vehicleColumns.ts';
import { EGO_STATE_STEPS } from './messages/egoStateMessage.ts';
import { roundedTo } from './messages/numberText.ts';
import { type TRAFFIC_FIELDS, TRAFFIC_STEPS } from './messages/trafficMessage.ts';
import type { Recording, TrafficFrame } from './recording.ts';

/** No vehicle enters a replayed world, so nobody is drawn from this mix. */
const NOBODY_ENTERS = { timid: 0, normal: 1, brisk: 0, truck: 0 };

/** A log-replay world: the recorded traffic moves as recorded, the ego starts where the recorded driver was. */
export interface LogReplay {
  readonly spec: WorldSpec;
  /** Length of the recorded traffic [s]. */
  readonly durationS: number;
}

/**
 * World in which the traffic of a recording replays around an ego that is free to drive.
 *
 * Values are rounded as in the file, so that a recording in memory and the same one read back give the same bits.
 * A vehicle that leaves and comes back gets a new id for the second time.
 * @param fromTick tick of the recording at which the world starts.
 */
export function logReplaySpec(recording: Recording, fromTick = 0): LogReplay {
  const { ego, metadata } = recording;
  const row = fromTick * ego.rowsPerTick;
  const rounded = (field: 's' | 'd' | 'sDot' | 'dDot') => roundedTo(ego[field][row]!, EGO_STATE_STEPS[field]);
  return {
    spec: {
      road: metadata.road,
      seed: metadata.seed,
      ego: {
        s: rounded('s'),
        d: rounded('d'),
        speed: rounded('sDot'),
        lateralSpeed: rounded('dDot'),
        length: metadata.ego.length,
        width: metadata.ego.width,
      },
      vehicles: [],
      inflow: [],
      driverMix: NOBODY_ENTERS,
      scripts: [],
      tracks: collectTracks(recording.traffic.slice(fromTick)),
    },
    durationS: (recording.ticks - fromTick) * TICK_S,
  };
}

interface OpenTrack {
  readonly id: number;
  readonly fromTick: number;
  readonly rows: { readonly frame: TrafficFrame; readonly index: number }[];
}

function collectTracks(frames: readonly TrafficFrame[]): VehicleTrack[] {
  const tracks: VehicleTrack[] = [];
  const open = new Map<number, OpenTrack>();
  const used = new Set<number>();
  let spareId = 1 + frames.reduce((most, frame) => Math.max(most, ...frame.id.subarray(0, frame.count)), 0);
  frames.forEach((frame, tick) => {
    const here = new Set<number>();
    for (let index = 0; index < frame.count; index++) {
      const id = frame.id[index]!;
      here.add(id);
      let track = open.get(id);
      if (!track) {
        track = { id: used.has(id) ? spareId++ : id, fromTick: tick, rows: [] };
        used.add(id);
        open.set(id, track);
      }
      track.rows.push({ frame, index });
    }
    for (const [id, track] of open) {
      if (here.has(id)) continue;
      tracks.push(closeTrack(track));
      open.delete(id);
    }
  });
  for (const track of open.values()) tracks.push(closeTrack(track));
  return tracks.sort((a, b) => a.fromTick - b.fromTick || a.id - b.id);
}

function closeTrack({ id, fromTick, rows }: OpenTrack): VehicleTrack {
  const first = rows[0]!;
  const column = (field: (typeof TRAFFIC_FIELDS)[number]) =>
    Float64Array.from(rows, ({ frame, index }) => roundedTo(frame[field][index]!, TRAFFIC_STEPS[field]));
  return {
    id,
    kind: first.frame.kind[first.index]! as VehicleKind,
    length: first.frame.length[first.index]!,
    width: first.frame.width[first.index]!,
    fromTick,
    rows: rows.length,
    s: column('s'),
    d: column('d'),
    sDot: column('sDot'),
    dDot: column('dDot'),
    a: column('a'),
    headingOffset: column('headingOffset'),
  };
}
