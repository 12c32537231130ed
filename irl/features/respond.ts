import { TICK_S } from '../../sim/core/time.ts';
import { followingAcceleration } from './followingAcceleration.ts';
import { laneIndexAt } from './laneTable.ts';
import { MOTION_SAMPLES, type Motion } from './motion.ts';
import { laneReach, type Prediction } from './prediction.ts';

// Constants of this module, because engines fold those but not imported bindings.
const DT = TICK_S;
const SAMPLES = MOTION_SAMPLES;
/** How far a vehicle must fall behind its own base prediction before the one behind it reacts too [m]. */
export const CHAIN_LAG = 0.5;
/** Samples between two looks down the chain. */
export const CHAIN_STRIDE = 5;

/**
 * Lets the others answer a motion of the ego: writes `prediction.s`, `speed`, `touched` and `around` for it. The
 * nearest vehicle behind the ego in each lane its body occupies follows the ego like any leader from then on, and
 * vehicles behind a delayed one follow that. The result depends on nothing but scene and motion.
 */
export function respond(prediction: Prediction, motion: Motion): void {
  forgetLastMotion(prediction);
  placeInLanes(prediction, motion);
  writeSpans(prediction, motion);
  findNearby(prediction, motion);
  const last = SAMPLES - 1;
  for (let k = 0; k < last; k++) {
    lookAround(prediction, motion, k);
    if (k % CHAIN_STRIDE === 0 && prediction.reactive) touchChain(prediction, motion, k);
  }
  lookAround(prediction, motion, last);
}

/**
 * Writes to `prediction.around` the lane of the ego's centre, and whether its body is in two; neither depends on the
 * others.
 */
export function placeInLanes({ lanes, around, scene }: Prediction, motion: Motion): void {
  const { edge, from, to } = lanes;
  const { lane: laneOf, straddling } = around;
  const { s: along, d: across } = motion;
  const reach = laneReach(scene.ego.width / 2);
  const last = lanes.count - 1;
  let lane = -1;
  // The lane's edges and ends; those of no lane at first.
  let left = Number.NEGATIVE_INFINITY;
  let right = Number.POSITIVE_INFINITY;
  let begin = 0;
  let end = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const s = along[k]!;
    const d = across[k]!;
    if (!(d < left && d > right && s >= begin && s <= end)) {
      lane = laneIndexAt(lanes, s, d, lane < 0 ? 0 : lane);
      left = edge[lane]!;
      right = edge[lane + 1]!;
      begin = from[lane]!;
      end = to[lane]!;
    }
    laneOf[k] = lane;
    straddling[k] = (d + reach > left && lane > 0) || (d - reach < right && lane < last) ? 1 : 0;
  }
}

/** Writes the span of the lanes that the ego's body occupies, for a motion that `placeInLanes` has seen. */
function writeSpans({ lanes, around, spanLeft, spanRight, scene }: Prediction, motion: Motion): void {
  const { count, edge } = lanes;
  const { lane: laneOf, straddling } = around;
  const reach = laneReach(scene.ego.width / 2);
  for (let k = 0; k < SAMPLES; k++) {
    const d = motion.d[k]!;
    let first = laneOf[k]!;
    let end = first + 1;
    if (straddling[k] === 1 || !(d - reach < edge[first]! && d + reach > edge[end]!)) {
      first = 0;
      while (first < count && !(d - reach < edge[first]! && d + reach > edge[first + 1]!)) first++;
      end = first;
      while (end < count && d - reach < edge[end]! && d + reach > edge[end + 1]!) end++;
    }
    spanLeft[k] = first < end ? edge[first]! : Number.NEGATIVE_INFINITY;
    spanRight[k] = edge[end]!;
  }
}

/**
 * Finds the vehicles that are ever in a lane which the ego's body may occupy during the motion; nobody else can be a
 * neighbour.
 */
function findNearby(prediction: Prediction, motion: Motion): void {
  const { count, lanes, around, leftmost, rightmost, nearby } = prediction;
  const { lane: laneOf } = around;
  const { d: across } = motion;
  const reach = laneReach(prediction.scene.ego.width / 2);
  let first = laneOf[0]!;
  let last = first;
  let low = across[0]!;
  let high = low;
  for (let k = 1; k < SAMPLES; k++) {
    const lane = laneOf[k]!;
    if (lane < first) first = lane;
    else if (lane > last) last = lane;
    const d = across[k]!;
    if (d < low) low = d;
    else if (d > high) high = d;
  }
  if (high + reach > lanes.edge[first]! && first > 0) first--;
  if (low - reach < lanes.edge[last + 1]! && last + 1 < lanes.count) last++;
  const left = lanes.edge[first]!;
  const right = lanes.edge[last + 1]!;
  let found = 0;
  for (let i = 0; i < count; i++) if (rightmost[i]! < left && leftmost[i]! > right) nearby[found++] = i;
  prediction.nearbyCount = found;
}

function forgetLastMotion(prediction: Prediction): void {
  const { count, s, speed, baseS, baseSpeed, touched, isTouched, delayed } = prediction;
  for (let n = 0; n < prediction.touchedCount; n++) {
    const i = touched[n]!;
    isTouched[i] = 0;
    if (delayed[i] === 0) continue;
    delayed[i] = 0;
    for (let at = i; at < s.length; at += count) {
      s[at] = baseS[at]!;
      speed[at] = baseSpeed[at]!;
    }
  }
  prediction.touchedCount = 0;
  prediction.around.imposedBraking.fill(0);
}

/** Lets a vehicle react from sample k on, to the end of the horizon at once. */
function touch(prediction: Prediction, motion: Motion, i: number, k: number): void {
  const { touched, isTouched } = prediction;
  if (i < 0 || isTouched[i] === 1) return;
  const known = prediction.touchedCount;
  isTouched[i] = 1;
  touched[known] = i;
  prediction.touchedCount = known + 1;
  const last = SAMPLES - 1;
  if (!leadsTouched(prediction, i)) {
    answer(prediction, motion, i, k, last);
    return;
  }
  // Who is behind it must answer anew, all of them tick by tick, because they depend on each other.
  prediction.around.imposedBraking.fill(0, k + 1);
  for (let from = k; from < last; from++) {
    for (let n = 0; n <= known; n++) answer(prediction, motion, touched[n]!, from, from + 1);
  }
}

/** Whether a vehicle that reacts already is ever behind the given one. */
function leadsTouched({ count, follows, touched, touchedCount }: Prediction, i: number): boolean {
  for (let n = 0; n < touchedCount; n++) if (follows[touched[n]! * count + i] === 1) return true;
  return false;
}

/** Finds the ego's neighbours at sample k, writes them to `around`, and touches those right behind. */
function lookAround(prediction: Prediction, motion: Motion, k: number): void {
  const { count, lanes, s, speed, occupiedLeft, occupiedRight, halfLength, around, nearby, nearbyCount } = prediction;
  const { ego } = prediction.scene;
  const { edge } = lanes;
  const egoS = motion.s[k]!;
  const egoD = motion.d[k]!;
  const reach = laneReach(ego.width / 2);
  const lane = around.lane[k]!;
  let leftLane = lane;
  let rightLane = lane;
  if (egoD + reach > edge[lane]! && lane > 0) leftLane = lane - 1;
  else if (egoD - reach < edge[lane + 1]! && lane + 1 < lanes.count) rightLane = lane + 1;
  const left = edge[leftLane]!;
  const right = edge[rightLane + 1]!;
  const straddling = leftLane !== rightLane;
  const middle = straddling ? edge[rightLane]! : Number.POSITIVE_INFINITY;

  const row = k * count;
  const halfEgo = ego.length / 2;
  const none = Number.POSITIVE_INFINITY;
  // A is the right lane and B the left one; without straddling everybody counts for A.
  let frontGapA = none;
  let frontGapB = none;
  let rearGapA = none;
  let rearGapB = none;
  let frontA = -1;
  let frontB = -1;
  let rearA = -1;
  let rearB = -1;
  for (let n = 0; n < nearbyCount; n++) {
    const i = nearby[n]!;
    const bodyLeft = occupiedLeft[row + i]!;
    const bodyRight = occupiedRight[row + i]!;
    if (bodyRight >= left || bodyLeft <= right) continue;
    const ahead = s[row + i]! - egoS;
    const sum = halfLength[i]! + halfEgo;
    if (ahead >= 0) {
      const gap = ahead - sum;
      if (gap < frontGapA && bodyRight < middle) {
        frontGapA = gap;
        frontA = i;
      }
      if (gap < frontGapB && bodyLeft > middle) {
        frontGapB = gap;
        frontB = i;
      }
    } else {
      const gap = -ahead - sum;
      if (gap < rearGapA && bodyRight < middle) {
        rearGapA = gap;
        rearA = i;
      }
      if (gap < rearGapB && bodyLeft > middle) {
        rearGapB = gap;
        rearB = i;
      }
    }
  }
  const frontIsA = frontGapA <= frontGapB;
  const front = frontIsA ? frontA : frontB;
  around.frontGap[k] = frontIsA ? frontGapA : frontGapB;
  around.frontSpeed[k] = front < 0 ? 0 : speed[row + front]!;
  const centreInB = straddling && lane === leftLane;
  const rear = centreInB ? rearB : rearA;
  around.rearGap[k] = centreInB ? rearGapB : rearGapA;
  around.rearSpeed[k] = rear < 0 ? 0 : speed[row + rear]!;
  around.sideGap[k] = !straddling
    ? none
    : motion.dDot[k]! >= 0
      ? Math.min(frontGapB, rearGapB)
      : Math.min(frontGapA, rearGapA);
  touch(prediction, motion, rearA, k);
  touch(prediction, motion, rearB, k);
}

/** Touches the followers of vehicles that the ego has delayed. */
function touchChain(prediction: Prediction, motion: Motion, k: number): void {
  const { count, leader, isTouched, s, baseS } = prediction;
  const row = k * count;
  if (!anyLags(prediction, row)) return;
  for (let i = 0; i < count; i++) {
    const ahead = leader[row + i]!;
    if (
      ahead >= 0 &&
      isTouched[i] === 0 &&
      isTouched[ahead] === 1 &&
      baseS[row + ahead]! - s[row + ahead]! > CHAIN_LAG
    ) {
      touch(prediction, motion, i, k);
    }
  }
}

function anyLags({ s, baseS, touched, touchedCount }: Prediction, row: number): boolean {
  for (let n = 0; n < touchedCount; n++) {
    const at = row + touched[n]!;
    if (baseS[at]! - s[at]! > CHAIN_LAG) return true;
  }
  return false;
}

/**
 * Moves a touched vehicle from one sample to another, and adds the braking that the ego imposes on it [m/s²]. While
 * neither it nor its leader has left the base motion, the answer to its leader is that of the base motion.
 */
function answer(prediction: Prediction, motion: Motion, i: number, from: number, to: number): void {
  const { count, s, speed, baseAcceleration, leader, halfLength, freeSpeed, headway, delayed } = prediction;
  const { occupiedLeft, occupiedRight, spanLeft, spanRight, reactive, scene } = prediction;
  const { imposedBraking } = prediction.around;
  const { s: egoS, sDot: egoSpeed } = motion;
  const half = halfLength[i]!;
  const halfEgo = scene.ego.length / 2;
  const wish = freeSpeed[i]!;
  const ownHeadway = headway[i]!;
  let isDelayed = delayed[i] === 1;
  for (let k = from; k < to; k++) {
    const row = k * count;
    const at = row + i;
    const own = speed[at]!;
    const position = s[at]!;
    const ahead = leader[at]!;
    const base = baseAcceleration[at]!;
    let acceleration = base;
    if (isDelayed || (ahead >= 0 && delayed[ahead] === 1)) {
      acceleration = followingAcceleration(
        own,
        wish,
        ownHeadway,
        ahead < 0 ? Number.POSITIVE_INFINITY : s[row + ahead]! - position - half - halfLength[ahead]!,
        ahead < 0 ? 0 : speed[row + ahead]!,
      );
    }
    if (egoS[k]! > position && occupiedRight[at]! < spanLeft[k]! && occupiedLeft[at]! > spanRight[k]!) {
      const gap = egoS[k]! - position - half - halfEgo;
      const behindEgo = followingAcceleration(own, wish, ownHeadway, gap, egoSpeed[k]!);
      if (behindEgo < acceleration) acceleration = behindEgo;
    }
    if (base > acceleration) imposedBraking[k + 1] = imposedBraking[k + 1]! + (base - acceleration);
    if (!reactive || (!isDelayed && acceleration === base)) continue;
    isDelayed = true;
    const after = Math.max(own + acceleration * DT, 0);
    speed[at + count] = after;
    s[at + count] = position + ((own + after) / 2) * DT;
  }
  if (isDelayed) delayed[i] = 1;
}
