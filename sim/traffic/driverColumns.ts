import { type DriverProfile, LATERAL_MOTION } from './driverProfile.ts';
import { approachFactor } from './idm.ts';

/**
 * Who decides on a driver's lanes: a script; the driver, who goes through; the driver, who leaves by the next exit.
 */
export const LANE_CHOICE = { scripted: 0, through: 1, exit: 2 } as const;
export type LaneChoice = (typeof LANE_CHOICE)[keyof typeof LANE_CHOICE];

/**
 * Places in a driver's row of `following`, what car-following reads: one cache line of 64 bytes. Fetched from a column
 * each, these numbers would cost more than the arithmetic on them.
 *
 * Code that runs for every vehicle takes the numbers out of this object, and out of other modules, into constants of
 * its own module: engines fold those, but read imported bindings and fields of objects anew at each use.
 */
export const FOLLOWING = {
  /** Desired speed as a share of the limit [1]. */
  speedFactor: 0,
  /** Speed never exceeded [m/s]. */
  speedCap: 1,
  /** IDM T that the driver keeps at present [s]; see `wishedHeadway`. */
  timeHeadway: 2,
  /** IDM s0 [m]. */
  minimumGap: 3,
  /** IDM a [m/s²]. */
  acceleration: 4,
  /** IDM b [m/s²], positive. */
  deceleration: 5,
  /** 1 / (2 √(a b)), the factor of the approaching rate in the desired gap [s²/m]. */
  approachFactor: 6,
  /** 1 / desired speed in the lane that the vehicle is in [s/m]; kept up to date by `refreshSlowness`. */
  slowness: 7,
} as const;

/** Places in a driver's row of `changing`, what decides on lane changes and shapes them. */
export const CHANGING = {
  /** MOBIL p [1]. */
  politeness: 0,
  /** MOBIL a_th [m/s²]. */
  changeThreshold: 1,
  /** MOBIL b_safe [m/s²], positive. */
  safeDeceleration: 2,
  /** MOBIL a_bias [m/s²]. */
  keepRightBias: 3,
  /** IDM T that the driver goes back to when it has given up some of it [s]. */
  wishedHeadway: 4,
  /** Natural frequency [rad/s], largest acceleration [m/s²] and largest speed [m/s] of the driver's lane changes. */
  lateralFrequency: 5,
  lateralAcceleration: 6,
  lateralSpeed: 7,
} as const;

const { speedFactor: SPEED_FACTOR, speedCap: SPEED_CAP } = FOLLOWING;

/** Doubles in a row of `following` and in one of `changing`. */
export const TRAIT_STRIDE = 8;

/** Profiles and lane-change state of all drivers, one row for each row of the vehicle columns. */
export interface DriverColumns {
  /**
   * How each driver follows, see `FOLLOWING`; constant but for the headway kept and the slowness. Shape: [capacity x
   * TRAIT_STRIDE].
   */
  readonly following: Float64Array;
  /** How it changes lanes, see `CHANGING`; constant. Shape: [capacity x TRAIT_STRIDE]. */
  readonly changing: Float64Array;
  /** Tick before which no discretionary lane change begins. Shape: [capacity]. */
  readonly restUntil: Int32Array;
  /** See LANE_CHOICE. Shape: [capacity]. */
  readonly choosesLane: Uint8Array;
  /** 1 since the driver gave up some of its wished headway (`giveUpHeadway`), else 0. Shape: [capacity]. */
  readonly relaxing: Uint8Array;
  /** Hash of what never changes about a driver and its vehicle. Shape: [capacity]. */
  readonly fingerprint: Int32Array;
}

/** Columns with room for `capacity` drivers. */
export function createDriverColumns(capacity: number): DriverColumns {
  return {
    following: new Float64Array(capacity * TRAIT_STRIDE),
    changing: new Float64Array(capacity * TRAIT_STRIDE),
    restUntil: new Int32Array(capacity),
    choosesLane: new Uint8Array(capacity),
    relaxing: new Uint8Array(capacity),
    fingerprint: new Int32Array(capacity),
  };
}

/**
 * Writes a profile to one row and resets its lane-change state.
 * @param speedLimit of the lane that the vehicle is in [m/s]
 */
export function setDriver(
  drivers: DriverColumns,
  row: number,
  profile: DriverProfile,
  laneChoice: LaneChoice,
  speedLimit: number,
): void {
  const { following, changing } = drivers;
  const at = row * TRAIT_STRIDE;
  following[at + FOLLOWING.acceleration] = profile.acceleration;
  following[at + FOLLOWING.deceleration] = profile.deceleration;
  following[at + FOLLOWING.timeHeadway] = profile.timeHeadway;
  following[at + FOLLOWING.minimumGap] = profile.minimumGap;
  following[at + FOLLOWING.approachFactor] = approachFactor(profile.acceleration, profile.deceleration);
  following[at + FOLLOWING.speedFactor] = profile.speedFactor;
  following[at + FOLLOWING.speedCap] = profile.speedCap;
  changing[at + CHANGING.politeness] = profile.politeness;
  changing[at + CHANGING.changeThreshold] = profile.changeThreshold;
  changing[at + CHANGING.safeDeceleration] = profile.safeDeceleration;
  changing[at + CHANGING.keepRightBias] = profile.keepRightBias;
  changing[at + CHANGING.wishedHeadway] = profile.timeHeadway;
  const tempo = profile.lateralTempo;
  changing[at + CHANGING.lateralFrequency] = LATERAL_MOTION.frequency * tempo;
  changing[at + CHANGING.lateralAcceleration] = LATERAL_MOTION.acceleration * tempo * tempo;
  changing[at + CHANGING.lateralSpeed] = LATERAL_MOTION.speed * tempo;
  drivers.restUntil[row] = 0;
  drivers.choosesLane[row] = laneChoice;
  drivers.relaxing[row] = 0;
  refreshSlowness(drivers, row, speedLimit);
}

/** Notes that the vehicle of a row is in a lane with this limit [m/s]. */
export function refreshSlowness({ following }: DriverColumns, row: number, speedLimit: number): void {
  const at = row * TRAIT_STRIDE;
  following[at + FOLLOWING.slowness] = 1 / desiredSpeed(following, at, speedLimit);
}

/**
 * Speed that the driver whose row of `following` begins at `at` would like to have where the limit is `speedLimit`
 * [m/s].
 */
export function desiredSpeed(following: Float64Array, at: number, speedLimit: number): number {
  const wanted = following[at + SPEED_FACTOR]! * speedLimit;
  const cap = following[at + SPEED_CAP]!;
  return wanted < cap ? wanted : cap;
}
