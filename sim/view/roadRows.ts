import type { Road, WorldPose } from '../road/road.ts';

/**
 * Cross-sections of the road, in scene axes (x east, y up, z south) relative to an origin on the road:
 * double-precision world places become small numbers before they become float32.
 */
export interface RoadRows {
  count: number;
  /** World place of the scene origin of these rows [m]. */
  originX: number;
  originY: number;
  /** [m] Shapes: [capacity]. */
  readonly s: Float64Array;
  /** Scene place of the reference line [m]. */
  readonly x: Float64Array;
  readonly z: Float64Array;
  /** Sine and cosine of the heading. */
  readonly sin: Float64Array;
  readonly cos: Float64Array;
}

export function createRoadRows(capacity: number): RoadRows {
  const column = () => new Float64Array(capacity);
  return {
    count: 0,
    originX: 0,
    originY: 0,
    s: column(),
    x: column(),
    z: column(),
    sin: column(),
    cos: column(),
  };
}

const pose: WorldPose = { x: 0, y: 0, heading: 0 };

/** Distance between rows near the viewer and far from it [m]; how far near reaches behind and ahead [m]. */
const FINE_M = 6;
const COARSE_M = 24;
const FINE_BEHIND_M = 72;
const FINE_AHEAD_M = 336;
/** Half the distance between the two rows that hold a break between them [m]. */
const BREAK_M = 0.01;

/** Rows that `fillRoadRows` needs at most for a stretch of this length [m] with this many breaks. */
export function roadRowCapacity(length: number, breaks: number): number {
  return Math.ceil(length / COARSE_M) + Math.ceil((FINE_BEHIND_M + FINE_AHEAD_M) / FINE_M) + 2 * breaks + 12;
}

/**
 * Fills rows from `from` to `to` [m] (rounded outwards), dense around the viewer at `centre` [m], where their origin
 * is. Rows keep to a grid, so that nothing swims while the stretch moves on; each break gets a row just before and just
 * after it.
 * @param breaks ascending [m]
 */
export function fillRoadRows(
  road: Road,
  from: number,
  to: number,
  centre: number,
  breaks: readonly number[],
  out: RoadRows,
): void {
  road.toWorld(centre, 0, pose);
  out.originX = pose.x;
  out.originY = pose.y;
  out.count = 0;
  const put = (s: number) => {
    const i = out.count++;
    if (i >= out.s.length)
      throw new RangeError(
        `RoadRows has room for ${out.s.length} rows; the stretch from ${from} to ${to} m around ${centre} m needs more.`,
      );
    road.toWorld(s, 0, pose);
    out.s[i] = s;
    out.x[i] = pose.x - out.originX;
    out.z[i] = out.originY - pose.y;
    out.sin[i] = Math.sin(pose.heading);
    out.cos[i] = Math.cos(pose.heading);
  };
  const last = Math.ceil(to / COARSE_M) * COARSE_M;
  let s = Math.floor(from / COARSE_M) * COARSE_M;
  let next = 0;
  while (next < breaks.length && breaks[next]! <= s) next++;
  for (;;) {
    put(s);
    if (s >= last) return;
    const fine = s >= centre - FINE_BEHIND_M - COARSE_M && s < centre + FINE_AHEAD_M;
    const after = fine ? s + FINE_M : (Math.floor(s / COARSE_M) + 1) * COARSE_M;
    for (; next < breaks.length && breaks[next]! <= after; next++) {
      if (breaks[next]! - s > 2 * BREAK_M) put(breaks[next]! - BREAK_M);
      if (after - breaks[next]! > 2 * BREAK_M) put(breaks[next]! + BREAK_M);
    }
    s = after;
  }
}

/** A place on or beside the road in scene axes. */
export interface ScenePlace {
  x: number;
  z: number;
  /** Heading [rad], counter-clockwise seen from above. */
  heading: number;
}

/** Scene place of (s, d) relative to the rows' origin. */
export function placeOnRoad(road: Road, rows: RoadRows, s: number, d: number, out: ScenePlace): void {
  road.toWorld(s, d, pose);
  out.x = pose.x - rows.originX;
  out.z = rows.originY - pose.y;
  out.heading = pose.heading;
}
