import { type LaneTable, laneExists, laneIndexAt } from './laneTable.ts';
import { MOTION_SAMPLES, type Motion } from './motion.ts';

/** How far a corner may be beyond the outer lane edge [m]; the drivable-area tolerance of nuPlan. */
export const ROAD_EDGE_TOLERANCE = 0.3;
/** How far a plan may have it there [m]: the car strays from a plan by some centimetres. */
const PLANNED_TOLERANCE = 0.27;
/** Below this speed the direction of a motion says little about that of the car [m/s]. */
const SLOW = 1;

/** A body's size [m]. */
interface Box {
  readonly width: number;
  readonly length: number;
}

/**
 * First sample, after the present, at which the ego's box is outside the lanes by more than a plan may have it, or at
 * which its centre crosses a marking that must not be crossed there; -1 when it stays. A motion that starts outside is
 * only refused once it gets farther out than it began.
 * @param box width and length [m]
 */
export function firstRoadExit(motion: Motion, lanes: LaneTable, box: Box): number {
  if (lanes.uniform && staysBetween(motion, lanes.edge[lanes.count]!, lanes.edge[0]!, box)) return -1;
  const straight = { width: box.width, length: 0 };
  const atStart = excess(lanes, motion.s[0]!, motion.d[0]!, reachAcross(motion, 0, straight));
  // On the way back from outside the car turns, and a corner with it: that must not forbid to come back.
  const outline = atStart > PLANNED_TOLERANCE ? straight : box;
  let allowed = Math.max(atStart, PLANNED_TOLERANCE);
  let lane = laneIndexAt(lanes, motion.s[0]!, motion.d[0]!, 0);
  for (let k = 1; k < MOTION_SAMPLES; k++) {
    const s = motion.s[k]!;
    const out = excess(lanes, s, motion.d[k]!, reachAcross(motion, k, outline));
    if (out > allowed) return k;
    if (out < allowed) allowed = Math.max(out, PLANNED_TOLERANCE);
    const now = laneIndexAt(lanes, s, motion.d[k]!, lane);
    if (now !== lane && laneExists(lanes, lane, s) && !lanes.road.mayChange(lane, now, s)) return k;
    lane = now;
  }
  return -1;
}

/** Whether the box stays within the tolerance of the span between two edges. */
function staysBetween(motion: Motion, right: number, left: number, box: Box): boolean {
  const { d } = motion;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const reach = reachAcross(motion, k, box) - PLANNED_TOLERANCE;
    if (!(d[k]! + reach <= left && d[k]! - reach >= right)) return false;
  }
  return true;
}

/** Distance of the box's outermost corner from its centre across the road [m]; turned boxes reach further. */
function reachAcross({ sDot, dDot }: Motion, k: number, { width, length }: Box): number {
  const turn = Math.abs(dDot[k]!) / Math.max(sDot[k]!, SLOW);
  return (width + length * turn) / 2;
}

/**
 * How far the box reaches beyond the outer edges of the lanes that exist at s [m]; negative inside. The pavement that
 * narrows after the end of a lane (`Road.rightEdge`) is no lane to plan into.
 */
function excess(lanes: LaneTable, s: number, d: number, half: number): number {
  let left = Number.NEGATIVE_INFINITY;
  let right = Number.POSITIVE_INFINITY;
  for (let i = 0; i < lanes.count; i++) {
    if (!laneExists(lanes, i, s)) continue;
    if (lanes.edge[i]! > left) left = lanes.edge[i]!;
    if (lanes.edge[i + 1]! < right) right = lanes.edge[i + 1]!;
  }
  const beyondLeft = d + half - left;
  const beyondRight = right - (d - half);
  return Math.max(beyondLeft, beyondRight);
}
