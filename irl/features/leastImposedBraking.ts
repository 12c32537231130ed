import { TICK_S } from '../../sim/core/time.ts';
import { bounded } from './bounded.ts';
import { followingAcceleration } from './followingAcceleration.ts';
import { HORIZON_TICKS, type Motion } from './motion.ts';
import { FOLLOWERS_AT_MOST, type Prediction } from './prediction.ts';
import { CHAIN_LAG, CHAIN_STRIDE } from './respond.ts';

// Constants of this module, because engines fold those but not imported bindings.
const TICKS = HORIZON_TICKS;
const DT = TICK_S;
const STRIDE = CHAIN_STRIDE;
const LAG = CHAIN_LAG;

/** Present position and speed of those who react, in the order of `followers`. */
const position = new Float64Array(FOLLOWERS_AT_MOST);
const pace = new Float64Array(FOLLOWERS_AT_MOST);

/**
 * The least mean over the window of the braking that a motion imposes [m/s²]: that of the line of vehicles right behind
 * the ego. They answer as in `respond`, as long as it is clear who reacts: while the first of the line is the ego's
 * follower, and whoever else they follow is firm. `placeInLanes` must have seen the motion.
 * @param most braking of one sample that counts [m/s²]
 * @param enough mean beyond which no more is added up [m/s²]
 */
export function leastImposedBraking(motion: Motion, prediction: Prediction, most: number, enough: number): number {
  const { count, lanes, followers, followerCount, baseS, baseSpeed, baseAcceleration, halfLength } = prediction;
  if (followerCount === 0 || !prediction.reactive) return 0;
  const { occupiedLeft, occupiedRight, freeSpeed, headway, scene } = prediction;
  const { lane, straddling } = prediction.around;
  const { edge } = lanes;
  const halfEgo = scene.ego.length / 2;
  let reacting = 1;
  let joining = true;
  let firmLeader = -1;
  let sum = 0;
  position[0] = baseS[followers[0]!]!;
  pace[0] = baseSpeed[followers[0]!]!;
  for (let k = 0; k < TICKS; k++) {
    const row = k * count;
    const egoS = motion.s[k]!;
    const egoD = motion.d[k]!;
    const left = edge[lane[k]!]!;
    const right = edge[lane[k]! + 1]!;
    if (!(egoD < left && egoD > right)) break;
    // The next of the line reacts to the one before it; by itself it would once that one were not between it and the
    // ego.
    if (reacting < followerCount && joining) {
      const next = followers[reacting]!;
      const first = followers[0]!;
      const between = egoS > position[0]! && position[0]! + halfLength[first]! > baseS[row + next]! + halfLength[next]!;
      const inLane = occupiedRight[row + first]! < left && occupiedLeft[row + first]! > right;
      joining = between && inLane && straddling[k] === 0;
      const lag = baseS[row + followers[reacting - 1]!]! - position[reacting - 1]!;
      if (joining && k % STRIDE === 0 && lag > LAG) {
        position[reacting] = baseS[row + next]!;
        pace[reacting] = baseSpeed[row + next]!;
        reacting++;
      }
    }
    let imposed = 0;
    // From the back, so that each still finds the one before it where it is now.
    for (let n = reacting - 1; n >= 0; n--) {
      const i = followers[n]!;
      const at = row + i;
      const s = position[n]!;
      const speed = pace[n]!;
      const together = occupiedRight[at]! < left && occupiedLeft[at]! > right;
      if (!together && (k === 0 || straddling[k] === 1)) return sum / TICKS;
      let gap = Number.POSITIVE_INFINITY;
      let leaderSpeed = 0;
      if (n > 0) {
        gap = position[n - 1]! - s - halfLength[i]! - halfLength[followers[n - 1]!]!;
        leaderSpeed = pace[n - 1]!;
      } else {
        const ahead = prediction.leader[at]!;
        if (ahead >= 0) {
          if (!staysFirm(prediction, motion, ahead, ahead === firmLeader ? k : 0, k)) return sum / TICKS;
          firmLeader = ahead;
          gap = baseS[row + ahead]! - s - halfLength[i]! - halfLength[ahead]!;
          leaderSpeed = baseSpeed[row + ahead]!;
        }
      }
      let acceleration = followingAcceleration(speed, freeSpeed[i]!, headway[i]!, gap, leaderSpeed);
      if (together && egoS > s) {
        const gapToEgo = egoS - s - halfLength[i]! - halfEgo;
        const behindEgo = followingAcceleration(speed, freeSpeed[i]!, headway[i]!, gapToEgo, motion.sDot[k]!);
        if (behindEgo < acceleration) acceleration = behindEgo;
      }
      if (baseAcceleration[at]! > acceleration) imposed += baseAcceleration[at]! - acceleration;
      const after = Math.max(speed + acceleration * DT, 0);
      position[n] = s + ((speed + after) / 2) * DT;
      pace[n] = after;
    }
    sum += bounded(imposed, 0, most);
    if (sum > enough * TICKS) break;
  }
  return sum / TICKS;
}

/** Whether the ego has not passed a firm vehicle from one sample to another, both included. */
function staysFirm({ count, firm, baseS }: Prediction, motion: Motion, i: number, from: number, to: number): boolean {
  if (firm[i] === 0) return false;
  for (let k = from; k <= to; k++) if (!(baseS[k * count + i]! >= motion.s[k]!)) return false;
  return true;
}
