import type { LaneTable } from '../features/laneTable.ts';
import type { Scene } from '../features/scene.ts';

/**
 * What ending up in a lane that ends costs [nat] where the change should be done, how far before the lane's end that is
 * [m], and the distance over which the cost builds up [m].
 */
const LANE_END_COST = 20;
const LANE_END_RESERVE = 50;
const LANE_END_SIGHT = 400;

/**
 * Cost of a motion that ends at d [m], where the body is still in a lane which itself ends soon [nat]. A reward says
 * how somebody likes to drive, not where the journey goes; without this an agent whose person never merged would wait
 * at the end of the ramp.
 */
export function laneEndCost(scene: Scene, lanes: LaneTable, d: number): number {
  const half = scene.ego.width / 2;
  let end = Number.POSITIVE_INFINITY;
  for (let lane = 0; lane < lanes.count; lane++) {
    const inside = d - half < lanes.edge[lane]! && d + half > lanes.edge[lane + 1]!;
    if (inside && scene.ego.s < lanes.to[lane]!) end = Math.min(end, lanes.to[lane]!);
  }
  const left = end - LANE_END_RESERVE - scene.ego.s;
  return left < LANE_END_SIGHT ? LANE_END_COST * (1 - Math.max(0, left) / LANE_END_SIGHT) : 0;
}
