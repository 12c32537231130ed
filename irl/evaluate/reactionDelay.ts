import type { Recording } from '../../recordings/recording.ts';
import { TICK_S } from '../../sim/core/time.ts';
import type { SceneVehicles } from '../features/scene.ts';
import { roadOf } from '../features/sceneFromRecording.ts';
import type { TickRange } from './ownDriving.ts';

/** A vehicle is followed when it is ahead in the own lane within this time, or this distance at low speed. */
const FOLLOWED_S = 4;
const FOLLOWED_M = 10;
/** Ticks behind the same leader that make a stretch, and time in stretches that a figure needs [s]. */
const STRETCH_TICKS = 60;
const LEAST_S = 10;
/** Deviation of the leader's acceleration below which there is nothing to react to [m/s²]. */
const LEAST_EXCITATION = 0.2;
/** Lags that are tried, in ticks; negative ones would have the leader behind the ego in time. */
const EARLIEST = -10;
const LATEST = 30;
/** Standard deviations by which the largest correlation has to exceed chance, for 41 lags. */
const CLEAR = 3;

/** How long the ego's acceleration lags behind the leader's. */
export interface ReactionDelay {
  /** Lag of the largest correlation [s]; null when it cannot be told. */
  readonly seconds: number | null;
  /** The correlation there, -1..1; null without enough following. */
  readonly correlation: number | null;
  /** Time behind leaders [s]. */
  readonly followingSeconds: number;
  /** Why there is no delay; empty when there is one. */
  readonly why: string;
}

/** Accelerations of ego and leader behind one leader, each less its mean. Shapes: [ticks]. */
interface Stretch {
  readonly ego: Float64Array;
  readonly leader: Float64Array;
}

/**
 * Lag with the largest cross-correlation of the two accelerations, pooled over all stretches behind one leader. It is a
 * delay of the whole driver, gap keeping included, and not a reaction time of the hand. It counts when it exceeds three
 * standard deviations of the correlation of unrelated signals of the same smoothness (Bartlett 1946).
 */
export function reactionDelay(recording: Recording, ranges: readonly TickRange[]): ReactionDelay {
  const stretches = ranges.flatMap((range) => stretchesOf(recording, range));
  const ticks = stretches.reduce((sum, { ego }) => sum + ego.length, 0);
  const followingSeconds = ticks * TICK_S;
  const unknown = (why: string, correlation: number | null = null): ReactionDelay => ({
    seconds: null,
    correlation,
    followingSeconds,
    why,
  });
  if (followingSeconds < LEAST_S) return unknown(`less than ${LEAST_S} s behind one leader at a time`);
  const spread = Math.sqrt(correlationSums(stretches, 'leader', 'leader', 0).product / ticks);
  if (spread < LEAST_EXCITATION) return unknown(`nothing happens: the leaders hardly accelerate or brake`);
  let best = EARLIEST;
  let highest = Number.NEGATIVE_INFINITY;
  for (let lag = EARLIEST; lag <= LATEST; lag++) {
    const value = correlationAt(stretches, 'leader', 'ego', lag);
    if (value > highest) {
      highest = value;
      best = lag;
    }
  }
  if (!(highest > CLEAR * chanceDeviation(stretches, ticks))) {
    return unknown("the acceleration is not clearly related to the leader's", Math.max(highest, -1));
  }
  if (best < 0) return unknown("the acceleration comes before the leader's: both follow something else", highest);
  if (best === LATEST) return unknown(`the correlation still grows at ${LATEST * TICK_S} s`, highest);
  return { seconds: best * TICK_S, correlation: highest, followingSeconds, why: '' };
}

function stretchesOf(recording: Recording, { fromTick, toTick }: TickRange): Stretch[] {
  const { ego, traffic } = recording;
  const found: Stretch[] = [];
  let start = fromTick;
  let leader = leaderAt(recording, fromTick);
  for (let tick = fromTick + 1; tick <= toTick; tick++) {
    const now = tick < toTick ? leaderAt(recording, tick) : -1;
    if (now === leader && now >= 0) continue;
    if (leader >= 0 && tick - 1 - start >= STRETCH_TICKS) {
      const length = tick - 1 - start;
      const first = start;
      const id = leader;
      found.push({
        ego: centred(length, (k) => {
          const row = (first + k) * ego.rowsPerTick;
          return (ego.sDot[row + ego.rowsPerTick]! - ego.sDot[row]!) / TICK_S;
        }),
        leader: centred(
          length,
          (k) => (speedOf(traffic[first + k + 1]!, id) - speedOf(traffic[first + k]!, id)) / TICK_S,
        ),
      });
    }
    start = tick;
    leader = now;
  }
  return found;
}

/** Id of the vehicle that is followed, or -1. */
function leaderAt(recording: Recording, tick: number): number {
  const road = roadOf(recording);
  const { ego, metadata } = recording;
  const row = tick * ego.rowsPerTick;
  const s = ego.s[row]!;
  const lane = road.laneAt(s, ego.d[row]!);
  const frame = recording.traffic[tick]!;
  let nearest = Math.max(FOLLOWED_M, FOLLOWED_S * ego.sDot[row]!);
  let id = -1;
  for (let i = 0; i < frame.count; i++) {
    const gap = frame.s[i]! - s - (frame.length[i]! + metadata.ego.length) / 2;
    if (frame.s[i]! <= s || gap >= nearest || road.laneAt(frame.s[i]!, frame.d[i]!) !== lane) continue;
    nearest = gap;
    id = frame.id[i]!;
  }
  return id;
}

function speedOf(frame: SceneVehicles, id: number): number {
  return frame.sDot[frame.id.subarray(0, frame.count).indexOf(id)]!;
}

function centred(length: number, at: (k: number) => number): Float64Array {
  const values = Float64Array.from({ length }, (_, k) => at(k));
  const mean = values.reduce((sum, value) => sum + value, 0) / length;
  return values.map((value) => value - mean);
}

type Side = keyof Stretch;

/** Sums over the pairs (first at t, second at t + lag) of all stretches. */
function correlationSums(stretches: readonly Stretch[], first: Side, second: Side, lag: number) {
  const sums = { product: 0, first: 0, second: 0 };
  for (const stretch of stretches) {
    const a = stretch[first];
    const b = stretch[second];
    for (let t = Math.max(0, -lag); t < a.length && t + lag < b.length; t++) {
      sums.product += a[t]! * b[t + lag]!;
      sums.first += a[t]! * a[t]!;
      sums.second += b[t + lag]! * b[t + lag]!;
    }
  }
  return sums;
}

function correlationAt(stretches: readonly Stretch[], first: Side, second: Side, lag: number): number {
  const sums = correlationSums(stretches, first, second, lag);
  return sums.first > 0 && sums.second > 0 ? sums.product / Math.sqrt(sums.first * sums.second) : 0;
}

/** Deviation of the correlation of two unrelated signals with these autocorrelations: Var = Σ_k ρ_x(k) ρ_y(k) / n. */
function chanceDeviation(stretches: readonly Stretch[], ticks: number): number {
  let sum = 1;
  for (let lag = 1; lag < STRETCH_TICKS; lag++) {
    sum += 2 * correlationAt(stretches, 'ego', 'ego', lag) * correlationAt(stretches, 'leader', 'leader', lag);
  }
  return Math.sqrt(Math.max(sum, 1) / ticks);
}
