import { clamp, exp } from '../core/deterministicMath.ts';
import type { RandomStream } from '../core/randomStream.ts';

/**
 * Parameters of one simulated driver: IDM (Treiber, Hennecke & Helbing 2000) and MOBIL (Kesting, Treiber & Helbing
 * 2007).
 */
export interface DriverProfile {
  /** Desired speed as a share of the lane's limit [1]. */
  readonly speedFactor: number;
  /** Speed that the vehicle never exceeds, whatever the limit [m/s]. */
  readonly speedCap: number;
  /** IDM time headway T [s]. */
  readonly timeHeadway: number;
  /** IDM minimum gap s0 [m]. */
  readonly minimumGap: number;
  /** IDM maximum acceleration a [m/s²]. */
  readonly acceleration: number;
  /** IDM comfortable deceleration b [m/s²], positive. */
  readonly deceleration: number;
  /** MOBIL politeness p [1]. */
  readonly politeness: number;
  /** MOBIL switching threshold [m/s²]. */
  readonly changeThreshold: number;
  /** MOBIL safe braking limit for the new follower [m/s²], positive. */
  readonly safeDeceleration: number;
  /** MOBIL bias towards the right [m/s²]. */
  readonly keepRightBias: number;
  /** Tempo of lane changes [1]: the same movement in 1 / tempo of the time. */
  readonly lateralTempo: number;
}

/**
 * Lateral motion at tempo 1: natural frequency of the critically damped pull towards the lane centre [rad/s], largest
 * acceleration [m/s²] and largest speed [m/s]. With these a 3.6 m change takes 5 to 6 s, of which 4.5 s are seen.
 */
export const LATERAL_MOTION = { frequency: 1.15, acceleration: 0.9, speed: 1.3 } as const;

export type DriverType = 'timid' | 'normal' | 'brisk' | 'truck';

/** Mean and coefficient of variation of a normal distribution; draws are truncated at two standard deviations. */
type Spread = readonly [mean: number, variation: number];
/** Median of a log-normal distribution and standard deviation of the logarithm; draws are truncated at two of them. */
type LogSpread = readonly [median: number, deviation: number];

interface TypeSpreads {
  readonly speedFactor: Spread;
  readonly speedCap: number;
  readonly timeHeadway: LogSpread;
  readonly minimumGap: Spread;
  readonly acceleration: Spread;
  readonly deceleration: Spread;
  readonly politeness: number;
  readonly changeThreshold: number;
  readonly keepRightBias: number;
  readonly lateralTempo: LogSpread;
  readonly length: Spread;
  readonly width: number;
}

/**
 * Distributions by driver type. Means around the highway values of Treiber & Kesting, Traffic Flow Dynamics (2013),
 * table 11.2 (car T 1.0 s, s0 2 m, a 1 m/s², b 1.5 m/s²; truck T 1.7 s, a 0.3 to 0.7 m/s², 80 km/h cap); MOBIL p 0.2,
 * b_safe 4 m/s², threshold 0.1 m/s² and bias 0.3 m/s² from Kesting et al. (2007), section 4; the bias of every type is
 * above its threshold, so that an empty right lane is taken. The 15 % driver variation is that of the same authors'
 * open simulation; time headways are log-normal and spread wider, as people's do. Tempi of lane changes give the
 * durations of Toledo & Zohar (2007): mean 4.6 s, widely spread.
 */
const SPREADS: Readonly<Record<DriverType, TypeSpreads>> = {
  timid: {
    speedFactor: [0.92, 0.05],
    speedCap: 1e3,
    timeHeadway: [1.7, 0.4],
    minimumGap: [2.5, 0.15],
    acceleration: [1.0, 0.15],
    deceleration: [1.6, 0.15],
    politeness: 0.4,
    changeThreshold: 0.2,
    keepRightBias: 0.3,
    lateralTempo: [0.85, 0.25],
    length: [4.5, 0.06],
    width: 1.8,
  },
  normal: {
    speedFactor: [1.0, 0.06],
    speedCap: 1e3,
    timeHeadway: [1.25, 0.4],
    minimumGap: [2.0, 0.15],
    acceleration: [1.3, 0.15],
    deceleration: [2.0, 0.15],
    politeness: 0.2,
    changeThreshold: 0.1,
    keepRightBias: 0.3,
    lateralTempo: [0.95, 0.25],
    length: [4.6, 0.06],
    width: 1.82,
  },
  brisk: {
    speedFactor: [1.12, 0.06],
    speedCap: 1e3,
    timeHeadway: [0.95, 0.35],
    minimumGap: [1.8, 0.15],
    acceleration: [1.8, 0.15],
    deceleration: [2.4, 0.15],
    politeness: 0.05,
    changeThreshold: 0.1,
    keepRightBias: 0.2,
    lateralTempo: [1.1, 0.25],
    length: [4.7, 0.06],
    width: 1.86,
  },
  truck: {
    speedFactor: [0.95, 0.03],
    speedCap: 80 / 3.6,
    timeHeadway: [1.8, 0.3],
    minimumGap: [3.0, 0.12],
    acceleration: [0.6, 0.12],
    deceleration: [1.5, 0.12],
    politeness: 0.3,
    changeThreshold: 0.2,
    keepRightBias: 0.4,
    lateralTempo: [0.75, 0.2],
    length: [13, 0.15],
    width: 2.5,
  },
};

/** Braking that MOBIL may impose on a new follower [m/s²] (Kesting et al. 2007). */
const SAFE_DECELERATION = 4;

/** A drawn driver with the vehicle that goes with it. */
export interface DrawnDriver {
  readonly profile: DriverProfile;
  /** [m] */
  readonly length: number;
  /** [m] */
  readonly width: number;
}

/** Draws a driver of the given type. */
export function drawDriver(type: DriverType, random: RandomStream): DrawnDriver {
  const spread = SPREADS[type];
  const draw = ([mean, variation]: Spread) => mean * (1 + variation * clamp(random.normal(), -2, 2));
  const drawLog = ([median, deviation]: LogSpread) => median * exp(deviation * clamp(random.normal(), -2, 2));
  return {
    profile: {
      speedFactor: draw(spread.speedFactor),
      speedCap: spread.speedCap,
      timeHeadway: drawLog(spread.timeHeadway),
      minimumGap: draw(spread.minimumGap),
      acceleration: draw(spread.acceleration),
      deceleration: draw(spread.deceleration),
      politeness: spread.politeness,
      changeThreshold: spread.changeThreshold,
      safeDeceleration: SAFE_DECELERATION,
      keepRightBias: spread.keepRightBias,
      lateralTempo: drawLog(spread.lateralTempo),
    },
    length: draw(spread.length),
    width: spread.width,
  };
}

/** The mean driver of a type (median where the distribution is skewed), for predictions and baselines. */
export function meanProfile(type: DriverType): DriverProfile {
  const spread = SPREADS[type];
  return {
    speedFactor: spread.speedFactor[0],
    speedCap: spread.speedCap,
    timeHeadway: spread.timeHeadway[0],
    minimumGap: spread.minimumGap[0],
    acceleration: spread.acceleration[0],
    deceleration: spread.deceleration[0],
    politeness: spread.politeness,
    changeThreshold: spread.changeThreshold,
    safeDeceleration: SAFE_DECELERATION,
    keepRightBias: spread.keepRightBias,
    lateralTempo: spread.lateralTempo[0],
  };
}
