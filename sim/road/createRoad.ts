import { createReferenceLine } from './referenceLine.ts';
import type { LaneSpec, Road, RoadSpec } from './road.ts';

/**
 * Makes a road ready for queries.
 * @throws RangeError when the spec has no piece or lane, or a piece or lane has no extent
 */
export function createRoad(spec: RoadSpec): Road {
  checkSpec(spec);
  const line = createReferenceLine(spec.pieces);
  const { lanes } = spec;
  const leftEdge = new Float64Array(lanes.length + 1);
  for (let i = 0; i < lanes.length; i++) leftEdge[i + 1] = leftEdge[i]! - lanes[i]!.width;

  const exists = (lane: number, s: number): boolean => {
    const spec = lanes[lane];
    return spec !== undefined && s >= spec.from && s <= spec.to;
  };

  return {
    spec,
    length: line.length,
    laneCount: lanes.length,
    laneCentre: (lane) => (leftEdge[lane]! + leftEdge[lane + 1]!) / 2,
    laneLeftEdge: (lane) => leftEdge[lane]!,
    laneWidth: (lane) => lanes[lane]!.width,
    laneExists: exists,
    speedLimit: (lane) => lanes[lane]!.speedLimit,
    laneAt(s, d) {
      let nearest = 0;
      let nearestDistance = Number.POSITIVE_INFINITY;
      for (let i = 0; i < lanes.length; i++) {
        if (!exists(i, s)) continue;
        const distance = d > leftEdge[i]! ? d - leftEdge[i]! : d < leftEdge[i + 1]! ? leftEdge[i + 1]! - d : 0;
        if (distance < nearestDistance) {
          nearest = i;
          nearestDistance = distance;
        }
      }
      return nearest;
    },
    mayChange(from, to, s) {
      if (!exists(from, s) || !exists(to, s)) return false;
      const right = lanes[Math.max(from, to)]!;
      return Math.abs(from - to) === 1 && s >= right.openFrom && s <= right.openTo;
    },
    rightEdge(s) {
      for (let i = lanes.length - 1; i >= 0; i--) if (exists(i, s)) return leftEdge[i + 1]!;
      return leftEdge[lanes.length]!;
    },
    curvature: line.curvature,
    toWorld: line.toWorld,
    toRoad: line.toRoad,
  };
}

/** A main lane that runs the whole road and may be left and entered everywhere. */
export function mainLane(width: number, speedLimit: number): LaneSpec {
  const everywhere = { from: -1e9, to: 1e9, openFrom: -1e9, openTo: 1e9 };
  return { kind: 'main', width, speedLimit, ...everywhere };
}

function checkSpec(spec: RoadSpec): void {
  if (spec.pieces.length === 0) throw new RangeError('road: pieces is empty; at least one straight or arc is needed');
  if (spec.lanes.length === 0) throw new RangeError('road: lanes is empty; at least one lane is needed');
  for (const [i, piece] of spec.pieces.entries()) {
    if (!(piece.length > 0)) throw new RangeError(`road: pieces[${i}].length is ${piece.length}; expected > 0 m`);
  }
  for (const [i, lane] of spec.lanes.entries()) {
    if (!(lane.width > 0)) throw new RangeError(`road: lanes[${i}].width is ${lane.width}; expected > 0 m`);
    if (!(lane.to > lane.from))
      throw new RangeError(`road: lanes[${i}] ends at ${lane.to} m, before its start ${lane.from} m`);
  }
}
