import { TICK_S } from '../sim/core/time.ts';
import { EGO_STATE_FIELDS, type EgoStateField } from './messages/egoStateMessage.ts';
import type { EgoStateColumns, Recording, TrafficFrame } from './recording.ts';

/** The ego at one moment of a recording: s, d [m], sDot, dDot [m/s], headingOffset, steer [rad], ax, ay [m/s²], yawRate [rad/s]. */
export type PlayedEgo = Record<EgoStateField, number>;

/** Everyone but the ego at one moment; `count` slots are in use. Shapes: [capacity]. */
export interface PlayedTraffic {
  count: number;
  readonly id: Int32Array;
  readonly kind: Uint8Array;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly dDot: Float64Array;
  readonly a: Float64Array;
  readonly headingOffset: Float64Array;
  readonly length: Float64Array;
  readonly width: Float64Array;
  readonly indicator: Int8Array;
  readonly braking: Uint8Array;
}

/** Plays a recording as recorded. The results are the player's own buffers, overwritten by the next call. */
export interface Player {
  /** Length of the recording [s]. */
  readonly duration: number;
  /** The ego at a time [s], interpolated; times outside the recording give its ends. */
  egoAt(time: number): Readonly<PlayedEgo>;
  /**
   * The traffic at a time [s]. Vehicles move on cubics between ticks; one that is gone at the next tick goes on at its
   * speed until then, one that comes appears at the tick.
   */
  trafficAt(time: number): Readonly<PlayedTraffic>;
}

/** Player of a recording. */
export function createPlayer(recording: Recording): Player {
  const ego = Object.fromEntries(EGO_STATE_FIELDS.map((field) => [field, 0])) as PlayedEgo;
  const traffic = emptyTraffic(recording.traffic.reduce((most, frame) => Math.max(most, frame.count), 0));
  const duration = recording.ticks * TICK_S;
  /** Index of each vehicle in the next frame, -1 when it is gone; made when a tick is first played. */
  const successors = new Map<number, Int32Array>();

  const successorsOf = (tick: number): Int32Array => {
    let indices = successors.get(tick);
    if (!indices) {
      indices = matchVehicles(recording.traffic[tick]!, recording.traffic[tick + 1]!);
      successors.set(tick, indices);
    }
    return indices;
  };

  return {
    duration,
    egoAt(time) {
      interpolateEgo(recording.ego, Math.min(Math.max(time, 0), duration), ego);
      return ego;
    },
    trafficAt(time) {
      const at = Math.min(Math.max(time, 0), duration) / TICK_S;
      // Times that are meant to be a tick miss it by rounding.
      const tick = Math.min(Math.floor(at + 1e-9), recording.ticks);
      const share = Math.max(0, at - tick);
      copyFrame(recording.traffic[tick]!, traffic);
      if (share > 0 && tick < recording.ticks) {
        moveOn(traffic, recording.traffic[tick + 1]!, successorsOf(tick), share);
      }
      return traffic;
    },
  };
}

function interpolateEgo(columns: EgoStateColumns, time: number, out: PlayedEgo): void {
  const step = TICK_S / columns.rowsPerTick;
  const row = Math.min(Math.floor(time / step + 1e-9), columns.rows - 1);
  const next = Math.min(row + 1, columns.rows - 1);
  const share = Math.min(Math.max(time / step - row, 0), 1);
  for (const field of EGO_STATE_FIELDS) out[field] = mix(columns[field], row, next, share);
  out.s = hermite(columns.s[row]!, columns.sDot[row]!, columns.s[next]!, columns.sDot[next]!, share, step);
  out.d = hermite(columns.d[row]!, columns.dDot[row]!, columns.d[next]!, columns.dDot[next]!, share, step);
}

function moveOn(out: PlayedTraffic, next: TrafficFrame, successors: Int32Array, share: number): void {
  for (let i = 0; i < out.count; i++) {
    const j = successors[i]!;
    if (j < 0) {
      out.s[i] = out.s[i]! + out.sDot[i]! * share * TICK_S;
      out.d[i] = out.d[i]! + out.dDot[i]! * share * TICK_S;
      continue;
    }
    const { sDot, dDot } = next;
    out.s[i] = hermite(out.s[i]!, out.sDot[i]!, next.s[j]!, sDot[j]!, share, TICK_S);
    out.d[i] = hermite(out.d[i]!, out.dDot[i]!, next.d[j]!, dDot[j]!, share, TICK_S);
    out.sDot[i] = out.sDot[i]! + share * (sDot[j]! - out.sDot[i]!);
    out.dDot[i] = out.dDot[i]! + share * (dDot[j]! - out.dDot[i]!);
    out.headingOffset[i] = out.headingOffset[i]! + share * (next.headingOffset[j]! - out.headingOffset[i]!);
  }
}

/** Cubic from (x0, v0) to (x1, v1) over `step` seconds, at `share` of it. */
function hermite(x0: number, v0: number, x1: number, v1: number, share: number, step: number): number {
  const rest = 1 - share;
  const start = rest * rest * ((1 + 2 * share) * x0 + share * step * v0);
  return start + share * share * ((3 - 2 * share) * x1 - rest * step * v1);
}

function mix(column: Float64Array, row: number, next: number, share: number): number {
  return column[row]! + share * (column[next]! - column[row]!);
}

function matchVehicles(frame: TrafficFrame, next: TrafficFrame): Int32Array {
  const index = new Map<number, number>();
  for (let i = 0; i < next.count; i++) index.set(next.id[i]!, i);
  return Int32Array.from({ length: frame.count }, (_, i) => index.get(frame.id[i]!) ?? -1);
}

function copyFrame(frame: TrafficFrame, out: PlayedTraffic): void {
  out.count = frame.count;
  for (const field of ['id', 'kind', 's', 'd', 'sDot', 'dDot', 'a', 'headingOffset', 'length', 'width'] as const) {
    out[field].set(frame[field].subarray(0, frame.count));
  }
  out.indicator.set(frame.indicator.subarray(0, frame.count));
  out.braking.set(frame.braking.subarray(0, frame.count));
}

function emptyTraffic(capacity: number): PlayedTraffic {
  const column = () => new Float64Array(capacity);
  return {
    count: 0,
    id: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    s: column(),
    d: column(),
    sDot: column(),
    dDot: column(),
    a: column(),
    headingOffset: column(),
    length: column(),
    width: column(),
    indicator: new Int8Array(capacity),
    braking: new Uint8Array(capacity),
  };
}
