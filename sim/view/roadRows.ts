import type { Road, WorldPose } from '../road/road.ts';

/**
 * Cross-sections of the road at equal distances, in scene axes (x east, y up, z south) relative to an origin on the road:
 * double-precision world places become small numbers before they become float32.
 */
export interface RoadRows {
  count: number;
  /** Distance between rows [m]. */
  step: number;
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
    step: 1,
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

/** Fills rows from `from` to `to` [m] (both rounded outwards to the step), with their origin on the road at `origin` [m]. */
export function fillRoadRows(road: Road, from: number, to: number, step: number, origin: number, out: RoadRows): void {
  const first = Math.floor(from / step);
  const count = Math.ceil(to / step) - first + 1;
  if (count > out.s.length)
    throw new RangeError(`RoadRows has room for ${out.s.length} rows, but ${count} are needed.`);
  road.toWorld(origin, 0, pose);
  out.originX = pose.x;
  out.originY = pose.y;
  out.count = count;
  out.step = step;
  for (let i = 0; i < count; i++) {
    const s = (first + i) * step;
    road.toWorld(s, 0, pose);
    out.s[i] = s;
    out.x[i] = pose.x - out.originX;
    out.z[i] = out.originY - pose.y;
    out.sin[i] = Math.sin(pose.heading);
    out.cos[i] = Math.cos(pose.heading);
  }
}

/** Row at or before s; clamped to the rows there are. */
export function rowAt(rows: RoadRows, s: number): number {
  const i = Math.floor((s - rows.s[0]!) / rows.step);
  return i < 0 ? 0 : i >= rows.count ? rows.count - 1 : i;
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
