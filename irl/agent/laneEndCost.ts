import type { LaneTable } from '../features/laneTable.ts';
import type { Scene } from '../features/scene.ts';

/**
 * What ending up in a lane that ends costs [nat] where the change should be done, how far before the lane's end that is
 * [m], and the distance over which the cost builds up [m].
 */
const LANE_END_COST = 20;
const LANE_END_RESERVE = 50;
const LANE_END_SIGHT = 400;
/** What being led off the road costs [nat]: no reward is worth that much, but it may be all that can be driven. */
const LEAD_OFF_COST = 1000;

/**
 * Cost of a motion that ends at d [m], where the body is still in a lane which itself ends soon, or soon leads off the
 * road [nat]. A reward says how somebody likes to drive, not where the journey goes; without this an agent whose person
 * never merged would wait at the end of the ramp.
 */
export function laneEndCost(scene: Scene, lanes: LaneTable, d: number): number {
  const half = scene.ego.width / 2;
  let end = Number.POSITIVE_INFINITY;
  for (let lane = 0; lane < lanes.count; lane++) {
    const inside = d - half < lanes.edge[lane]! && d + half > lanes.edge[lane + 1]!;
    const to = scene.goesThrough ? lanes.throughEnd[lane]! : lanes.to[lane]!;
    if (inside && scene.ego.s < to) end = Math.min(end, to);
  }
  const left = end - LANE_END_RESERVE - scene.ego.s;
  return left < LANE_END_SIGHT ? LANE_END_COST * (1 - Math.max(0, left) / LANE_END_SIGHT) : 0;
}

/**
 * Cost of a motion that ends at (s, d) [m] in an auxiliary lane beyond its opening [nat], for who goes through. Where a
 * ramp ends the road does, which no motion may leave; here it goes on, to the wrong place.
 */
export function leadOffCost(scene: Scene, lanes: LaneTable, s: number, d: number): number {
  if (lanes.uniform || !scene.goesThrough) return 0;
  for (let lane = 0; lane < lanes.count; lane++) {
    const end = lanes.throughEnd[lane]!;
    const inside = d < lanes.edge[lane]! && d > lanes.edge[lane + 1]!;
    if (inside && end < lanes.to[lane]! && scene.ego.s < end && s > end) return LEAD_OFF_COST;
  }
  return 0;
}
