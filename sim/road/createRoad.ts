import { comesIn } from './laneUse.ts';
import { createReferenceLine } from './referenceLine.ts';
import { type LaneColumns, type LaneSpec, MOST_LANES, PLAIN_CELL_M, type Road, type RoadSpec } from './road.ts';

/**
 * Length over which the pavement narrows after the end of a lane, and widens before its start [m]: 1 in 17 for a lane
 * of 3.6 m. Our choice.
 */
export const TAPER_M = 60;

/** Beyond this way behind a vehicle the ends of lanes and openings do not matter to it [m]. */
const PLAIN_BEHIND_M = 100;
/** ... and ahead, by the lanes of the road: more than the sight of drivers who have to leave a lane or want to exit. */
const PLAIN_AHEAD_M = 600;
const PLAIN_AHEAD_PER_LANE_M = 400;

/**
 * Makes a road ready for queries.
 * @throws RangeError when the spec has no piece or lane, or too many lanes, or a piece or lane has no extent
 */
export function createRoad(spec: RoadSpec): Road {
  checkSpec(spec);
  const line = createReferenceLine(spec.pieces);
  const lanes = laneColumns(spec.lanes);
  const { edge, centre, limit, from, to, openFrom, openTo } = lanes;
  const laneCount = spec.lanes.length;
  const exists = (lane: number, s: number) => lane >= 0 && lane < laneCount && s >= from[lane]! && s <= to[lane]!;

  return {
    spec,
    length: line.length,
    laneCount,
    lanes,
    isUniform: spec.lanes.every((lane) => lane.kind === 'main' && runsThrough(lane, line.length)),
    plain: plainCells(spec.lanes, line.length),
    laneCentre: (lane) => centre[lane]!,
    laneLeftEdge: (lane) => edge[lane]!,
    laneWidth: (lane) => spec.lanes[lane]!.width,
    laneExists: exists,
    speedLimit: (lane) => limit[lane]!,
    laneAt(s, d) {
      let nearest = 0;
      let nearestDistance = Number.POSITIVE_INFINITY;
      for (let i = 0; i < laneCount; i++) {
        if (!exists(i, s)) continue;
        const distance = d > edge[i]! ? d - edge[i]! : d < edge[i + 1]! ? edge[i + 1]! - d : 0;
        if (distance < nearestDistance) {
          nearest = i;
          nearestDistance = distance;
        }
      }
      return nearest;
    },
    mayChange(lane, target, s) {
      if (!exists(lane, s) || !exists(target, s)) return false;
      const right = Math.max(lane, target);
      return Math.abs(lane - target) === 1 && s >= openFrom[right]! && s <= openTo[right]!;
    },
    rightEdge(s) {
      let right = edge[0]!;
      for (let i = laneCount - 1; i >= 0; i--) {
        if (exists(i, s)) return Math.min(right, edge[i + 1]!);
        // A ramp that comes in lies beside the road before it begins, not in a taper.
        const beside = s < from[i]! && comesIn(spec.lanes[i]!);
        const left = beside ? 0 : 1 - Math.max(from[i]! - s, s - to[i]!) / TAPER_M;
        if (left > 0) right = Math.min(right, edge[i]! - left * (edge[i]! - edge[i + 1]!));
      }
      return right < edge[0]! ? right : edge[laneCount]!;
    },
    curvature: line.curvature,
    toWorld: line.toWorld,
    toRoad: line.toRoad,
  };
}

function laneColumns(specs: readonly LaneSpec[]): LaneColumns {
  const edge = new Float64Array(specs.length + 1);
  for (let i = 0; i < specs.length; i++) edge[i + 1] = edge[i]! - specs[i]!.width;
  const column = (name: 'speedLimit' | 'from' | 'to' | 'openFrom' | 'openTo') =>
    Float64Array.from(specs, (lane) => lane[name]);
  return {
    edge,
    centre: Float64Array.from(specs, (_, i) => (edge[i]! + edge[i + 1]!) / 2),
    limit: column('speedLimit'),
    from: column('from'),
    to: column('to'),
    openFrom: column('openFrom'),
    openTo: column('openTo'),
    main: Uint8Array.from(specs, (lane) => (lane.kind === 'main' ? 1 : 0)),
  };
}

function plainCells(lanes: readonly LaneSpec[], length: number): Uint8Array {
  const changes = lanes.flatMap(({ from, to, openFrom, openTo }) => [from, to, openFrom, openTo]);
  return Uint8Array.from({ length: Math.ceil(length / PLAIN_CELL_M) }, (_, cell) => {
    const start = cell * PLAIN_CELL_M - PLAIN_BEHIND_M;
    const end = (cell + 1) * PLAIN_CELL_M + PLAIN_AHEAD_M + lanes.length * PLAIN_AHEAD_PER_LANE_M;
    return changes.every((at) => at < start || at > end || at >= length) ? 1 : 0;
  });
}

function runsThrough(lane: LaneSpec, length: number): boolean {
  return lane.from <= 0 && lane.to >= length && lane.openFrom <= 0 && lane.openTo >= length;
}

/** A main lane that runs the whole road and may be left and entered everywhere. */
export function mainLane(width: number, speedLimit: number): LaneSpec {
  const everywhere = { from: -1e9, to: 1e9, openFrom: -1e9, openTo: 1e9 };
  return { kind: 'main', width, speedLimit, ...everywhere };
}

function checkSpec(spec: RoadSpec): void {
  if (spec.pieces.length === 0)
    throw new RangeError('road: pieces is empty; at least one straight, arc or clothoid is needed');
  if (spec.lanes.length === 0) throw new RangeError('road: lanes is empty; at least one lane is needed');
  if (spec.lanes.length > MOST_LANES) {
    throw new RangeError(`road: lanes has ${spec.lanes.length} entries; expected at most ${MOST_LANES}`);
  }
  for (const [i, piece] of spec.pieces.entries()) {
    if (!(piece.length > 0)) throw new RangeError(`road: pieces[${i}].length is ${piece.length}; expected > 0 m`);
  }
  for (const [i, lane] of spec.lanes.entries()) {
    if (!(lane.width > 0)) throw new RangeError(`road: lanes[${i}].width is ${lane.width}; expected > 0 m`);
    if (!(lane.to > lane.from))
      throw new RangeError(`road: lanes[${i}] ends at ${lane.to} m, before its start ${lane.from} m`);
  }
}
