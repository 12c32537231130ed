import { type DriverProfile, LATERAL_MOTION } from './driverProfile.ts';
import { approachFactor } from './idm.ts';

/** Who decides on a driver's lanes: a script; the driver, who goes through; the driver, who leaves by the next off-ramp. */
export const LANE_CHOICE = { scripted: 0, through: 1, exit: 2 } as const;
export type LaneChoice = (typeof LANE_CHOICE)[keyof typeof LANE_CHOICE];

/**
 * Places in a driver's row of `traits`. Those that car-following reads fill the first 64 bytes, one cache line: fetched
 * from a column each, they would cost more than the arithmetic on them.
 *
 * Code that runs for every vehicle takes the numbers out of this object, and out of other modules, into constants of its
 * own module: engines fold those, but read imported bindings and fields of objects anew at each use.
 */
export const TRAIT = {
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
  /** MOBIL p [1]. */
  politeness: 8,
  /** MOBIL a_th [m/s²]. */
  changeThreshold: 9,
  /** MOBIL b_safe [m/s²], positive. */
  safeDeceleration: 10,
  /** MOBIL a_bias [m/s²]. */
  keepRightBias: 11,
  /** IDM T that the driver goes back to when it has given up some of it [s]. */
  wishedHeadway: 12,
  /** Natural frequency [rad/s], largest acceleration [m/s²] and largest speed [m/s] of the driver's lane changes. */
  lateralFrequency: 13,
  lateralAcceleration: 14,
  lateralSpeed: 15,
} as const;

const { speedFactor: SPEED_FACTOR, speedCap: SPEED_CAP } = TRAIT;

/** Doubles in a row of `traits`. */
export const TRAIT_STRIDE = 16;

/** Profiles and lane-change state of all drivers, one row for each row of the vehicle columns. */
export interface DriverColumns {
  /** What each driver is like, at the places that `TRAIT` names; constant but for the headway kept and the slowness. Shape: [capacity x TRAIT_STRIDE]. */
  readonly traits: Float64Array;
  /** Tick before which no discretionary lane change begins. Shape: [capacity]. */
  readonly restUntil: Int32Array;
  /** See LANE_CHOICE. Shape: [capacity]. */
  readonly choosesLane: Uint8Array;
  /** Hash of what never changes about a driver and its vehicle. Shape: [capacity]. */
  readonly fingerprint: Int32Array;
}

/** Columns with room for `capacity` drivers. */
export function createDriverColumns(capacity: number): DriverColumns {
  return {
    traits: new Float64Array(capacity * TRAIT_STRIDE),
    restUntil: new Int32Array(capacity),
    choosesLane: new Uint8Array(capacity),
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
  const { traits } = drivers;
  const at = row * TRAIT_STRIDE;
  traits[at + TRAIT.acceleration] = profile.acceleration;
  traits[at + TRAIT.deceleration] = profile.deceleration;
  traits[at + TRAIT.timeHeadway] = profile.timeHeadway;
  traits[at + TRAIT.minimumGap] = profile.minimumGap;
  traits[at + TRAIT.approachFactor] = approachFactor(profile.acceleration, profile.deceleration);
  traits[at + TRAIT.speedFactor] = profile.speedFactor;
  traits[at + TRAIT.speedCap] = profile.speedCap;
  traits[at + TRAIT.politeness] = profile.politeness;
  traits[at + TRAIT.changeThreshold] = profile.changeThreshold;
  traits[at + TRAIT.safeDeceleration] = profile.safeDeceleration;
  traits[at + TRAIT.keepRightBias] = profile.keepRightBias;
  traits[at + TRAIT.wishedHeadway] = profile.timeHeadway;
  const tempo = profile.lateralTempo;
  traits[at + TRAIT.lateralFrequency] = LATERAL_MOTION.frequency * tempo;
  traits[at + TRAIT.lateralAcceleration] = LATERAL_MOTION.acceleration * tempo * tempo;
  traits[at + TRAIT.lateralSpeed] = LATERAL_MOTION.speed * tempo;
  drivers.restUntil[row] = 0;
  drivers.choosesLane[row] = laneChoice;
  refreshSlowness(drivers, row, speedLimit);
}

/** Notes that the vehicle of a row is in a lane with this limit [m/s]. */
export function refreshSlowness({ traits }: DriverColumns, row: number, speedLimit: number): void {
  const at = row * TRAIT_STRIDE;
  traits[at + TRAIT.slowness] = 1 / desiredSpeed(traits, at, speedLimit);
}

/** Speed that the driver whose traits begin at `at` would like to have where the limit is `speedLimit` [m/s]. */
export function desiredSpeed(traits: Float64Array, at: number, speedLimit: number): number {
  const wanted = traits[at + SPEED_FACTOR]! * speedLimit;
  const cap = traits[at + SPEED_CAP]!;
  return wanted < cap ? wanted : cap;
}
