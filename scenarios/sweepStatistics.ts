import type { CollisionKind, DriveOutcome } from './driveOutcome.ts';

/** What came of many drives; counts are drives. */
export interface SweepStatistics {
  readonly drives: number;
  /** Simulated time [h] and way [km]. */
  readonly hours: number;
  readonly kilometres: number;
  /** Over all drives together [m/s]. */
  readonly meanSpeed: number;
  readonly laneChanges: number;
  readonly collisions: Readonly<Record<CollisionKind, number>> & { readonly total: number };
  readonly withNearMiss: number;
  readonly withOffRoad: number;
  readonly withHardBraking: number;
  readonly reachedGoal: number;
  /**
   * The drives that met what the family scripts (`metScript`), and what came of these; null where nothing is scripted.
   */
  readonly scripted: {
    readonly met: number;
    readonly collisions: number;
    readonly withNearMiss: number;
    readonly withHardBraking: number;
  } | null;
  /**
   * Quantiles over the drives of the smallest time to collision [s]; a drive that ended in a collision counts as 0, one
   * that never closed in on anybody as infinite; null where the quantile is infinite.
   */
  readonly minTtc: Readonly<Record<'p00' | 'p01' | 'p05' | 'p25' | 'p50', number | null>>;
  /** Quantiles over the drives of the smallest time headway [s]; null where nobody was ahead. */
  readonly minHeadway: Readonly<Record<'p01' | 'p05' | 'p50', number | null>>;
  /** Quantiles over the drives of the root mean square jerk [m/s³]. */
  readonly rmsJerk: Readonly<Record<'p50' | 'p95', number>>;
  /** Quantiles over the drives of the strongest deceleration [m/s²]. */
  readonly maxDeceleration: Readonly<Record<'p50' | 'p95' | 'p99' | 'p100', number>>;
}

/**
 * Counts outcomes.
 * @throws RangeError when there are none
 */
export function sweepStatistics(outcomes: readonly DriveOutcome[]): SweepStatistics {
  if (outcomes.length === 0) throw new RangeError('sweep: no drives; expected at least one');
  const count = (holds: (outcome: DriveOutcome) => boolean) => outcomes.filter(holds).length;
  const hit = (kind: CollisionKind) => count(({ collision }) => collision?.kind === kind);
  const sum = (value: (outcome: DriveOutcome) => number) => outcomes.reduce((total, o) => total + value(o), 0);
  const ttc = outcomes.map(closeness).sort((a, b) => a - b);
  const braking = outcomes.map((outcome) => outcome.maxDeceleration).sort((a, b) => a - b);
  const headways = outcomes.map((o) => o.minHeadway ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const jerks = outcomes.map((outcome) => outcome.rmsJerk).sort((a, b) => a - b);
  const seconds = sum((o) => o.seconds);
  const metres = sum((o) => o.distance);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    drives: outcomes.length,
    hours: seconds / 3600,
    kilometres: metres / 1000,
    meanSpeed: seconds > 0 ? metres / seconds : 0,
    laneChanges: sum((o) => o.laneChanges),
    collisions: {
      total: count(({ collision }) => collision !== null),
      front: hit('front'),
      rear: hit('rear'),
      side: hit('side'),
      rail: hit('rail'),
    },
    withNearMiss: count((o) => o.nearMisses > 0),
    withOffRoad: count((o) => o.offRoad > 0),
    withHardBraking: count((o) => o.hardBrakings > 0),
    reachedGoal: count((o) => o.goalAt !== null),
    scripted: scriptedOf(outcomes),
    minTtc: {
      p00: finite(ranked(ttc, 0)),
      p01: finite(ranked(ttc, 0.01)),
      p05: finite(ranked(ttc, 0.05)),
      p25: finite(ranked(ttc, 0.25)),
      p50: finite(ranked(ttc, 0.5)),
    },
    minHeadway: {
      p01: finite(ranked(headways, 0.01)),
      p05: finite(ranked(headways, 0.05)),
      p50: finite(ranked(headways, 0.5)),
    },
    rmsJerk: { p50: ranked(jerks, 0.5), p95: ranked(jerks, 0.95) },
    maxDeceleration: {
      p50: ranked(braking, 0.5),
      p95: ranked(braking, 0.95),
      p99: ranked(braking, 0.99),
      p100: ranked(braking, 1),
    },
  };
}

function scriptedOf(outcomes: readonly DriveOutcome[]): SweepStatistics['scripted'] {
  if (outcomes.every(({ metScript }) => metScript === null)) return null;
  const met = outcomes.filter(({ metScript }) => metScript === true);
  return {
    met: met.length,
    collisions: met.filter(({ collision }) => collision !== null).length,
    withNearMiss: met.filter(({ nearMisses }) => nearMisses > 0).length,
    withHardBraking: met.filter(({ hardBrakings }) => hardBrakings > 0).length,
  };
}

/** The worst drives: collisions first, the hardest impact leading, then by the smallest time to collision. */
export function worstOutcomes(outcomes: readonly DriveOutcome[], count: number): DriveOutcome[] {
  const badness = (a: DriveOutcome, b: DriveOutcome) =>
    (b.collision?.impact ?? -1) - (a.collision?.impact ?? -1) ||
    // Two infinite ones have no difference.
    (closeness(a) === closeness(b) ? b.maxDeceleration - a.maxDeceleration : closeness(a) - closeness(b));
  return [...outcomes].sort(badness).slice(0, count);
}

function closeness({ collision, minTtc }: DriveOutcome): number {
  return collision ? 0 : (minTtc ?? Number.POSITIVE_INFINITY);
}

/** The smallest value that at least a share of all values does not exceed. */
function ranked(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
