import { createRandomStream } from '../../sim/core/randomStream.ts';
import { TICK_S } from '../../sim/core/time.ts';
import { laneTableOf } from '../features/createPrediction.ts';
import { laneIndexAt } from '../features/laneTable.ts';
import { emptyMotion, MOTION_SAMPLES, type Motion } from '../features/motion.ts';
import type { Scene, SceneEgo } from '../features/scene.ts';

/** Motions of the published sampler: 3 lateral targets x 10 speeds. */
export const HUANG_CANDIDATES = 30;
const SPEEDS = 10;
const SPEED_RANGE = 5;
const TARGET_NOISE = 0.2;
const T = (MOTION_SAMPLES - 1) * TICK_S;

/**
 * The published sampler (Huang, Wu & Lv 2021): lateral quintic to the left lane's centre, the present offset or the
 * right lane's centre, each with noise N(0, 0.2 m); longitudinal quartic to a speed in v ± 5 m/s; both in 5 s. Unlike
 * the published code it starts with the present lateral speed. Motions are not tracked by a controller.
 * @param seed any integer; scene and seed give the same motions
 */
export function huangCandidates(scene: Scene, seed: number): Motion[] {
  const { ego } = scene;
  const lanes = laneTableOf(scene.road);
  const lane = laneIndexAt(lanes, ego.s, ego.d, 0);
  const width = lanes.edge[lane]! - lanes.edge[lane + 1]!;
  const stream = createRandomStream(seed, 'huang2021 targets');
  const targets = [lanes.centre[lane]! + width, ego.d, lanes.centre[lane]! - width];
  const low = Math.max(ego.sDot - SPEED_RANGE, 0);
  const high = ego.sDot + SPEED_RANGE;
  return targets.flatMap((target) =>
    Array.from({ length: SPEEDS }, (_, i) => {
      const end = target + TARGET_NOISE * stream.normal();
      return huangMotion(ego, end, low + ((high - low) * i) / (SPEEDS - 1));
    }),
  );
}

/** The person's motion as the published method writes it: the polynomial through its end offset and end speed. */
export function huangProjection(ego: SceneEgo, recorded: Motion): Motion {
  return huangMotion(ego, recorded.d[MOTION_SAMPLES - 1]!, recorded.sDot[MOTION_SAMPLES - 1]!);
}

function huangMotion(ego: SceneEgo, target: number, endSpeed: number): Motion {
  const motion = emptyMotion();
  const gain = endSpeed - ego.sDot - ego.sDdot * T;
  const c3 = (gain + (ego.sDdot * T) / 3) / (T * T);
  const c4 = (-ego.sDdot - 6 * c3 * T) / (12 * T * T);
  const reach = target - ego.d;
  const b1 = ego.dDot * T;
  const q3 = 10 * reach - 6 * b1;
  const q4 = -15 * reach + 8 * b1;
  const q5 = 6 * reach - 3 * b1;
  let stopped = false;
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const t = k * TICK_S;
    const u = t / T;
    const speed = ego.sDot + t * (ego.sDdot + t * (3 * c3 + t * 4 * c4));
    if (speed < 0) stopped = true;
    motion.sDot[k] = Math.max(speed, 0);
    motion.s[k] = ego.s + t * (ego.sDot + t * (ego.sDdot / 2 + t * (c3 + t * c4)));
    if (stopped && k > 0) motion.s[k] = motion.s[k - 1]! + ((motion.sDot[k - 1]! + motion.sDot[k]!) / 2) * TICK_S;
    motion.d[k] = ego.d + u * (b1 + u * u * (q3 + u * (q4 + u * q5)));
    motion.dDot[k] = (b1 + u * u * (3 * q3 + u * (4 * q4 + u * 5 * q5))) / T;
  }
  return motion;
}
