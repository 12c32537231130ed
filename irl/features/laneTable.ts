import { throughEnd } from '../../sim/road/laneUse.ts';
import type { Road } from '../../sim/road/road.ts';

/** The lanes of a road as columns, for loops that ask about them thousands of times. Shapes: [count] unless said. */
export interface LaneTable {
  readonly road: Road;
  readonly count: number;
  /** d of the left edges; entry `count` is the right edge of the last lane [m]. Shape: [count + 1]. */
  readonly edge: Float64Array;
  readonly centre: Float64Array;
  readonly limit: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Where somebody who goes through has to be out of the lane [m]. */
  readonly throughEnd: Float64Array;
  /** 1 for lanes of kind `main`. */
  readonly main: Uint8Array;
  /** Whether the reference line bends anywhere. */
  readonly curved: boolean;
  /** Whether all lanes run the whole road and may be changed between everywhere. */
  readonly uniform: boolean;
}

/** Columns of the road's lanes. */
export function laneTable(road: Road): LaneTable {
  const { lanes, pieces } = road.spec;
  const table: LaneTable = {
    road,
    count: lanes.length,
    edge: new Float64Array(lanes.length + 1),
    centre: new Float64Array(lanes.length),
    limit: Float64Array.from(lanes, (lane) => lane.speedLimit),
    from: Float64Array.from(lanes, (lane) => lane.from),
    to: Float64Array.from(lanes, (lane) => lane.to),
    throughEnd: Float64Array.from(lanes, throughEnd),
    main: Uint8Array.from(lanes, (lane) => (lane.kind === 'main' ? 1 : 0)),
    curved: pieces.some((piece) => piece.kind === 'clothoid' || (piece.kind === 'arc' && piece.curvature !== 0)),
    uniform: road.isUniform,
  };
  for (let i = 0; i < lanes.length; i++) {
    table.centre[i] = road.laneCentre(i);
    table.edge[i] = road.laneLeftEdge(i);
    table.edge[i + 1] = road.laneLeftEdge(i) - road.laneWidth(i);
  }
  return table;
}

/** Whether the lane exists at s. */
export function laneExists(lanes: LaneTable, lane: number, s: number): boolean {
  return s >= lanes.from[lane]! && s <= lanes.to[lane]!;
}

/**
 * Index of the existing lane whose span holds (s, d), the nearest existing one when d is off the road; the answer of
 * `Road.laneAt`. `hint` is tried first.
 */
export function laneIndexAt(lanes: LaneTable, s: number, d: number, hint: number): number {
  const { edge } = lanes;
  if (d < edge[hint]! && d > edge[hint + 1]! && laneExists(lanes, hint, s)) return hint;
  let nearest = 0;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < lanes.count; i++) {
    if (!laneExists(lanes, i, s)) continue;
    const distance = d > edge[i]! ? d - edge[i]! : d < edge[i + 1]! ? edge[i + 1]! - d : 0;
    if (distance < nearestDistance) {
      nearest = i;
      nearestDistance = distance;
    }
  }
  return nearest;
}

/** Index of the rightmost main lane that exists at s, or -1 where there is none. */
export function rightmostMainLane(lanes: LaneTable, s: number): number {
  for (let i = lanes.count - 1; i >= 0; i--) if (lanes.main[i] === 1 && laneExists(lanes, i, s)) return i;
  return -1;
}
