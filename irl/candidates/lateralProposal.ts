import { type LaneTable, laneExists, laneIndexAt } from '../features/laneTable.ts';
import type { SceneEgo } from '../features/scene.ts';
import { LONGEST_MOVE_S, SHORTEST_MOVE_S } from './lateralFamily.ts';
import { logSumExp } from './logSumExp.ts';

const LOG_SQRT_TWO_PI = Math.log(2 * Math.PI) / 2;
/**
 * Standard deviations of target and sway [m]. The wide manner must not be narrower than what a reward allows, or the
 * importance weights lose their footing (`docs/learning.md`, recovery); the calm one gives driving quiet options.
 */
const WIDE = { target: 0.35, sway: 0.35 } as const;
const CALM = { target: 0.15, sway: 0.05 } as const;
/** How long the present lateral speed is carried on for the target `course` [s]. */
const COURSE_S = 1;

interface Target {
  readonly share: number;
  readonly d: number;
  readonly spread: number;
  readonly sway: number;
}

/**
 * Lateral part of the proposal: targets around the centre of the own lane and of those that may be entered within the
 * horizon, and around the present course; duration uniform over its range; sway normal. Each target
 * in a wide and a calm manner.
 */
export interface LateralProposal {
  /** Writes 3 parameters; `z` holds 2 standard normals from `zAt` on, `u` and `choice` are in [0, 1). */
  draw(z: Float64Array, zAt: number, u: number, choice: number, out: Float64Array, at: number): void;
  /** Natural logarithm of the density at the parameters from `at` on. */
  logDensity(parameters: Float64Array, at: number): number;
}

/** Proposal for the ego as it is now. */
export function lateralProposal(ego: SceneEgo, lanes: LaneTable): LateralProposal {
  const targets = lateralTargets(ego, lanes).map((target) => ({ ...target, logShare: Math.log(target.share) }));
  const logPart = new Float64Array(targets.length);
  return {
    draw(z, zAt, u, choice, out, at) {
      let index = 0;
      let rest = choice;
      while (index < targets.length - 1 && rest >= targets[index]!.share) rest -= targets[index++]!.share;
      const target = targets[index]!;
      out[at] = target.d + target.spread * z[zAt]!;
      out[at + 1] = SHORTEST_MOVE_S + (LONGEST_MOVE_S - SHORTEST_MOVE_S) * u;
      out[at + 2] = target.sway * z[zAt + 1]!;
    },
    logDensity(parameters, at) {
      for (let i = 0; i < targets.length; i++) {
        const { logShare, d, spread, sway } = targets[i]!;
        logPart[i] = logShare + logNormal(parameters[at]!, d, spread) + logNormal(parameters[at + 2]!, 0, sway);
      }
      return logSumExp(logPart) - Math.log(LONGEST_MOVE_S - SHORTEST_MOVE_S);
    },
  };
}

function lateralTargets(ego: SceneEgo, lanes: LaneTable): readonly Target[] {
  const own = laneIndexAt(lanes, ego.s, ego.d, 0);
  const targets: Target[] = [];
  const aim = (d: number, wide: number, calm: number) => {
    targets.push({ share: wide, d, spread: WIDE.target, sway: WIDE.sway });
    targets.push({ share: calm, d, spread: CALM.target, sway: CALM.sway });
  };
  aim(lanes.centre[own]!, 0.2, 0.2);
  aim(ego.d + COURSE_S * ego.dDot, 0.15, 0.15);
  for (const lane of [own - 1, own + 1]) {
    if (lane >= 0 && lane < lanes.count && opensWithinHorizon(ego, lanes, own, lane)) {
      aim(lanes.centre[lane]!, 0.1, 0.05);
    }
  }
  const sum = targets.reduce((total, target) => total + target.share, 0);
  return targets.map((target) => ({ ...target, share: target.share / sum }));
}

/**
 * Whether the marking between two lanes may be crossed somewhere in the next 5 s at the present speed (at least 30 m).
 */
function opensWithinHorizon(ego: SceneEgo, lanes: LaneTable, own: number, lane: number): boolean {
  const reach = Math.max(ego.sDot * 5, 30);
  for (let i = 0; i <= 8; i++) {
    const s = ego.s + (i / 8) * reach;
    if (laneExists(lanes, lane, s) && lanes.road.mayChange(own, lane, s)) return true;
  }
  return false;
}

function logNormal(x: number, mean: number, deviation: number): number {
  const z = (x - mean) / deviation;
  return -(z * z) / 2 - Math.log(deviation) - LOG_SQRT_TWO_PI;
}
