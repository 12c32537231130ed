import { buildScenario } from '../scenarios/buildScenario.ts';
import { parseScenarioFamily } from '../scenarios/parseScenarioFamily.ts';
import { parseScenarioId } from '../scenarios/scenarioId.ts';
import type { WorldSpec } from '../sim/core/world.ts';
import type { VehicleTrack } from '../sim/traffic/trackPlayback.ts';
import type { VehicleKind } from '../sim/traffic/vehicleColumns.ts';
import type { Recording, TrafficFrame } from './recording.ts';

/** Name of the family of scenarios that are built from a recording. */
export const LOG_REPLAY_FAMILY = 'log-replay';

/**
 * The world a recording was made in, at its start.
 * @throws ScenarioError when the recording's scenario id is not known here
 */
export function worldSpecOf(recording: Recording): WorldSpec {
  const { scenarioId, scenarioFamily } = recording.metadata;
  return parseScenarioId(scenarioId).family === LOG_REPLAY_FAMILY
    ? logReplaySpec(recording)
    : buildScenario(
        scenarioId,
        scenarioFamily ? [parseScenarioFamily(scenarioFamily, 'scenario of the recording')] : [],
      ).spec;
}

/**
 * A world in which everyone but the ego replays the recording. Vehicles that the ego blocks leave their track and
 * follow by IDM; all others stay on it.
 */
export function logReplaySpec(recording: Recording): WorldSpec {
  const { ego, metadata, traffic } = recording;
  return {
    road: metadata.road,
    seed: metadata.seed,
    ego: {
      s: ego.s[0]!,
      d: ego.d[0]!,
      speed: ego.sDot[0]!,
      lateralSpeed: ego.dDot[0]!,
      length: metadata.ego.length,
      width: metadata.ego.width,
    },
    vehicles: [],
    inflow: [],
    driverMix: { timid: 0, normal: 1, brisk: 0, truck: 0 },
    scripts: [],
    tracks: tracksOf(traffic),
  };
}

/** Contiguous stretches in which each vehicle was recorded, in order of appearance. */
function tracksOf(frames: readonly TrafficFrame[]): VehicleTrack[] {
  interface Stretch {
    readonly id: number;
    readonly fromTick: number;
    readonly rows: { readonly frame: TrafficFrame; readonly row: number }[];
  }
  const running = new Map<number, Stretch>();
  const finished: Stretch[] = [];
  for (const [tick, frame] of frames.entries()) {
    const present = new Set<number>();
    for (let row = 0; row < frame.count; row++) {
      const id = frame.id[row]!;
      present.add(id);
      let stretch = running.get(id);
      if (!stretch) {
        stretch = { id, fromTick: tick, rows: [] };
        running.set(id, stretch);
        finished.push(stretch);
      }
      stretch.rows.push({ frame, row });
    }
    for (const id of running.keys()) if (!present.has(id)) running.delete(id);
  }
  return finished.map(({ id, fromTick, rows }) => {
    const column = (name: 's' | 'd' | 'sDot' | 'dDot' | 'a' | 'headingOffset') =>
      Float64Array.from(rows, ({ frame, row }) => frame[name][row]!);
    const first = rows[0]!;
    return {
      id,
      kind: first.frame.kind[first.row]! as VehicleKind,
      length: first.frame.length[first.row]!,
      width: first.frame.width[first.row]!,
      fromTick,
      rows: rows.length,
      s: column('s'),
      d: column('d'),
      sDot: column('sDot'),
      dDot: column('dDot'),
      a: column('a'),
      headingOffset: column('headingOffset'),
    };
  });
}
