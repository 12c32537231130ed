/** Strongest braking on a dry road [m/s²]; car-following never asks for more. */
const EMERGENCY_DECELERATION = 8;
/** Gaps are taken to be at least this [m], so that overlapping boxes brake hard instead of dividing by zero. */
const SMALLEST_GAP = 0.1;
/** Beyond this gap nobody is ahead [m]. */
const FREE_GAP = 1e6;

/** The constant 1 / (2 √(a b)) of a driver's desired gap [s²/m]. */
export function approachFactor(acceleration: number, deceleration: number): number {
  return 1 / (2 * Math.sqrt(acceleration * deceleration));
}

/**
 * Acceleration of the Intelligent Driver Model (Treiber, Hennecke & Helbing 2000, eqs. 1-2; δ = 4) with the desired
 * gap's dynamic part clamped at 0, limited below by the emergency deceleration:
 *   dv/dt = a [1 - (v/v0)⁴ - (s* / gap)²],  s* = s0 + max(0, v T + v Δv / (2 √(a b))).
 * @param v own speed [m/s]
 * @param gap bumper to bumper [m]; Infinity on a free road
 * @param leaderSpeed [m/s]
 * @param slowness 1 / v0 [s/m], > 0
 * @param timeHeadway T [s]
 * @param minimumGap s0 [m]
 * @param acceleration a [m/s²]
 * @param deceleration b [m/s²]
 * @param factor `approachFactor(a, b)`
 * @returns acceleration [m/s²]
 */
export function idmAcceleration(
  v: number,
  gap: number,
  leaderSpeed: number,
  slowness: number,
  timeHeadway: number,
  minimumGap: number,
  acceleration: number,
  deceleration: number,
  factor: number,
): number {
  const result = freeAcceleration(v, slowness, acceleration, deceleration);
  if (gap > FREE_GAP) return result;
  const dynamic = v * (timeHeadway + (v - leaderSpeed) * factor);
  const wanted = dynamic > 0 ? minimumGap + dynamic : minimumGap;
  const share = wanted / (gap > SMALLEST_GAP ? gap : SMALLEST_GAP);
  const behind = result - acceleration * share * share;
  return behind < -EMERGENCY_DECELERATION ? -EMERGENCY_DECELERATION : behind;
}

/**
 * The same on a free road [m/s²]. Above the desired speed the fourth power would brake as for an obstacle; drivers
 * coast down at most comfortably.
 */
export function freeAcceleration(v: number, slowness: number, acceleration: number, deceleration: number): number {
  const ratio = v * slowness;
  const square = ratio * ratio;
  const result = acceleration * (1 - square * square);
  return result < -deceleration ? -deceleration : result;
}
