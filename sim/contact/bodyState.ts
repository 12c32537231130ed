/** Planar rigid state of a vehicle as the contact solver takes and returns it; world frame. */
export interface BodyState {
  x: number;
  y: number;
  yaw: number;
  vx: number;
  vy: number;
  yawRate: number;
  /** [kg] */
  mass: number;
  length: number;
  width: number;
}

/**
 * Mass of a vehicle by its box [kg]: 165 kg per square metre of plan gives 1.4 t for a car, 370 gives 12 t for a 13 m
 * truck.
 */
export function massOfBox(length: number, width: number): number {
  return length > 7 ? 370 * length * width : 165 * length * width;
}
