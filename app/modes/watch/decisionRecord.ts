import type { Decision } from '../../../irl/agent/decision.ts';
import { FILTER_REASONS } from '../../../irl/candidates/refusal.ts';
import { HORIZON_TICKS, type Motion } from '../../../irl/features/motion.ts';
import type { Road } from '../../../sim/road/road.ts';
import type { CandidateOverlay } from '../../../sim/view/viewFrame.ts';

/** Ticks between the points of a candidate that are kept for drawing. */
const POINT_TICKS = 5;
/** Points kept of each candidate. */
export const CANDIDATE_POINTS = HORIZON_TICKS / POINT_TICKS + 1;
/** End speeds further apart than this make two motions different manoeuvres [m/s]. */
const OTHER_SPEED = 2.5;

/** One motion that was weighed, in words and by feature. */
export interface WeighedMotion {
  /** Such as `change left, 2.1 m/s faster`. */
  readonly title: string;
  readonly reward: number;
  /** weight x standardised feature; they sum to the reward. Shape: [features]. */
  readonly contributions: Float64Array;
}

/** What is kept of a decision: candidates as few points in single precision, and why one was chosen. */
export interface DecisionRecord {
  readonly tick: number;
  readonly count: number;
  /** Shapes: [count x CANDIDATE_POINTS]. */
  readonly s: Float32Array;
  readonly d: Float32Array;
  /** Rank by reward among the allowed, 0 worst to 1 best. Shape: [count]. */
  readonly merit: Float32Array;
  readonly refused: Uint8Array;
  readonly chosen: number;
  readonly features: readonly string[];
  /** The chosen motion; null when the minimum-risk fallback acts. */
  readonly choice: WeighedMotion | null;
  /** The best allowed motion of another kind: another lane, or a clearly different speed. */
  readonly alternative: WeighedMotion | null;
  /** How many candidates each reason refused, by index into FILTER_REASONS. */
  readonly refusals: readonly number[];
}

/** Keeps what a page shows of a decision. @param weights by feature name */
export function recordDecision(decision: Decision, weights: ReadonlyMap<string, number>, road: Road): DecisionRecord {
  const { candidates, refused, reward, chosen, features, tick } = decision;
  const count = candidates.length;
  const s = new Float32Array(count * CANDIDATE_POINTS);
  const d = new Float32Array(count * CANDIDATE_POINTS);
  for (const [i, motion] of candidates.entries()) {
    for (let k = 0; k < CANDIDATE_POINTS; k++) {
      s[i * CANDIDATE_POINTS + k] = motion.s[k * POINT_TICKS]!;
      d[i * CANDIDATE_POINTS + k] = motion.d[k * POINT_TICKS]!;
    }
  }
  const weigh = (i: number): WeighedMotion => ({
    title: manoeuvre(candidates[i]!, road),
    reward: reward[i]!,
    contributions: Float64Array.from(
      features,
      (name, f) => (weights.get(name) ?? 0) * decision.values[i * features.length + f]!,
    ),
  });
  const other = chosen < 0 ? -1 : bestOther(decision, road);
  const refusals = FILTER_REASONS.map(() => 0);
  for (let i = 0; i < count; i++) refusals[refused[i]!]!++;
  return {
    tick,
    count,
    s,
    d,
    merit: ranks(reward, refused),
    refused: refused.slice(0, count),
    chosen,
    features,
    choice: chosen < 0 ? null : weigh(chosen),
    alternative: other < 0 ? null : weigh(other),
    refusals,
  };
}

/** The candidates of a record as the view draws them. */
export function candidateOverlay({ count, s, d, merit, refused, chosen }: DecisionRecord): CandidateOverlay {
  const motions = Array.from({ length: count }, (_, i) => ({
    s: Float64Array.from(s.subarray(i * CANDIDATE_POINTS, (i + 1) * CANDIDATE_POINTS)),
    d: Float64Array.from(d.subarray(i * CANDIDATE_POINTS, (i + 1) * CANDIDATE_POINTS)),
  }));
  return { motions, merit, refused, chosen };
}

function ranks(reward: Float64Array, refused: Uint8Array): Float32Array {
  const merit = new Float32Array(reward.length);
  const allowed = Array.from(reward.keys()).filter((i) => refused[i] === 0);
  allowed.sort((a, b) => reward[a]! - reward[b]!);
  for (const [rank, i] of allowed.entries()) merit[i] = allowed.length > 1 ? rank / (allowed.length - 1) : 1;
  return merit;
}

/** Best allowed candidate that is another manoeuvre than the chosen one, or -1. */
function bestOther({ candidates, refused, reward, chosen }: Decision, road: Road): number {
  const mine = candidates[chosen]!;
  const lane = endLane(mine, road);
  let best = -1;
  for (const [i, motion] of candidates.entries()) {
    if (refused[i] !== 0 || i === chosen) continue;
    const differs =
      endLane(motion, road) !== lane || Math.abs(motion.sDot[HORIZON_TICKS]! - mine.sDot[HORIZON_TICKS]!) > OTHER_SPEED;
    if (differs && (best < 0 || reward[i]! > reward[best]!)) best = i;
  }
  return best;
}

function endLane(motion: Motion, road: Road): number {
  return road.laneAt(motion.s[HORIZON_TICKS]!, motion.d[HORIZON_TICKS]!);
}

function manoeuvre(motion: Motion, road: Road): string {
  const from = road.laneAt(motion.s[0]!, motion.d[0]!);
  const to = endLane(motion, road);
  const lane = to === from ? 'keep lane' : to < from ? 'change left' : 'change right';
  const gain = motion.sDot[HORIZON_TICKS]! - motion.sDot[0]!;
  const speed =
    Math.abs(gain) < 0.5 ? 'same speed' : `${Math.abs(gain * 3.6).toFixed(0)} km/h ${gain > 0 ? 'faster' : 'slower'}`;
  return `${lane}, ${speed}`;
}
