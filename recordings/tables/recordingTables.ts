import { TICK_S } from '../../sim/core/time.ts';
import { createRoad } from '../../sim/road/createRoad.ts';
import type { Road, WorldPose } from '../../sim/road/road.ts';
import { VEHICLE_KIND } from '../../sim/traffic/vehicleColumns.ts';
import type { ColumnSpec, TableSpec } from './table.ts';

const text = (name: string, description: string): ColumnSpec => ({ name, unit: '', description, kind: 'text' });
const integer = (name: string, description: string): ColumnSpec => ({ name, unit: '', description, kind: 'integer' });
const real = (name: string, unit: string, description: string): ColumnSpec => ({
  name,
  unit,
  description,
  kind: 'real',
});

/** The columns that every table but `drives` begins with: which drive, and when in it. */
export const DRIVE_COLUMN = text('drive', 'name of the drive, as in the table drives');
export const TIME_COLUMN = real('t', 's', 'time since the start of the drive');
const TICK_COLUMN = integer('tick', 'tick of 0.1 s');
const ROW_COLUMN = integer('row', 'row of the ego: 60 a second in simulated drives, 10 in imported ones');
const X = real('x', 'm', 'world position, east');
const Y = real('y', 'm', 'world position, north');
const YAW = real('yaw', 'rad', 'world yaw, counter-clockwise from east');
const S = real('s', 'm', 'box centre along the left road edge');
const D = real('d', 'm', 'box centre to the left of that edge; negative on the road');
const LANE = integer('lane', 'lane of the box centre, 0 the leftmost');
const S_DOT = real('sDot', 'm/s', 'ds/dt');
const D_DOT = real('dDot', 'm/s', 'dd/dt');
const HEADING_OFFSET = real('headingOffset', 'rad', 'yaw relative to the road');

const DRIVES: TableSpec = {
  name: 'drives',
  description: 'One row a drive.',
  columns: [
    text('drive', 'name of the drive: the path of its file'),
    text('driver', 'who drove'),
    text('label', 'human, agent, scripted, imported or baseline'),
    text('device', 'input device, or the source of imported data'),
    text('startedAt', 'ISO 8601, UTC'),
    text('scenario', 'scenario id'),
    integer('seed', 'seed of the scenario'),
    integer('simulatorVersion', 'behaviour of the simulator that ran'),
    integer('ticks', 'ticks of 0.1 s'),
    integer('rowsPerTick', 'rows of the ego in a tick'),
    real('egoLength', 'm', 'length of the ego'),
    real('egoWidth', 'm', 'width of the ego'),
    integer('branchTick', 'tick up to which it is the same as the drive it branches from'),
    text('notes', 'remarks, such as the smoothing of an importer'),
    text('warnings', 'what was lost when a damaged file was recovered'),
  ],
  addRows({ name, recording }, add) {
    const { metadata, ticks, ego, warnings } = recording;
    add(
      name,
      metadata.driverName || null,
      metadata.driverLabel,
      metadata.device,
      metadata.startedAt || null,
      metadata.scenarioId,
      metadata.seed,
      metadata.simulatorVersion,
      ticks,
      ego.rowsPerTick,
      metadata.ego.length,
      metadata.ego.width,
      metadata.branchTick ?? null,
      metadata.notes.join('; ') || null,
      warnings.join('; ') || null,
    );
  },
};

const EGO: TableSpec = {
  name: 'ego',
  description: 'States of the ego, 60 or 10 rows a second.',
  columns: [
    DRIVE_COLUMN,
    ROW_COLUMN,
    TIME_COLUMN,
    S,
    D,
    LANE,
    S_DOT,
    D_DOT,
    HEADING_OFFSET,
    real('ax', 'm/s²', 'longitudinal acceleration in the frame of the vehicle'),
    real('ay', 'm/s²', 'lateral acceleration in the frame of the vehicle, left positive'),
    real('yawRate', 'rad/s', 'yaw rate'),
    real('steer', 'rad', 'road-wheel angle, left positive'),
    X,
    Y,
    YAW,
  ],
  addRows({ name, recording }, add) {
    const { ego, metadata } = recording;
    const road = createRoad(metadata.road);
    for (let row = 0; row < ego.rows; row++) {
      const s = ego.s[row]!;
      const d = ego.d[row]!;
      const offset = ego.headingOffset[row]!;
      add(
        name,
        row,
        timeOf(row / ego.rowsPerTick),
        s,
        d,
        road.laneAt(s, d),
        ego.sDot[row]!,
        ego.dDot[row]!,
        offset,
        ego.ax[row]!,
        ego.ay[row]!,
        ego.yawRate[row]!,
        ego.steer[row]!,
        ...worldPose(road, s, d, offset),
      );
    }
  },
};

const COMMANDS: TableSpec = {
  name: 'commands',
  description: 'Shaped commands, each for the 1/60 s that begins at its time.',
  columns: [
    DRIVE_COLUMN,
    ROW_COLUMN,
    TIME_COLUMN,
    real('steer', 'rad', 'requested road-wheel angle, left positive'),
    real('throttle', '1', 'drive request, 0 to 1'),
    real('brake', '1', 'brake request, 0 to 1'),
    integer('indicator', '1 left, 0 off, -1 right'),
    text('device', 'keyboard, gamepad, wheel or program'),
  ],
  addRows({ name, recording }, add) {
    const { input, ego } = recording;
    for (let row = 0; row < input.rows; row++) {
      add(
        name,
        row,
        timeOf(row / ego.rowsPerTick),
        input.steer[row]!,
        input.throttle[row]!,
        input.brake[row]!,
        input.indicator[row]!,
        input.raw[row]!.device,
      );
    }
  },
};

const TRAFFIC: TableSpec = {
  name: 'traffic',
  description: 'Everyone else near the ego, 10 times a second.',
  columns: [
    DRIVE_COLUMN,
    TICK_COLUMN,
    TIME_COLUMN,
    integer('id', 'identity within the drive'),
    text('kind', 'car, truck, motorcycle or obstacle'),
    S,
    D,
    LANE,
    S_DOT,
    D_DOT,
    real('a', 'm/s²', 'd²s/dt²'),
    HEADING_OFFSET,
    real('length', 'm', 'length of the box'),
    real('width', 'm', 'width of the box'),
    integer('indicator', '1 left, 0 off, -1 right, 2 hazard lights'),
    integer('braking', '1 while the brake lights are on'),
    X,
    Y,
    YAW,
  ],
  addRows({ name, recording }, add) {
    const kinds = new Map<number, string>(Object.entries(VEHICLE_KIND).map(([name, kind]) => [kind, name]));
    const road = createRoad(recording.metadata.road);
    for (const [tick, frame] of recording.traffic.entries()) {
      for (let i = 0; i < frame.count; i++) {
        const s = frame.s[i]!;
        const d = frame.d[i]!;
        const offset = frame.headingOffset[i]!;
        add(
          name,
          tick,
          timeOf(tick),
          frame.id[i]!,
          kinds.get(frame.kind[i]!) ?? String(frame.kind[i]!),
          s,
          d,
          road.laneAt(s, d),
          frame.sDot[i]!,
          frame.dDot[i]!,
          frame.a[i]!,
          offset,
          frame.length[i]!,
          frame.width[i]!,
          frame.indicator[i]!,
          frame.braking[i]!,
          ...worldPose(road, s, d, offset),
        );
      }
    }
  },
};

const EVENTS: TableSpec = {
  name: 'events',
  description: 'What happened to the ego.',
  columns: [
    DRIVE_COLUMN,
    TICK_COLUMN,
    TIME_COLUMN,
    text('kind', 'lane-change, near-miss, collision, off-road or take-over'),
    integer('from', 'lane-change: lane that was left'),
    integer('to', 'lane-change: lane that was entered'),
    integer('other', 'near-miss and collision: id of the other vehicle, -1 for a rail'),
    real('ttc', 's', 'near-miss: time to collision; none where the gap closes no more'),
    real('gap', 'm', 'near-miss: gap'),
    real('impact', 'm/s', 'collision: change of speed'),
    real('d', 'm', 'off-road: position across the road'),
    text('driver', 'take-over: who drives from here on'),
  ],
  addRows({ name, recording }, add) {
    for (const event of recording.events) {
      const figures = { from: null, to: null, other: null, ttc: null, gap: null, impact: null, d: null, driver: null };
      const { tick, kind, from, to, other, ttc, gap, impact, d, driver } = { ...figures, ...event };
      add(name, tick, timeOf(tick), kind, from, to, other, finiteTime(ttc), gap, impact, d, driver);
    }
  },
};

/**
 * Recordings as tidy tables: drives, states and commands of the ego, traffic, events. Values are those of the recording;
 * world positions are added.
 */
export const RECORDING_TABLES: readonly TableSpec[] = [DRIVES, EGO, COMMANDS, TRAFFIC, EVENTS];

const POSE: WorldPose = { x: 0, y: 0, heading: 0 };

/** Values of the columns x, y and yaw. */
function worldPose(road: Road, s: number, d: number, headingOffset: number): readonly [number, number, number] {
  road.toWorld(s, d, POSE);
  return [POSE.x, POSE.y, POSE.heading + headingOffset];
}

/** Time of a tick [s], without the noise of a multiplication by 0.1. */
export function timeOf(ticks: number): number {
  return ticks / Math.round(1 / TICK_S);
}

/** Recordings have the largest double for an infinite time. */
function finiteTime(seconds: number | null): number | null {
  return seconds !== null && seconds < Number.MAX_VALUE ? seconds : null;
}
