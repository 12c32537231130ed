import { TICK_S } from '../../sim/core/time.ts';
import { laneIndexAt } from './laneTable.ts';
import { HORIZON_TICKS, MOTION_SAMPLES } from './motion.ts';
import type { Prediction } from './prediction.ts';

/**
 * Writes to `firmLeader`, for each lane and sample, the rearmost of the vehicles which are in that lane then, ahead of the ego
 * at first, and firm: the ego cannot change what they do before it has passed them. Who reacts is behind the ego, or follows
 * somebody who reacts (`respond`); so a vehicle is firm when everybody it follows, and those whom they follow, stay ahead of
 * it for the whole horizon.
 */
export function findFirmLeaders(prediction: Prediction): void {
  const { count, baseS, lanes, firm, firmLeader, occupiedLeft, occupiedRight, scene } = prediction;
  const { edge } = lanes;
  for (let i = 0; i < count; i++) {
    if (!(baseS[i]! >= scene.ego.s) || !isFirm(prediction, i)) continue;
    firm[i] = 1;
    for (let k = 0; k < MOTION_SAMPLES; k++) {
      const row = k * count;
      for (let lane = 0; lane < lanes.count; lane++) {
        if (!(occupiedRight[row + i]! < edge[lane]! && occupiedLeft[row + i]! > edge[lane + 1]!)) continue;
        const at = lane * MOTION_SAMPLES + k;
        const other = firmLeader[at]!;
        if (other < 0 || baseS[row + i]! < baseS[row + other]!) firmLeader[at] = i;
      }
    }
  }
}

/** Writes `roomAhead` and `roomSpeed`. */
export function findRoomAhead(prediction: Prediction): void {
  const { count, baseS, lanes, firmLeader, halfLength, occupiedLeft, occupiedRight, roomAhead, roomSpeed } = prediction;
  const { ego } = prediction.scene;
  for (let lane = 0; lane < lanes.count; lane++) {
    const i = firmLeader[lane * MOTION_SAMPLES]!;
    roomSpeed[lane] = Number.NEGATIVE_INFINITY;
    if (i < 0) continue;
    const reach = halfLength[i]! + ego.length / 2;
    let sum = 0;
    let speed = Number.POSITIVE_INFINITY;
    for (let k = 0; k < MOTION_SAMPLES; k++) {
      const at = k * count + i;
      const room = baseS[at]! - reach - ego.s;
      const inLane = occupiedRight[at]! < lanes.edge[lane]! && occupiedLeft[at]! > lanes.edge[lane + 1]!;
      if (!(room >= 0) || !inLane) speed = Number.NEGATIVE_INFINITY;
      if (k === 0) continue;
      sum += room;
      speed = Math.min(speed, room / (k * TICK_S));
    }
    roomAhead[lane] = ego.s + sum / HORIZON_TICKS;
    roomSpeed[lane] = speed;
  }
}

/** Writes `follower`. */
export function findFollower(prediction: Prediction): void {
  const { count, baseS, lanes, halfLength, occupiedLeft, occupiedRight, scene } = prediction;
  const { ego } = scene;
  const lane = laneIndexAt(lanes, ego.s, ego.d, 0);
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (!(occupiedRight[i]! < lanes.edge[lane]! && occupiedLeft[i]! > lanes.edge[lane + 1]!)) continue;
    const gap = ego.s - baseS[i]! - halfLength[i]!;
    if (baseS[i]! < ego.s && gap < nearest) {
      nearest = gap;
      prediction.follower = i;
    }
  }
}

function isFirm(prediction: Prediction, i: number): boolean {
  const { count, leader } = prediction;
  let last = -1;
  for (let at = i; at < leader.length; at += count) {
    const j = leader[at]!;
    if (j < 0 || j === last) continue;
    if (!staysAhead(prediction, j, i) || !isFirm(prediction, j)) return false;
    last = j;
  }
  return true;
}

function staysAhead({ count, baseS }: Prediction, j: number, i: number): boolean {
  for (let row = 0; row < MOTION_SAMPLES * count; row += count) if (!(baseS[row + j]! >= baseS[row + i]!)) return false;
  return true;
}
