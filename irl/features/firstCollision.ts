import { MOTION_SAMPLES, type Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';
import { respond } from './respond.ts';

/** Samples that are judged together where the vehicles are far apart. */
const BLOCK = 10;

/**
 * First sample at which the ego's box overlaps another one, or -1. Boxes are taken parallel to the road. A vehicle that
 * overlaps already at sample 0 (noise of recorded positions, or a crash that is under way) does not count until it
 * has come free once.
 */
export function firstCollision(motion: Motion, prediction: Prediction): number {
  respond(prediction, motion);
  return collisionWithAnswer(motion, prediction);
}

/** Room around a box [m]. */
export interface BoxMargin {
  readonly along: number;
  readonly across: number;
}

const NO_MARGIN: BoxMargin = { along: 0, across: 0 };

/**
 * `firstCollision` for a motion that `respond` has just answered.
 * @param margin by which the ego's box is larger than the ego
 */
export function collisionWithAnswer(motion: Motion, prediction: Prediction, margin: BoxMargin = NO_MARGIN): number {
  const { count, s, d, halfLength, halfWidth } = prediction;
  const { ego } = prediction.scene;
  let leftmost = motion.d[0]!;
  let rightmost = motion.d[0]!;
  for (let k = 1; k < MOTION_SAMPLES; k++) {
    const at = motion.d[k]!;
    if (at > leftmost) leftmost = at;
    else if (at < rightmost) rightmost = at;
  }
  let first = MOTION_SAMPLES;
  const last = (MOTION_SAMPLES - 1) * count;
  for (let i = 0; i < count; i++) {
    const reachS = halfLength[i]! + ego.length / 2 + margin.along;
    const reachD = halfWidth[i]! + ego.width / 2 + margin.across;
    // Predicted lateral motion is monotone, so its ends bound it; a recorded future is checked in full.
    if (prediction.reactive) {
      const startD = d[i]!;
      const endD = d[last + i]!;
      const low = Math.min(startD, endD);
      const high = Math.max(startD, endD);
      if (low - reachD > leftmost || high + reachD < rightmost) continue;
    }
    let free = false;
    for (let k = 0, at = i; k < first; k++, at += count) {
      // Nobody reverses, so two that are apart from here to the end of a block are apart all through it.
      if (prediction.reactive && k % BLOCK === 0 && k + BLOCK < MOTION_SAMPLES) {
        const then = at + BLOCK * count;
        const apart = s[at]! - motion.s[k + BLOCK]! >= reachS || motion.s[k]! - s[then]! >= reachS;
        if (apart) {
          free = true;
          k += BLOCK - 1;
          at = then - count;
          continue;
        }
      }
      const ds = s[at]! - motion.s[k]!;
      const dd = d[at]! - motion.d[k]!;
      const overlap = ds < reachS && ds > -reachS && dd < reachD && dd > -reachD;
      if (!overlap) free = true;
      else if (free) {
        first = k;
        break;
      }
    }
  }
  return first < MOTION_SAMPLES ? first : -1;
}
