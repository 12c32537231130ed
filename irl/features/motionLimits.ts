/** By how much limits are wider than computed, in their own unit: far more than what rounding can do to them. */
export const LIMITS_SLACK = 1e-6;

/** Least and largest value of something that is not known exactly. */
export interface Limits {
  least: number;
  most: number;
}

/**
 * What is known of a motion before its samples are written: limits of means over its window and of its course, enough
 * to bound its features. Written by `limitMember` of the candidate family.
 */
export interface MotionLimits {
  /** Mean of ds/dt [m/s], of its square [m²/s²], of that of the acceleration [m²/s⁴] and of the jerk [m²/s⁶]. */
  readonly speed: Limits;
  readonly speedSquared: Limits;
  readonly accelerationSquared: Limits;
  readonly jerkSquared: Limits;
  /** Mean of s [m]; for a motion that need not stop. */
  meanS: number;
  /** Smallest ds/dt if the motion could reverse [m/s]. */
  slowest: number;
  /** Largest ds/dt, acceleration and jerk, in magnitude [m/s, m/s², m/s³]. */
  fastest: number;
  strongestAcceleration: number;
  strongestJerk: number;
  /** d over the window [m]; infinite where nothing is known. */
  readonly d: Limits;
  /** d at the window's end [m]; NaN where it is not known. */
  endD: number;
  /** Least mean of the square of dd/dt [m²/s²]. */
  lateralSpeedSquared: number;
}

/** Limits with room for one motion. */
export function emptyMotionLimits(): MotionLimits {
  const limits = (): Limits => ({ least: 0, most: 0 });
  return {
    speed: limits(),
    speedSquared: limits(),
    accelerationSquared: limits(),
    jerkSquared: limits(),
    meanS: 0,
    slowest: 0,
    fastest: 0,
    strongestAcceleration: 0,
    strongestJerk: 0,
    d: limits(),
    endD: 0,
    lateralSpeedSquared: 0,
  };
}
