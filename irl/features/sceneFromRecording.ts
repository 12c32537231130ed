import { TICK_S } from '../../sim/core/time.ts';
import { createRoad } from '../../sim/road/createRoad.ts';
import type { Road, RoadSpec } from '../../sim/road/road.ts';
import type { DriveTrace } from './driveTrace.ts';
import { emptyMotion, HORIZON_TICKS, MOTION_SAMPLES, type Motion } from './motion.ts';
import type { Scene } from './scene.ts';

const ROADS = new WeakMap<RoadSpec, Road>();

/** The road of a drive, made once for each road. */
export function roadOf({ metadata }: Pick<DriveTrace, 'metadata'>): Road {
  let road = ROADS.get(metadata.road);
  if (road === undefined) {
    road = createRoad(metadata.road);
    ROADS.set(metadata.road, road);
  }
  return road;
}

/**
 * The scene a planner would have seen at a tick of a drive. Accelerations of the ego are the change of speed over
 * the tick before (over the tick after at the start), so that they mean the same as in the features.
 * @throws RangeError when the recording has no such tick
 */
export function sceneAt(recording: DriveTrace, tick: number): Scene {
  if (!(Number.isInteger(tick) && tick >= 0 && tick <= recording.ticks)) {
    throw new RangeError(`scene: tick ${tick} is not in the recording; expected an integer in 0..${recording.ticks}`);
  }
  const { ego, metadata } = recording;
  const row = tick * ego.rowsPerTick;
  const early = tick > 0 ? row - ego.rowsPerTick : row;
  const late = tick > 0 ? row : Math.min(row + ego.rowsPerTick, ego.rows - 1);
  const frame = recording.traffic[tick]!;
  return {
    road: roadOf(recording),
    ego: {
      s: ego.s[row]!,
      d: ego.d[row]!,
      sDot: ego.sDot[row]!,
      dDot: ego.dDot[row]!,
      sDdot: (ego.sDot[late]! - ego.sDot[early]!) / TICK_S,
      dDdot: (ego.dDot[late]! - ego.dDot[early]!) / TICK_S,
      length: metadata.ego.length,
      width: metadata.ego.width,
    },
    others: frame,
  };
}

/**
 * The ego's recorded motion over the 5 s from a tick on.
 * @throws RangeError when the recording ends before
 */
export function demonstratedMotion(recording: DriveTrace, tick: number): Motion {
  if (!(Number.isInteger(tick) && tick >= 0 && tick + HORIZON_TICKS <= recording.ticks)) {
    throw new RangeError(
      `demonstrated motion: ticks ${tick}..${tick + HORIZON_TICKS} are not in the recording; it has 0..${recording.ticks}`,
    );
  }
  const { ego } = recording;
  const motion = emptyMotion();
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const row = (tick + k) * ego.rowsPerTick;
    motion.s[k] = ego.s[row]!;
    motion.d[k] = ego.d[row]!;
    motion.sDot[k] = ego.sDot[row]!;
    motion.dDot[k] = ego.dDot[row]!;
  }
  return motion;
}
