import { TICK_S } from '../../sim/core/time.ts';
import { collisionWithAnswer } from '../features/firstCollision.ts';
import { firstRoadExit } from '../features/firstRoadExit.ts';
import { HORIZON_TICKS, type Motion } from '../features/motion.ts';
import type { Prediction } from '../features/prediction.ts';

/** Largest acceleration in the plane that a dry road gives with some margin [m/s²]. */
export const TYRE_LIMIT = 7.5;
/** Largest share of the road speed that may go sideways: a heading of about 22 degrees. */
const SIDEWAYS_LIMIT = 0.4;
const CREEP = 0.05;

// Constants of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
const TYRES = TYRE_LIMIT;
/** Ticks in a second [1/s]. */
const RATE = 1 / TICK_S;

/** Reasons for which a candidate is refused; index 0 means allowed. The last is the agent's alone. */
export const FILTER_REASONS = ['allowed', 'tyres', 'off-road', 'collision', 'unsafe-distance'] as const;

/** Codes of `refusal`: indices into FILTER_REASONS. */
export const REFUSED = { no: 0, tyres: 1, offRoad: 2, collision: 3 } as const satisfies Record<string, number>;

/**
 * The hard constraints that learning and driving share: what the tyres cannot do, leaving the road, a collision with
 * the predicted others. They are constraints and not features: demonstrations hold no examples, so a weight for them
 * could not be learned. The motion must just have been answered by `respond` or `evaluateFeatures`.
 * @returns index into FILTER_REASONS, 0 when allowed
 */
export function refusal(motion: Motion, prediction: Prediction): number {
  const alone = refusalAlone(motion, prediction);
  return alone === REFUSED.no ? refusalAmongOthers(motion, prediction) : alone;
}

/** The constraints that need no prediction of the others; cheap, so worth asking before the features. */
export function refusalAlone(motion: Motion, prediction: Prediction): number {
  if (beyondTyres(motion, prediction)) return REFUSED.tyres;
  if (firstRoadExit(motion, prediction.lanes, prediction.scene.ego) >= 0) return REFUSED.offRoad;
  return REFUSED.no;
}

/** The constraint that remains: a collision, for a motion that `respond` has just answered. */
export function refusalAmongOthers(motion: Motion, prediction: Prediction): number {
  return collisionWithAnswer(motion, prediction) >= 0 ? REFUSED.collision : REFUSED.no;
}

function beyondTyres({ s, sDot, dDot }: Motion, prediction: Prediction): boolean {
  const { curved, road } = prediction.lanes;
  let speed = sDot[0]!;
  let sideways = dDot[0]!;
  for (let k = 0; k < TICKS; k++) {
    const nextSpeed = sDot[k + 1]!;
    const nextSideways = dDot[k + 1]!;
    const lon = (nextSpeed - speed) * RATE;
    let lat = (nextSideways - sideways) * RATE;
    if (curved) lat += road.curvature(s[k]!) * speed * speed;
    if (lon * lon + lat * lat > TYRES * TYRES) return true;
    const allowed = SIDEWAYS_LIMIT * nextSpeed + CREEP;
    if (nextSideways > allowed || nextSideways < -allowed) return true;
    speed = nextSpeed;
    sideways = nextSideways;
  }
  return false;
}
