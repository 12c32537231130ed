import type { ScenarioFamily } from '../scenarios/scenarioFamily.ts';
import type { DriveEvent } from '../sim/core/events.ts';
import type { RawInput } from '../sim/input/rawInput.ts';
import type { RoadSpec } from '../sim/road/road.ts';

/** Version of the recording's layout; older ones are migrated or refused with a reason. */
export const RECORDING_FORMAT_VERSION = 1;

/** Who drove. Scripted drives are never called human. */
export const DRIVER_LABELS = ['human', 'agent', 'scripted', 'imported', 'baseline'] as const;
export type DriverLabel = (typeof DRIVER_LABELS)[number];

/** What is known of a recording as a whole; the metadata record of the file. */
export interface RecordingMetadata {
  readonly formatVersion: number;
  readonly simulatorVersion: number;
  /** Scenario id that rebuilds the world, such as `cut-in@1?gap=12&dv=-4#7`; for imported traffic `log-replay@1?...`. */
  readonly scenarioId: string;
  readonly seed: number;
  /** The family itself where it is not a bundled one, so that the recording can be re-simulated anywhere. */
  readonly scenarioFamily?: ScenarioFamily | undefined;
  readonly driverLabel: DriverLabel;
  /** Name of the person, style, agent or source vehicle. */
  readonly driverName: string;
  /** Input device: `keyboard`, `gamepad`, `wheel`, `program`, or the source data set. */
  readonly device: string;
  /** Wall-clock start, ISO 8601 UTC; empty where unknown. */
  readonly startedAt: string;
  readonly road: RoadSpec;
  readonly ego: { readonly length: number; readonly width: number };
  /** Free remarks, such as the smoothing an importer applied. */
  readonly notes: readonly string[];
  /**
   * Tick up to which this drive is the same as the one it branches from, as after a rewind: nothing before it may be
   * counted a second time. Absent for a drive of its own.
   */
  readonly branchTick?: number | undefined;
}

/** Ego states, one row per sample. Simulated drives have 60 rows a second and a row for the start; imported ones 10. Shapes: [rows]. */
export interface EgoStateColumns {
  readonly rows: number;
  /** Rows in one tick: 6 for simulated drives, 1 for imported ones. Row k is at time k * TICK_S / rowsPerTick. */
  readonly rowsPerTick: number;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly dDot: Float64Array;
  readonly headingOffset: Float64Array;
  /** Longitudinal and lateral acceleration in the vehicle frame [m/s²]. */
  readonly ax: Float64Array;
  readonly ay: Float64Array;
  readonly yawRate: Float64Array;
  /** Road-wheel angle [rad]. */
  readonly steer: Float64Array;
}

/** Shaped commands, exact to the bit, one row per substep: row k acts from k/60 s on. Empty for imported drives. Shapes: [rows]. */
export interface EgoInputColumns {
  readonly rows: number;
  readonly steer: Float64Array;
  readonly throttle: Float64Array;
  readonly brake: Float64Array;
  readonly indicator: Int8Array;
  /** What the device reported, before shaping: the codes of the held keys, or axes and buttons (`sim/input`). Shape: [rows]. */
  readonly raw: readonly RawInput[];
}

export type { RawInput } from '../sim/input/rawInput.ts';

/** Everyone but the ego at one tick. Shapes: [count]. */
export interface TrafficFrame {
  readonly count: number;
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

/** A recording in memory. */
export interface Recording {
  readonly metadata: RecordingMetadata;
  /** Recorded ticks; frames and rows exist for 0..ticks inclusive (the start counts). */
  readonly ticks: number;
  readonly ego: EgoStateColumns;
  readonly input: EgoInputColumns;
  /** Traffic at each tick. Shape: [ticks + 1]. */
  readonly traffic: readonly TrafficFrame[];
  readonly events: readonly DriveEvent[];
  /**
   * State hash after each tick, 8 hex digits; empty for imported drives. Shape: [ticks + 1] or []; a recording that was
   * recovered from the middle of a second has none for the ticks of that second.
   */
  readonly hashes: readonly string[];
  /** What was lost when a damaged or truncated file was recovered; empty when the file is whole. */
  readonly warnings: readonly string[];
}
