import { TICK_S } from '../../sim/core/time.ts';
import { type LaneTable, laneExists } from './laneTable.ts';
import { HORIZON_TICKS } from './motion.ts';
import type { MotionLimits } from './motionLimits.ts';

const HORIZON_S = HORIZON_TICKS * TICK_S;

/** The lanes in which the ego's centre can be during a motion of which only limits are known. */
export interface LaneRange {
  first: number;
  last: number;
  /** Smallest and largest speed limit of these lanes [m/s]. */
  slowestLimit: number;
  fastestLimit: number;
}

/**
 * Writes the range of lanes: those beside each other that d reaches, or all where one of these, or the road, begins or
 * ends on the way.
 */
export function writeLaneRange({ d, fastest }: MotionLimits, egoS: number, lanes: LaneTable, range: LaneRange): void {
  const { count, edge, limit } = lanes;
  let first = 0;
  let last = count - 1;
  while (first < last && d.most < edge[first + 1]!) first++;
  while (last > first && d.least > edge[last]!) last--;
  const end = egoS + fastest * HORIZON_S;
  for (let lane = first; lane <= last; lane++) {
    if (laneExists(lanes, lane, egoS) && laneExists(lanes, lane, end)) continue;
    first = 0;
    last = count - 1;
    break;
  }
  range.first = first;
  range.last = last;
  range.slowestLimit = limit[first]!;
  range.fastestLimit = limit[first]!;
  for (let lane = first + 1; lane <= last; lane++) {
    range.slowestLimit = Math.min(range.slowestLimit, limit[lane]!);
    range.fastestLimit = Math.max(range.fastestLimit, limit[lane]!);
  }
}
