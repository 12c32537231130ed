import { TICK_S } from '../../sim/core/time.ts';
import { findFirmLeaders, findFollowers, findRoomAhead } from './firmLeaders.ts';
import { FOLLOWING, followingAcceleration } from './followingAcceleration.ts';
import { type LaneTable, laneIndexAt, laneTable } from './laneTable.ts';
import { MOTION_SAMPLES } from './motion.ts';
import { FOLLOWERS_AT_MOST, laneReach, type Prediction } from './prediction.ts';
import type { Scene } from './scene.ts';

/** Vehicles farther away than this cannot matter within a horizon [m]. */
const REACH_AHEAD = 250;
const REACH_BEHIND = 120;
/** Lateral speed from which a vehicle is taken to be changing lanes [m/s]. */
const CHANGING_SPEED = 0.35;

const TABLES = new WeakMap<Scene['road'], LaneTable>();

/** Lane table of the road, made once for each road. */
export function laneTableOf(road: Scene['road']): LaneTable {
  let table = TABLES.get(road);
  if (table === undefined) {
    table = laneTable(road);
    TABLES.set(road, table);
  }
  return table;
}

/**
 * The planner's prediction: present speeds and lanes are kept, slower leaders are followed, lane changes under way
 * are finished, and vehicles behind the ego react to it (see `respond`).
 */
export function createPrediction(scene: Scene): Prediction {
  const prediction = allocatePrediction(scene, true);
  placeVehicles(prediction);
  extrapolateLaterally(prediction);
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    findLeaders(prediction, k);
    followLeaders(prediction, k);
    if (k + 1 < MOTION_SAMPLES) advance(prediction, k);
  }
  findFirmLeaders(prediction);
  findRoomAhead(prediction);
  findFollowers(prediction);
  prediction.s.set(prediction.baseS);
  prediction.speed.set(prediction.baseSpeed);
  return prediction;
}

/** A prediction with the scene's vehicles within reach and room for their motion. */
export function allocatePrediction(scene: Scene, reactive: boolean): Prediction {
  const source = vehiclesNear(scene);
  const count = source.length;
  const lanes = laneTableOf(scene.road);
  const samples = MOTION_SAMPLES * count;
  // One piece of memory for all numbers: dozens of small ones cost more than what is done with them.
  const columns = new Columns(8 * samples + 6 * count + 2 * lanes.count + 8 * MOTION_SAMPLES);
  const prediction: Prediction = {
    scene,
    lanes,
    count,
    source,
    halfLength: columns.next(count),
    halfWidth: columns.next(count),
    freeSpeed: columns.next(count),
    headway: columns.next(count).fill(FOLLOWING.maxHeadway),
    reactive,
    baseS: columns.next(samples),
    baseSpeed: columns.next(samples),
    baseAcceleration: columns.next(samples),
    leader: new Int16Array(samples),
    follows: new Uint8Array(count * count),
    order: new Int32Array(count),
    roomAhead: columns.next(lanes.count),
    roomSpeed: columns.next(lanes.count),
    firm: new Uint8Array(count),
    followers: new Int32Array(FOLLOWERS_AT_MOST),
    followerCount: 0,
    firmLeader: new Int16Array(lanes.count * MOTION_SAMPLES).fill(-1),
    d: columns.next(samples),
    occupiedRight: columns.next(samples),
    occupiedLeft: columns.next(samples),
    rightmost: columns.next(count),
    leftmost: columns.next(count),
    s: columns.next(samples),
    speed: columns.next(samples),
    nearby: new Int32Array(count),
    nearbyCount: 0,
    around: {
      lane: new Int16Array(MOTION_SAMPLES),
      straddling: new Uint8Array(MOTION_SAMPLES),
      frontGap: columns.next(MOTION_SAMPLES),
      frontSpeed: columns.next(MOTION_SAMPLES),
      rearGap: columns.next(MOTION_SAMPLES),
      rearSpeed: columns.next(MOTION_SAMPLES),
      sideGap: columns.next(MOTION_SAMPLES),
      imposedBraking: columns.next(MOTION_SAMPLES),
    },
    spanLeft: columns.next(MOTION_SAMPLES),
    spanRight: columns.next(MOTION_SAMPLES),
    touched: new Int32Array(count),
    touchedCount: 0,
    isTouched: new Uint8Array(count),
    delayed: new Uint8Array(count),
  };
  const { halfLength, halfWidth, freeSpeed, order } = prediction;
  const { others } = scene;
  for (let i = 0; i < count; i++) {
    const other = source[i]!;
    halfLength[i] = others.length[other]! / 2;
    halfWidth[i] = others.width[other]! / 2;
    freeSpeed[i] = Math.max(others.sDot[other]!, 1);
    order[i] = i;
  }
  return prediction;
}

/** Indices of the scene's vehicles within reach of the ego, ascending. */
function vehiclesNear({ ego, others }: Scene): Int32Array {
  const near = new Int32Array(others.count);
  let found = 0;
  for (let i = 0; i < others.count; i++) {
    const ahead = others.s[i]! - ego.s;
    if (ahead <= REACH_AHEAD && ahead >= -REACH_BEHIND) near[found++] = i;
  }
  return near.subarray(0, found);
}

/**
 * Consecutive columns of one piece of memory, all zero.
 * @throws RangeError when more is asked for than there is
 */
class Columns {
  readonly #memory: ArrayBuffer;
  #used = 0;

  constructor(values: number) {
    this.#memory = new ArrayBuffer(values * Float64Array.BYTES_PER_ELEMENT);
  }

  next(length: number): Float64Array {
    const column = new Float64Array(this.#memory, this.#used, length);
    this.#used += column.byteLength;
    return column;
  }
}

function placeVehicles(prediction: Prediction): void {
  const { scene, source, count, baseS, baseSpeed, headway } = prediction;
  const { others } = scene;
  for (let i = 0; i < count; i++) {
    baseS[i] = others.s[source[i]!]!;
    baseSpeed[i] = Math.max(others.sDot[source[i]!]!, 0);
  }
  for (let i = 0; i < count; i++) {
    const kept = (gapAhead(prediction, i) - FOLLOWING.standstillGap) / Math.max(baseSpeed[i]!, 0.5);
    headway[i] = Math.min(Math.max(kept, FOLLOWING.minHeadway), FOLLOWING.maxHeadway);
  }
}

/** Present bumper gap from a vehicle to the nearest one, or the ego, whose centre is ahead in its lane [m]. */
function gapAhead({ scene, source, count, baseS, halfLength, lanes }: Prediction, i: number): number {
  const { ego, others } = scene;
  const s = baseS[i]!;
  const lane = laneIndexAt(lanes, s, others.d[source[i]!]!, 0);
  const left = lanes.edge[lane]!;
  const right = lanes.edge[lane + 1]!;
  let gap = Number.POSITIVE_INFINITY;
  if (ego.s > s && ego.d < left && ego.d > right) gap = ego.s - s - ego.length / 2 - halfLength[i]!;
  for (let j = 0; j < count; j++) {
    const d = others.d[source[j]!]!;
    if (baseS[j]! > s && d < left && d > right) gap = Math.min(gap, baseS[j]! - s - halfLength[j]! - halfLength[i]!);
  }
  return gap;
}

/** Vehicles keep their d, unless they move towards another lane: those go on to its centre and stay there. */
function extrapolateLaterally(prediction: Prediction): void {
  const { scene, source, count, lanes, d } = prediction;
  for (let i = 0; i < count; i++) {
    const start = scene.others.d[source[i]!]!;
    const rate = scene.others.dDot[source[i]!]!;
    const goal =
      Math.abs(rate) > CHANGING_SPEED ? laneCentreTowards(lanes, scene.others.s[source[i]!]!, start, rate) : start;
    const step = goal === start ? 0 : rate * TICK_S;
    let at = start;
    for (let k = 0; k < MOTION_SAMPLES; k++) {
      d[k * count + i] = at;
      at = step > 0 ? Math.min(at + step, goal) : step < 0 ? Math.max(at + step, goal) : at;
    }
  }
  occupySpans(prediction);
}

/** Nearest lane centre in the direction of the lateral speed, or d where there is none. */
function laneCentreTowards(lanes: LaneTable, s: number, d: number, rate: number): number {
  let best = d;
  let distance = Number.POSITIVE_INFINITY;
  for (let lane = 0; lane < lanes.count; lane++) {
    const away = (lanes.centre[lane]! - d) * (rate > 0 ? 1 : -1);
    if (away >= 0 && away < distance && s >= lanes.from[lane]! && s <= lanes.to[lane]!) {
      distance = away;
      best = lanes.centre[lane]!;
    }
  }
  return best;
}

/** Writes the spans by which bodies occupy lanes, from `d`. */
export function occupySpans(prediction: Prediction): void {
  const { count, d, halfWidth, occupiedRight, occupiedLeft, rightmost, leftmost } = prediction;
  rightmost.fill(Number.POSITIVE_INFINITY);
  leftmost.fill(Number.NEGATIVE_INFINITY);
  for (let n = 0; n < d.length; n++) {
    const i = n % count;
    const reach = laneReach(halfWidth[i]!);
    const right = d[n]! - reach;
    const left = d[n]! + reach;
    occupiedRight[n] = right;
    occupiedLeft[n] = left;
    if (right < rightmost[i]!) rightmost[i] = right;
    if (left > leftmost[i]!) leftmost[i] = left;
  }
}

/**
 * Writes each vehicle's leader at sample k: the nearest one ahead that occupies the lane of its centre. Samples must be
 * asked for one after the other, because most leaders stay.
 */
export function findLeaders(prediction: Prediction, k: number): void {
  const { count, baseS, d, occupiedLeft, occupiedRight, lanes, leader, follows, order } = prediction;
  const row = k * count;
  const sameOrder = sortAlong(order, baseS, row);
  if (k > 0 && sameOrder && sameLanes(prediction, row - count, row)) {
    leader.copyWithin(row, row - count, row);
    return;
  }
  for (let place = 0; place < count; place++) {
    const i = order[place]!;
    const lane = laneIndexAt(lanes, baseS[row + i]!, d[row + i]!, 0);
    const left = lanes.edge[lane]!;
    const right = lanes.edge[lane + 1]!;
    let next = place + 1;
    while (next < count) {
      const at = row + order[next]!;
      if (occupiedRight[at]! < left && occupiedLeft[at]! > right) break;
      next++;
    }
    leader[row + i] = next < count ? order[next]! : -1;
    if (next < count) follows[i * count + order[next]!] = 1;
  }
}

/**
 * Whether the vehicles are in the same lanes at two samples that have the same order: where all lanes run the whole
 * road, lanes follow from d, as long as the first and the last vehicle, and so all, are on it. False where that does
 * not tell.
 */
function sameLanes({ count, baseS, d, lanes, order }: Prediction, row: number, other: number): boolean {
  if (!lanes.uniform || count === 0) return false;
  const first = order[0]!;
  const last = order[count - 1]!;
  const { length } = lanes.road;
  if (!(baseS[row + first]! >= 0 && baseS[other + first]! >= 0)) return false;
  if (!(baseS[row + last]! <= length && baseS[other + last]! <= length)) return false;
  for (let i = 0; i < count; i++) if (d[row + i] !== d[other + i]) return false;
  return true;
}

/**
 * Sorts vehicles by position, of equal ones by index; gives whether they were sorted already. By insertion, because
 * they hardly change places between two samples.
 */
function sortAlong(order: Int32Array, s: Float64Array, row: number): boolean {
  let sorted = true;
  for (let place = 1; place < order.length; place++) {
    const i = order[place]!;
    const at = s[row + i]!;
    let to = place;
    while (to > 0) {
      const before = order[to - 1]!;
      const there = s[row + before]!;
      if (there < at || (there === at && before < i)) break;
      order[to--] = before;
      sorted = false;
    }
    order[to] = i;
  }
  return sorted;
}

/** Writes the car-following acceleration at sample k. */
export function followLeaders(prediction: Prediction, k: number): void {
  const { count, baseS, baseSpeed, baseAcceleration, leader, halfLength, freeSpeed, headway } = prediction;
  const row = k * count;
  for (let i = 0; i < count; i++) {
    const j = leader[row + i]!;
    const gap = j < 0 ? Number.POSITIVE_INFINITY : baseS[row + j]! - baseS[row + i]! - halfLength[i]! - halfLength[j]!;
    const leaderSpeed = j < 0 ? 0 : baseSpeed[row + j]!;
    baseAcceleration[row + i] = followingAcceleration(
      baseSpeed[row + i]!,
      freeSpeed[i]!,
      headway[i]!,
      gap,
      leaderSpeed,
    );
  }
}

/** Moves everybody from sample k to k + 1 (ballistic, no reversing). */
function advance(prediction: Prediction, k: number): void {
  const { count, baseS, baseSpeed, baseAcceleration } = prediction;
  const row = k * count;
  for (let i = 0; i < count; i++) {
    const before = baseSpeed[row + i]!;
    const after = Math.max(before + baseAcceleration[row + i]! * TICK_S, 0);
    baseSpeed[row + count + i] = after;
    baseS[row + count + i] = baseS[row + i]! + ((before + after) / 2) * TICK_S;
  }
}
