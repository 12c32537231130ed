import { TICK_S } from '../../sim/core/time.ts';
import { laneIndexAt } from './laneTable.ts';
import { HORIZON_TICKS, MOTION_SAMPLES } from './motion.ts';
import { FOLLOWERS_AT_MOST, type Prediction } from './prediction.ts';

/** What is known of a vehicle; 0 before it is looked at. */
const FIRM = 1;
const SOFT = 2;

/**
 * Writes to `firmLeader`, for each lane and sample, the rearmost of the vehicles which are in that lane then, ahead of
 * the ego at first, and firm: the ego cannot change what they do before it has passed them. Who reacts is behind the
 * ego, or follows somebody who reacts (`respond`); so a vehicle is firm when everybody it follows, and those whom they
 * follow, stay ahead of it for the whole horizon.
 */
export function findFirmLeaders(prediction: Prediction): void {
  const { count, baseS, lanes, firm, firmLeader, occupiedLeft, occupiedRight, scene } = prediction;
  const { edge } = lanes;
  const known = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    if (!(baseS[i]! >= scene.ego.s) || !isFirm(prediction, i, known)) continue;
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

/** Writes `followers` and `followerCount`. */
export function findFollowers(prediction: Prediction): void {
  const { followers } = prediction;
  let next = nearestBehind(prediction);
  let found = 0;
  while (next >= 0 && found < FOLLOWERS_AT_MOST) {
    followers[found++] = next;
    next = soleFollower(prediction, next);
  }
  prediction.followerCount = found;
}

/** The vehicle right behind the ego in its lane, or -1. */
function nearestBehind({ count, baseS, lanes, halfLength, occupiedLeft, occupiedRight, scene }: Prediction): number {
  const { ego } = scene;
  const lane = laneIndexAt(lanes, ego.s, ego.d, 0);
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    if (!(occupiedRight[i]! < lanes.edge[lane]! && occupiedLeft[i]! > lanes.edge[lane + 1]!)) continue;
    const gap = ego.s - baseS[i]! - halfLength[i]!;
    if (baseS[i]! < ego.s && gap < least) {
      least = gap;
      nearest = i;
    }
  }
  return nearest;
}

/** The vehicle that follows another one for the whole horizon, where nobody else ever does; else -1. */
function soleFollower({ count, leader }: Prediction, i: number): number {
  let follower = -1;
  for (let j = 0; j < count; j++) {
    let samples = 0;
    for (let at = j; at < leader.length; at += count) if (leader[at] === i) samples++;
    if (samples === 0) continue;
    if (samples < MOTION_SAMPLES || follower >= 0) return -1;
    follower = j;
  }
  return follower;
}

/** @param known what was found of vehicles so far: FIRM, SOFT, or 0. Shape: [count] */
function isFirm(prediction: Prediction, i: number, known: Uint8Array): boolean {
  if (known[i] === 0) known[i] = followsFirmOnes(prediction, i, known) ? FIRM : SOFT;
  return known[i] === FIRM;
}

function followsFirmOnes(prediction: Prediction, i: number, known: Uint8Array): boolean {
  const { count, leader } = prediction;
  let last = -1;
  for (let at = i; at < leader.length; at += count) {
    const j = leader[at]!;
    if (j < 0 || j === last) continue;
    if (!staysAhead(prediction, j, i) || !isFirm(prediction, j, known)) return false;
    last = j;
  }
  return true;
}

function staysAhead({ count, baseS }: Prediction, j: number, i: number): boolean {
  for (let row = 0; row < MOTION_SAMPLES * count; row += count) if (!(baseS[row + j]! >= baseS[row + i]!)) return false;
  return true;
}
