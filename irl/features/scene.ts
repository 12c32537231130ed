import type { Road } from '../../sim/road/road.ts';

/** The ego at the start of a scene, in the road frame. */
export interface SceneEgo {
  readonly s: number;
  readonly d: number;
  readonly sDot: number;
  readonly dDot: number;
  /** d²s/dt² [m/s²]. */
  readonly sDdot: number;
  /** d²d/dt² [m/s²]. */
  readonly dDdot: number;
  readonly length: number;
  readonly width: number;
}

/** Everyone but the ego at the start of a scene. Shapes: [count] (arrays may be longer). */
export interface SceneVehicles {
  readonly count: number;
  readonly id: Int32Array;
  readonly s: Float64Array;
  readonly d: Float64Array;
  readonly sDot: Float64Array;
  readonly dDot: Float64Array;
  readonly a: Float64Array;
  readonly length: Float64Array;
  readonly width: Float64Array;
}

/** One moment of traffic as a planner sees it: all that candidates, prediction and features may know. */
export interface Scene {
  readonly road: Road;
  readonly ego: SceneEgo;
  readonly others: SceneVehicles;
  /** Whether the ego's way is known to go on along this road, and not off by an auxiliary lane; no where absent. */
  readonly goesThrough?: boolean;
}
