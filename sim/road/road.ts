/**
 * One piece of the reference line; lengths in m, curvatures in 1/m, positive to the left. A clothoid's grows linearly
 * from start to end.
 */
export type RoadPiece =
  | { readonly kind: 'straight'; readonly length: number }
  | { readonly kind: 'arc'; readonly length: number; readonly curvature: number }
  | {
      readonly kind: 'clothoid';
      readonly length: number;
      readonly startCurvature: number;
      readonly endCurvature: number;
    };

/** Lanes that a road may have at the most: sets of lanes are the bits of one integer. */
export const MOST_LANES = 31;

/** Length of the cells of `Road.plain` [m]. */
export const PLAIN_CELL_M = 50;

/**
 * One lane. Lane 0 is the leftmost; auxiliary lanes and ramps have the highest indices. An auxiliary lane that begins
 * before its opening comes in as an on-ramp, one that goes on beyond it leads off as an off-ramp (`laneUse`).
 */
export interface LaneSpec {
  readonly kind: 'main' | 'auxiliary' | 'on-ramp' | 'off-ramp';
  /** Width [m]. */
  readonly width: number;
  /** Speed limit [m/s]. */
  readonly speedLimit: number;
  /** Start of the lane along the reference line [m]. */
  readonly from: number;
  /** End of the lane along the reference line [m]. */
  readonly to: number;
  /** Stretch [m] in which the marking to the left neighbour may be crossed; elsewhere it is solid. */
  readonly openFrom: number;
  readonly openTo: number;
}

/** Everything that defines a road; plain data, stored in scenarios and recordings. */
export interface RoadSpec {
  readonly pieces: readonly RoadPiece[];
  readonly lanes: readonly LaneSpec[];
  /** Paved width beyond the outer lanes up to the guard rail [m]. */
  readonly shoulderLeft: number;
  readonly shoulderRight: number;
  /** Whether a guard rail stands at the outer edge of the shoulder. */
  readonly railLeft: boolean;
  readonly railRight: boolean;
}

/** The lanes as columns, for loops that ask about them for every vehicle. Shapes: [lanes] unless said. */
export interface LaneColumns {
  /** d of the left edges; entry `count` is the right edge of the last lane [m]. Shape: [lanes + 1]. */
  readonly edge: Float64Array;
  /** d of the centres [m]. */
  readonly centre: Float64Array;
  /** Speed limits [m/s]. */
  readonly limit: Float64Array;
  /** Where lanes begin and end [m]. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Stretch in which the marking to the left neighbour may be crossed [m]. */
  readonly openFrom: Float64Array;
  readonly openTo: Float64Array;
  /** 1 for lanes of kind `main`. */
  readonly main: Uint8Array;
}

/** World pose of a point of the road frame. */
export interface WorldPose {
  x: number;
  y: number;
  /** Heading of the reference line there [rad]. */
  heading: number;
}

/** Road-frame coordinates of a world point. */
export interface RoadPoint {
  s: number;
  d: number;
  /** Heading of the reference line at s [rad]. */
  heading: number;
}

/** A road ready for queries. All methods are pure and allocate nothing (results go to `out`). */
export interface Road {
  readonly spec: RoadSpec;
  /** Length of the reference line [m]; beyond its ends the line goes on straight. */
  readonly length: number;
  readonly laneCount: number;
  readonly lanes: LaneColumns;
  /** Whether all lanes are main lanes that run the whole road, with markings that may be crossed everywhere. */
  readonly isUniform: boolean;
  /**
   * 1 for the cells of PLAIN_CELL_M along the road in which nobody has to mind where lanes and openings begin and end:
   * the last one is well behind, the next one farther ahead than anybody looks. Shape: [length / PLAIN_CELL_M], rounded
   * up.
   */
  readonly plain: Uint8Array;
  /** d of the centre of lane i [m], negative. */
  laneCentre(lane: number): number;
  /** d of the left edge of lane i [m]; lane i spans [laneLeftEdge(i + 1), laneLeftEdge(i)]. */
  laneLeftEdge(lane: number): number;
  laneWidth(lane: number): number;
  /** Whether the lane exists at s. */
  laneExists(lane: number, s: number): boolean;
  /** Speed limit of the lane [m/s]. */
  speedLimit(lane: number): number;
  /** Index of the existing lane whose span holds (s, d), the nearest existing one when d is off the road. */
  laneAt(s: number, d: number): number;
  /** Whether a vehicle at s may cross from lane `from` to the neighbouring lane `to` (both exist, marking open). */
  mayChange(from: number, to: number, s: number): boolean;
  /**
   * d of the right edge of the pavement of the lanes at s [m]: of the rightmost lane that exists there, or of what a
   * lane that has ended has not yet narrowed to. Continuous but where a ramp comes in beside the road.
   */
  rightEdge(s: number): number;
  /** Curvature of the reference line [1/m], left positive. */
  curvature(s: number): number;
  toWorld(s: number, d: number, out: WorldPose): void;
  /** @param hint an s near the result [m]; the projection is searched in the pieces around it. */
  toRoad(x: number, y: number, hint: number, out: RoadPoint): void;
}
