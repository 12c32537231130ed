import { cos, sin } from '../core/deterministicMath.ts';
import type { VehicleColumns } from './vehicleColumns.ts';

/** How far a body reaches along the road from its centre [m], however askew it stands. */
export function reachAlong({ length, width, headingOffset }: VehicleColumns, slot: number): number {
  const turn = headingOffset[slot]!;
  return (length[slot]! * Math.abs(cos(turn)) + width[slot]! * Math.abs(sin(turn))) / 2;
}

/** How far it reaches across the road [m]. */
export function reachAcross({ length, width, headingOffset }: VehicleColumns, slot: number): number {
  const turn = headingOffset[slot]!;
  return (length[slot]! * Math.abs(sin(turn)) + width[slot]! * Math.abs(cos(turn))) / 2;
}
