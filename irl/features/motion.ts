/** Ticks in the horizon of a plan and in a feature window: 5 s. */
export const HORIZON_TICKS = 50;
/** Samples in a motion: both ends of the horizon included. */
export const MOTION_SAMPLES = HORIZON_TICKS + 1;

/**
 * Motion of the ego in the road frame over one horizon, one sample each tick; sample 0 is the present.
 * The same shape holds a window of a recorded drive, a candidate and a rollout. Shapes: [MOTION_SAMPLES].
 */
export interface Motion {
  /** [m] */
  readonly s: Float64Array;
  /** [m], left positive. */
  readonly d: Float64Array;
  /** ds/dt [m/s]. */
  readonly sDot: Float64Array;
  /** dd/dt [m/s]. */
  readonly dDot: Float64Array;
}

/** A motion with room for one horizon, all zero. */
export function emptyMotion(): Motion {
  const column = () => new Float64Array(MOTION_SAMPLES);
  return { s: column(), d: column(), sDot: column(), dDot: column() };
}
