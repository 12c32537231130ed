import { MOTION_SAMPLES } from './motion.ts';
import type { Prediction } from './prediction.ts';

/**
 * Writes to `firmLeader` the nearest vehicle ahead of the ego in each lane, where the ego cannot change what it does before
 * it has passed it. Who reacts is behind the ego, or follows somebody who reacts (`respond`); so a vehicle is firm when
 * everybody it follows, and those whom they follow, stay ahead of it for the whole horizon.
 */
export function findFirmLeaders(prediction: Prediction): void {
  const { count, baseS, lanes, firmLeader, occupiedLeft, occupiedRight, scene } = prediction;
  for (let lane = 0; lane < lanes.count; lane++) {
    let nearest = -1;
    let distance = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const ahead = baseS[i]! - scene.ego.s;
      const inLane = occupiedRight[i]! < lanes.edge[lane]! && occupiedLeft[i]! > lanes.edge[lane + 1]!;
      if (inLane && ahead >= 0 && ahead < distance) {
        distance = ahead;
        nearest = i;
      }
    }
    firmLeader[lane] = nearest >= 0 && isFirm(prediction, nearest) ? nearest : -1;
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
