import { TICK_S } from '../../sim/core/time.ts';
import { bounded } from './bounded.ts';
import { followingAcceleration } from './followingAcceleration.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import type { Prediction } from './prediction.ts';

// Constants of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
const DT = TICK_S;

/**
 * The least mean over the window of the braking that a motion imposes [m/s²]: that of the vehicle right behind the ego at
 * first. It answers as in `respond`, as long as it is clear which lanes the ego occupies and those ahead of both are firm.
 * `placeInLanes` must have seen the motion.
 * @param most braking of one sample that counts [m/s²]
 */
export function leastImposedBraking(motion: Motion, prediction: Prediction, most: number): number {
  const { count, lanes, follower, firm, leader, baseS, baseSpeed, baseAcceleration } = prediction;
  if (follower < 0 || !prediction.reactive) return 0;
  const { occupiedLeft, occupiedRight, halfLength, scene } = prediction;
  const { lane, straddling } = prediction.around;
  const { edge } = lanes;
  const freeSpeed = prediction.freeSpeed[follower]!;
  const headway = prediction.headway[follower]!;
  const half = halfLength[follower]!;
  let known = -1;
  let s = baseS[follower]!;
  let speed = baseSpeed[follower]!;
  let sum = 0;
  for (let k = 0; k < TICKS; k++) {
    const row = k * count;
    const at = row + follower;
    const egoS = motion.s[k]!;
    const egoD = motion.d[k]!;
    const left = edge[lane[k]!]!;
    const right = edge[lane[k]! + 1]!;
    if (!(egoD < left && egoD > right)) break;
    const together = occupiedRight[at]! < left && occupiedLeft[at]! > right;
    if (!together && (k === 0 || straddling[k] === 1)) break;
    const ahead = leader[at]!;
    let acceleration: number;
    if (ahead < 0) {
      acceleration = followingAcceleration(speed, freeSpeed, headway, Number.POSITIVE_INFINITY, 0);
    } else {
      // Firm ones are not moved before they are passed.
      let before = ahead === known ? k : 0;
      while (before <= k && baseS[before * count + ahead]! >= motion.s[before]!) before++;
      if (firm[ahead] === 0 || before <= k) break;
      known = ahead;
      const gap = baseS[row + ahead]! - s - half - halfLength[ahead]!;
      acceleration = followingAcceleration(speed, freeSpeed, headway, gap, baseSpeed[row + ahead]!);
    }
    if (together && egoS > s) {
      const gap = egoS - s - half - scene.ego.length / 2;
      const behindEgo = followingAcceleration(speed, freeSpeed, headway, gap, motion.sDot[k]!);
      if (behindEgo < acceleration) acceleration = behindEgo;
    }
    sum += bounded(baseAcceleration[at]! - acceleration, 0, most);
    const after = Math.max(speed + acceleration * DT, 0);
    s += ((speed + after) / 2) * DT;
    speed = after;
  }
  return sum / TICKS;
}
