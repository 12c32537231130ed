import type { Road } from '../../sim/road/road.ts';
import { ROAD_EDGE_TOLERANCE } from './firstRoadExit.ts';

/**
 * Whether a box reaches beyond the outer lane edges by more than the tolerance.
 * @param width of the box [m]
 */
export function isOutsideLanes(road: Road, s: number, d: number, width: number): boolean {
  const half = width / 2;
  return d + half > ROAD_EDGE_TOLERANCE || d - half < road.rightEdge(s) - ROAD_EDGE_TOLERANCE;
}
