import { cos, sin } from '../core/deterministicMath.ts';
import type { Road, RoadPoint } from '../road/road.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import type { World } from './world.ts';

const POINT: RoadPoint = { s: 0, d: 0, heading: 0 };

/** Recomputes the ego's road-frame state from its world-frame state. */
export function refreshRoadFrame(ego: EgoState, road: Road): void {
  road.toRoad(ego.x, ego.y, ego.s, POINT);
  ego.s = POINT.s;
  ego.d = POINT.d;
  ego.headingOffset = ego.yaw - POINT.heading;
  const c = cos(ego.headingOffset);
  const s = sin(ego.headingOffset);
  ego.sDot = (ego.vx * c - ego.vy * s) / (1 - road.curvature(ego.s) * ego.d);
  ego.dDot = ego.vx * s + ego.vy * c;
}

/** Shows the ego in slot 0 of the vehicle columns. */
export function refreshEgoSlot(world: World): void {
  const { vehicles, ego, road } = world;
  vehicles.s[0] = ego.s;
  vehicles.d[0] = ego.d;
  vehicles.sDot[0] = ego.sDot;
  vehicles.dDot[0] = ego.dDot;
  vehicles.a[0] = ego.ax;
  vehicles.headingOffset[0] = ego.headingOffset;
  vehicles.lane[0] = road.laneAt(ego.s, ego.d);
}
