import { MOTION_SAMPLES, type Motion } from '../features/motion.ts';

/** What a motion of 5 s amounts to. */
export type Manoeuvre = 'left' | 'right' | 'brake' | 'keep' | 'accelerate';

/** All manoeuvres, in the order of a confusion matrix. */
export const MANOEUVRES: readonly Manoeuvre[] = ['left', 'right', 'brake', 'keep', 'accelerate'];

/** Lateral way from which a motion is a lane change: half a lane [m]. */
const LANE_CHANGE = 1.8;
/** Change of speed from which a motion brakes or accelerates [m/s]: 0.3 m/s² on average. */
const SPEED_CHANGE = 1.5;

/** The manoeuvre of a motion: a change of lane if there is one, else what happens to the speed. */
export function manoeuvreOf(motion: Motion): Manoeuvre {
  const last = MOTION_SAMPLES - 1;
  const aside = motion.d[last]! - motion.d[0]!;
  if (aside > LANE_CHANGE) return 'left';
  if (aside < -LANE_CHANGE) return 'right';
  const gain = motion.sDot[last]! - motion.sDot[0]!;
  return gain < -SPEED_CHANGE ? 'brake' : gain > SPEED_CHANGE ? 'accelerate' : 'keep';
}

/**
 * Confusion matrix of manoeuvres: row what the person did, column what was foretold.
 * Shape: [MANOEUVRES x MANOEUVRES].
 */
export function manoeuvreConfusion(
  pairs: readonly { readonly person: Manoeuvre; readonly chosen: Manoeuvre }[],
): number[][] {
  return MANOEUVRES.map((person) =>
    MANOEUVRES.map((chosen) => pairs.filter((pair) => pair.person === person && pair.chosen === chosen).length),
  );
}
