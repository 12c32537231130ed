import type { Road } from '../../sim/road/road.ts';

/**
 * Distances from a point to the outer edges of the lanes that exist at s [m]; negative beyond an edge. Shoulders do
 * not count as road.
 */
export function distanceToRoadEdges(
  road: Road,
  s: number,
  d: number,
): { readonly left: number; readonly right: number } {
  let leftmost = 0;
  while (leftmost < road.laneCount - 1 && !road.laneExists(leftmost, s)) leftmost++;
  return { left: road.laneLeftEdge(leftmost) - d, right: d - road.rightEdge(s) };
}
