/**
 * State of the ego. The first block is integrated by the bicycle model in the world frame (x east, y north, yaw from x,
 * counter-clockwise); the second is the same state seen in the road frame and is refreshed after every substep.
 */
export interface EgoState {
  /** World position of the box centre [m]. */
  x: number;
  /** World position of the box centre [m]. */
  y: number;
  /** World yaw [rad], not wrapped. */
  yaw: number;
  /** Longitudinal velocity in the vehicle frame [m/s]. */
  vx: number;
  /** Lateral velocity in the vehicle frame [m/s], left positive. */
  vy: number;
  /** Yaw rate [rad/s]. */
  yawRate: number;
  /** Road-wheel angle [rad], left positive. */
  steer: number;
  /** Longitudinal acceleration over the last substep [m/s²]. */
  ax: number;
  /** Lateral acceleration over the last substep [m/s²], left positive. */
  ay: number;

  /** Distance along the reference line [m]. */
  s: number;
  /** Offset to the left of the reference line [m]; on the road d < 0. */
  d: number;
  /** Yaw relative to the reference line [rad]. */
  headingOffset: number;
  /** ds/dt [m/s]. */
  sDot: number;
  /** dd/dt [m/s]. */
  dDot: number;
}
