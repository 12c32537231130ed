import type { BodyState } from './bodyState.ts';

/** Most wrecks that can slide at once; any others stand where they were until they are hit again. */
export const WRECK_CAPACITY = 8;

/**
 * Vehicles that were hit and now slide as free bodies: planar rigid motion in the world frame. Rows are in use while
 * `id` is not -1. Shapes: [WRECK_CAPACITY].
 */
export interface Wrecks {
  readonly id: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly yaw: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
  readonly yawRate: Float64Array;
}

export function createWrecks(): Wrecks {
  const doubles = () => new Float64Array(WRECK_CAPACITY);
  return {
    id: new Int32Array(WRECK_CAPACITY).fill(-1),
    x: doubles(),
    y: doubles(),
    yaw: doubles(),
    vx: doubles(),
    vy: doubles(),
    yawRate: doubles(),
  };
}

/** Row of the wreck with this vehicle id, or -1. */
export function wreckRow(wrecks: Wrecks, id: number): number {
  for (let row = 0; row < WRECK_CAPACITY; row++) if (wrecks.id[row] === id) return row;
  return -1;
}

/** Gives a body the pose and velocity of a row. */
export function readWreck(wrecks: Wrecks, row: number, body: BodyState): void {
  body.x = wrecks.x[row]!;
  body.y = wrecks.y[row]!;
  body.yaw = wrecks.yaw[row]!;
  body.vx = wrecks.vx[row]!;
  body.vy = wrecks.vy[row]!;
  body.yawRate = wrecks.yawRate[row]!;
}
