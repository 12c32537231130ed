import { type LaneTable, laneExists, laneIndexAt } from './laneTable.ts';
import { MOTION_SAMPLES, type Motion } from './motion.ts';

/** How far a corner may be beyond the outer lane edge [m]; the drivable-area tolerance of nuPlan. */
export const ROAD_EDGE_TOLERANCE = 0.3;

/**
 * First sample, after the present, at which the ego's box is outside the lanes by more than the tolerance, or at which
 * its centre crosses a marking that must not be crossed there; -1 when it stays. A motion that starts outside is only
 * refused once it gets farther out than it began.
 * @param width of the box [m]
 */
export function firstRoadExit(motion: Motion, lanes: LaneTable, width: number): number {
  const half = width / 2;
  if (lanes.uniform && staysBetween(motion, lanes.edge[lanes.count]! + half, lanes.edge[0]! - half)) return -1;
  let allowed = Math.max(excess(lanes, motion.s[0]!, motion.d[0]!, half), ROAD_EDGE_TOLERANCE);
  let lane = laneIndexAt(lanes, motion.s[0]!, motion.d[0]!, 0);
  for (let k = 1; k < MOTION_SAMPLES; k++) {
    const s = motion.s[k]!;
    const out = excess(lanes, s, motion.d[k]!, half);
    if (out > allowed) return k;
    if (out < allowed) allowed = Math.max(out, ROAD_EDGE_TOLERANCE);
    const now = laneIndexAt(lanes, s, motion.d[k]!, lane);
    if (now !== lane && laneExists(lanes, lane, s) && !lanes.road.mayChange(lane, now, s)) return k;
    lane = now;
  }
  return -1;
}

/** Whether the centre stays within the tolerance of the span between two lines. */
function staysBetween({ d }: Motion, right: number, left: number): boolean {
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const at = d[k]!;
    if (!(at <= left + ROAD_EDGE_TOLERANCE && at >= right - ROAD_EDGE_TOLERANCE)) return false;
  }
  return true;
}

/** How far the box reaches beyond the outer edges of the lanes that exist at s [m]; negative inside. */
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
