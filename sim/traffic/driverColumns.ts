import type { DriverProfile } from './driverProfile.ts';
import { approachFactor } from './idm.ts';
import { LATERAL_ACCELERATION_LIMIT, LATERAL_SPEED_LIMIT, PULL_FREQUENCY } from './lateralMotion.ts';

/** Who decides on a driver's lanes: a script; the driver, who goes through; the driver, who leaves by the next off-ramp. */
export const LANE_CHOICE = { scripted: 0, through: 1, exit: 2 } as const;
export type LaneChoice = (typeof LANE_CHOICE)[keyof typeof LANE_CHOICE];

/** Profiles and lane-change state of all drivers, one row for each row of the vehicle columns. */
export interface DriverColumns {
  readonly speedFactor: Float64Array;
  readonly speedCap: Float64Array;
  /** Time headway that the driver keeps at present, and the one it goes back to when it has given up some of it [s]. */
  readonly timeHeadway: Float64Array;
  readonly wishedHeadway: Float64Array;
  readonly minimumGap: Float64Array;
  readonly acceleration: Float64Array;
  readonly deceleration: Float64Array;
  /** 1 / (2 √(a b)), the factor of the approaching rate in the desired gap [s²/m]. */
  readonly approachFactor: Float64Array;
  readonly politeness: Float64Array;
  readonly changeThreshold: Float64Array;
  readonly safeDeceleration: Float64Array;
  readonly keepRightBias: Float64Array;
  /** Natural frequency [rad/s], largest acceleration [m/s²] and largest speed [m/s] of the driver's lane changes. */
  readonly lateralFrequency: Float64Array;
  readonly lateralAcceleration: Float64Array;
  readonly lateralSpeed: Float64Array;
  /** Ticks until the next discretionary lane change may begin. */
  readonly changeRest: Int32Array;
  /** See LANE_CHOICE. */
  readonly choosesLane: Uint8Array;
}

/** Columns with room for `capacity` drivers. */
export function createDriverColumns(capacity: number): DriverColumns {
  const doubles = () => new Float64Array(capacity);
  return {
    speedFactor: doubles(),
    speedCap: doubles(),
    timeHeadway: doubles(),
    wishedHeadway: doubles(),
    minimumGap: doubles(),
    acceleration: doubles(),
    deceleration: doubles(),
    approachFactor: doubles(),
    politeness: doubles(),
    changeThreshold: doubles(),
    safeDeceleration: doubles(),
    keepRightBias: doubles(),
    lateralFrequency: doubles(),
    lateralAcceleration: doubles(),
    lateralSpeed: doubles(),
    changeRest: new Int32Array(capacity),
    choosesLane: new Uint8Array(capacity),
  };
}

/** Writes a profile to one row and resets its lane-change state. */
export function setDriver(drivers: DriverColumns, row: number, profile: DriverProfile, laneChoice: LaneChoice): void {
  drivers.speedFactor[row] = profile.speedFactor;
  drivers.speedCap[row] = profile.speedCap;
  drivers.timeHeadway[row] = profile.timeHeadway;
  drivers.wishedHeadway[row] = profile.timeHeadway;
  drivers.minimumGap[row] = profile.minimumGap;
  drivers.acceleration[row] = profile.acceleration;
  drivers.deceleration[row] = profile.deceleration;
  drivers.approachFactor[row] = approachFactor(profile.acceleration, profile.deceleration);
  drivers.politeness[row] = profile.politeness;
  drivers.changeThreshold[row] = profile.changeThreshold;
  drivers.safeDeceleration[row] = profile.safeDeceleration;
  drivers.keepRightBias[row] = profile.keepRightBias;
  const tempo = profile.lateralTempo;
  drivers.lateralFrequency[row] = PULL_FREQUENCY * tempo;
  drivers.lateralAcceleration[row] = LATERAL_ACCELERATION_LIMIT * tempo * tempo;
  drivers.lateralSpeed[row] = LATERAL_SPEED_LIMIT * tempo;
  drivers.changeRest[row] = 0;
  drivers.choosesLane[row] = laneChoice;
}
