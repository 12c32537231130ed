import type { RoadSpec } from '../../sim/road/road.ts';
import type { SceneVehicles } from './scene.ts';

/**
 * What a drive looked like, whoever drove: all that scenes and features are made from. A recording is one, and so is a
 * rollout of an agent.
 */
export interface DriveTrace {
  /** States exist for ticks 0..ticks inclusive. */
  readonly ticks: number;
  readonly metadata: {
    readonly road: RoadSpec;
    /** Box [m]. */
    readonly ego: { readonly length: number; readonly width: number };
  };
  /** Road-frame states of the ego, `rowsPerTick` rows a tick. Shapes: [rows]. */
  readonly ego: {
    readonly rows: number;
    readonly rowsPerTick: number;
    readonly s: Float64Array;
    readonly d: Float64Array;
    readonly sDot: Float64Array;
    readonly dDot: Float64Array;
  };
  /** Everyone but the ego at each tick. Shape: [ticks + 1]. */
  readonly traffic: readonly SceneVehicles[];
}
