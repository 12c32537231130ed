import type { LaneTable } from './laneTable.ts';
import type { Scene } from './scene.ts';

/** How far a body must reach into a lane before it counts as occupying it [m]. */
const LANE_INTRUSION = 0.3;
/** However narrow it is, a body occupies the lane of its centre, and both where that is as near to an edge as this [m]. */
const LEAST_REACH = 0.05;

/** How far from its centre a body reaches to either side, as far as the lanes are concerned that it occupies [m]. */
export function laneReach(halfWidth: number): number {
  return Math.max(halfWidth - LANE_INTRUSION, LEAST_REACH);
}

/** Vehicles in the line behind the ego that are looked at beforehand. */
export const FOLLOWERS_AT_MOST = 3;

/** What is around the ego at each sample of the motion last answered by `respond`. Shapes: [MOTION_SAMPLES]. */
export interface Surroundings {
  /** Lane of the ego's centre. */
  readonly lane: Int16Array;
  /** 1 while the body occupies two lanes. */
  readonly straddling: Uint8Array;
  /** Bumper gap to the nearest vehicle ahead in any occupied lane [m]; Infinity without one; below 0 alongside. */
  readonly frontGap: Float64Array;
  /** Speed of that vehicle [m/s]. */
  readonly frontSpeed: Float64Array;
  /** Bumper gap to the nearest vehicle behind in the lane of the centre [m]; Infinity without one. */
  readonly rearGap: Float64Array;
  readonly rearSpeed: Float64Array;
  /** While straddling: smallest bumper gap, ahead or behind, in the lane being entered [m]; else Infinity. */
  readonly sideGap: Float64Array;
  /** Braking beyond what they would do without the ego, summed over the vehicles behind [m/s²]. */
  readonly imposedBraking: Float64Array;
}

/**
 * What the others do during a motion of the ego. The base part (nobody minds the ego) is computed once for a scene by
 * `createPrediction` or `oraclePrediction`; `respond` writes what changes for one motion and what the ego then has
 * around it. Vehicles keep their speed and lane, brake behind slower leaders, and finish a lane change that is under
 * way; those behind the ego in lanes it occupies react to it, and those behind them to them.
 *
 * Matrices are sample-major: entry [k * count + i] is vehicle i at sample k.
 */
export interface Prediction {
  readonly scene: Scene;
  readonly lanes: LaneTable;
  /** Vehicles near enough to matter. */
  readonly count: number;
  /** Index of each in `scene.others`. Shape: [count]. */
  readonly source: Int32Array;
  readonly halfLength: Float64Array;
  readonly halfWidth: Float64Array;
  /** Present speed, which the driver is taken to want [m/s]. Shape: [count]. */
  readonly freeSpeed: Float64Array;
  /** Time headway the driver is taken to want [s]. Shape: [count]. */
  readonly headway: Float64Array;
  /** Whether vehicles move differently because of the ego; false for a recorded future. */
  readonly reactive: boolean;
  /** Centre and speed without the ego [m, m/s]. Shape: [MOTION_SAMPLES x count]. */
  readonly baseS: Float64Array;
  readonly baseSpeed: Float64Array;
  /** Acceleration of the car-following law without the ego [m/s²]. Shape: [MOTION_SAMPLES x count]. */
  readonly baseAcceleration: Float64Array;
  /** Leader without the ego, or -1. Shape: [MOTION_SAMPLES x count]. */
  readonly leader: Int16Array;
  /** 1 where the row's vehicle ever has the column's as leader. Shape: [count x count]. */
  readonly follows: Uint8Array;
  /** Vehicles from back to front at the sample whose leaders were found last. Shape: [count]. */
  readonly order: Int32Array;
  /**
   * Rearmost vehicle ahead of the ego in each lane whose motion is the base one until the ego has passed it, or -1.
   * Shape: [lanes x MOTION_SAMPLES].
   */
  readonly firmLeader: Int16Array;
  /**
   * For the first of these in each lane, if it stays there: mean over the window of the position at which the ego would
   * touch it [m], and speed up to which the ego never does [m/s]; -Infinity where there is none. Shape: [lanes].
   */
  readonly roomAhead: Float64Array;
  readonly roomSpeed: Float64Array;
  /** 1 for the vehicles which are that anywhere, or could be. Shape: [count]. */
  readonly firm: Uint8Array;
  /**
   * The vehicle right behind the ego in its lane at first, and those of whom each follows the one before it for the
   * whole horizon: the first `followerCount` entries. Shape: [FOLLOWERS_AT_MOST].
   */
  readonly followers: Int32Array;
  followerCount: number;
  /** Lateral position [m]; never affected by the ego. Shape: [MOTION_SAMPLES x count]. */
  readonly d: Float64Array;
  /** Right and left end of the span that decides which lanes the body occupies [m]. Shape: [MOTION_SAMPLES x count]. */
  readonly occupiedRight: Float64Array;
  readonly occupiedLeft: Float64Array;
  /** Ends of all these spans of a vehicle together [m]. Shape: [count]. */
  readonly rightmost: Float64Array;
  readonly leftmost: Float64Array;

  /** Centre and speed given the motion last answered. Shape: [MOTION_SAMPLES x count]. */
  readonly s: Float64Array;
  readonly speed: Float64Array;
  readonly around: Surroundings;
  /**
   * Left and right edge of the lanes that the ego's body occupies [m]; -Infinity on the left where it is in none. Shapes:
   * [MOTION_SAMPLES].
   */
  readonly spanLeft: Float64Array;
  readonly spanRight: Float64Array;
  /**
   * Vehicles that may become neighbours of the ego during the motion last answered: the first `nearbyCount` entries,
   * ascending.
   */
  readonly nearby: Int32Array;
  nearbyCount: number;
  /** Vehicles that react to the motion last answered: the first `touchedCount` entries, in order of reaction. */
  readonly touched: Int32Array;
  touchedCount: number;
  /** 1 for the vehicles in `touched`. Shape: [count]. */
  readonly isTouched: Uint8Array;
  /** 1 for those of them which may have left their base motion; their rows are written anew. Shape: [count]. */
  readonly delayed: Uint8Array;
}
