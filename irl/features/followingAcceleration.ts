/** Parameters of the predicted followers. Sources in `followingAcceleration`. */
export const FOLLOWING = {
  /** Maximum acceleration [m/s²]. */
  acceleration: 1.5,
  /** Comfortable deceleration [m/s²]. */
  deceleration: 2,
  /** Standstill gap [m]. */
  standstillGap: 1,
  /** Range of the time headway [s]: a predicted driver keeps the headway it has, within these limits. */
  minHeadway: 0.4,
  maxHeadway: 1.2,
  /** Hardest braking [m/s²]. */
  maxBraking: 8,
} as const;

// Constants of this module, because engines fold those but not the fields of an object.
const { acceleration: ACCELERATION, standstillGap: STANDSTILL_GAP, maxBraking: MAX_BRAKING } = FOLLOWING;
const TWO_SQRT_AB = 2 * Math.sqrt(FOLLOWING.acceleration * FOLLOWING.deceleration);

/**
 * Acceleration of a predicted vehicle behind a leader [m/s²], in [-maxBraking, acceleration]: the Intelligent Driver
 * Model (Treiber, Hennecke & Helbing 2000, eq. 3) in the IDM+ form (Schakel, van Arem & Netten 2010), the smaller of
 * the free and the interaction term, so that a driver at its own speed and with its own headway keeps both.
 * @param speed own speed [m/s]
 * @param freeSpeed desired speed [m/s], > 0
 * @param headway desired time headway [s]
 * @param gap bumper to bumper [m]; Infinity without a leader
 * @param leaderSpeed [m/s]
 */
export function followingAcceleration(
  speed: number,
  freeSpeed: number,
  headway: number,
  gap: number,
  leaderSpeed: number,
): number {
  const ratio = speed / freeSpeed;
  const square = ratio * ratio;
  let term = 1 - square * square;
  if (gap < Number.POSITIVE_INFINITY) {
    const dynamic = speed * headway + (speed * (speed - leaderSpeed)) / TWO_SQRT_AB;
    const desired = dynamic > 0 ? STANDSTILL_GAP + dynamic : STANDSTILL_GAP;
    const share = desired / (gap > 0.1 ? gap : 0.1);
    const interaction = 1 - share * share;
    if (interaction < term) term = interaction;
  }
  const acceleration = ACCELERATION * term;
  return acceleration > -MAX_BRAKING ? acceleration : -MAX_BRAKING;
}
