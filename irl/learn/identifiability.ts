import { FEATURES } from '../features/registry.ts';
import type { ChoiceData } from './choiceData.ts';
import type { Standardisation } from './standardisation.ts';
import { symmetricEigen } from './symmetricEigen.ts';

/** Correlation within scenes from which two features cannot be told apart. */
const COLLINEAR = 0.95;
/**
 * Share of the prior's deviation from which a weight counts as undecided: the driving tells less of it than was
 * assumed.
 */
const UNDECIDED = Math.SQRT1_2;

/** Scenario family in which a feature varies most between what a driver could do, and what it takes to show it. */
const TEACHES: Readonly<Record<string, { readonly family: string; readonly why: string }>> = {
  speed: { family: 'free-flow', why: 'an open road lets a driver choose the speed' },
  speedSquared: { family: 'free-flow', why: 'an open road lets a driver choose the speed' },
  overLimitSquared: { family: 'free-flow', why: 'only an open road allows to exceed the limit' },
  laneOffsetSquared: { family: 'dense', why: 'a lane that has to be held among others' },
  lateralSpeedSquared: { family: 'dense', why: 'gaps that invite lane changes' },
  leftmostLane: { family: 'free-flow', why: 'a free choice of lanes' },
  rightmostLane: { family: 'free-flow', why: 'a free choice of lanes' },
  auxiliaryLane: { family: 'on-ramp-merge', why: 'a ramp to merge from' },
  headwayRisk: { family: 'dense', why: 'leaders to follow' },
  closingRisk: { family: 'hard-braking-leader', why: 'a leader that is closed in on' },
  sideGapRisk: { family: 'dense', why: 'lane changes into gaps' },
  rearGapRisk: { family: 'dense', why: 'lane changes in front of others' },
  longitudinalAccelerationSquared: { family: 'cut-in', why: 'a leader that has to be answered, gently or not' },
  lateralAccelerationSquared: { family: 'dense', why: 'lane changes, quick or slow' },
  longitudinalJerkSquared: { family: 'cut-in', why: 'a leader that has to be answered, gently or not' },
  lateralJerkSquared: { family: 'dense', why: 'lane changes, quick or slow' },
  imposedBraking: { family: 'dense', why: 'followers that a lane change would hinder' },
};

/** Two features that vary together. */
export interface CollinearPair {
  readonly first: string;
  readonly second: string;
  /** Pooled correlation within scenes, -1..1. */
  readonly correlation: number;
}

/** What the recordings can and cannot tell about the weights. */
export interface Identifiability {
  /**
   * Largest over smallest eigenvalue of the pooled within-scene correlation of the excited features, >= 1; Infinity
   * when singular. From about 900 on single weights mean little (Belsley, Kuh & Welsch 1980: 30 for the matrix,
   * squared).
   */
  readonly conditionNumber: number;
  /** Features of which all options have the same value in every scene: nothing can be learned about their weights. */
  readonly unexcited: readonly string[];
  /** Features whose weight the driving has hardly narrowed: its variance is at least half the prior's. */
  readonly undecided: readonly string[];
  /**
   * Pairs whose correlation is at least 0.95 in size, strongest first: only a combination of their weights is known.
   */
  readonly collinear: readonly CollinearPair[];
  /** The combination of standardised features that is known least, as the largest parts of the last eigenvector. */
  readonly weakest: readonly { readonly name: string; readonly share: number }[];
  /**
   * Scenario family to drive next: the one that exercises most of the unexcited and undecided features, or, when there
   * are none, of those in collinear pairs; null when nothing is missing.
   */
  readonly driveNext: { readonly family: string; readonly why: string; readonly for: readonly string[] } | null;
}

/**
 * What can be identified. Condition number and collinear pairs come from the options alone, undecided weights from what
 * the person made of them.
 * @param data raw choices of the features of the registry, in its order
 * @param standardisation `standardise(data)`
 * @param sd posterior deviation of each standardised weight for a known prior. Shape: [features].
 * @param priorSd the prior's. Shape: [features].
 * @throws RangeError when the columns are not the registry's
 */
export function identifiability(
  data: ChoiceData,
  { scale, excited, unexcited }: Standardisation,
  sd: ArrayLike<number>,
  priorSd: ArrayLike<number>,
): Identifiability {
  if (data.columns !== FEATURES.length) {
    throw new RangeError(`identifiability: ${data.columns} columns; expected the ${FEATURES.length} of the registry`);
  }
  const n = excited.length;
  const names = excited.map((column) => FEATURES[column]!.name);
  const missing = unexcited.map((column) => FEATURES[column]!.name);
  const undecided = excited.flatMap((column) =>
    sd[column]! >= UNDECIDED * priorSd[column]! ? [FEATURES[column]!.name] : [],
  );
  const correlation = withinSceneCovariance(data, scale, excited);
  const { values, vectors } = symmetricEigen(correlation, n);
  const smallest = values[n - 1]!;
  const collinear: CollinearPair[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = correlation[i * n + j]!;
      if (Math.abs(value) >= COLLINEAR) collinear.push({ first: names[j]!, second: names[i]!, correlation: value });
    }
  }
  collinear.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  const last = names.map((name, i) => ({ name, share: vectors[(n - 1) * n + i]! }));
  return {
    conditionNumber: n === 0 ? 1 : smallest > 0 ? values[0]! / smallest : Number.POSITIVE_INFINITY,
    unexcited: missing,
    undecided,
    collinear,
    weakest: last.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)).slice(0, 3),
    driveNext: driveNext([...missing, ...undecided], collinear),
  };
}

/** Pooled covariance within scenes of the standardised excited features. Shape: [n x n]. */
function withinSceneCovariance(data: ChoiceData, scale: Float64Array, excited: readonly number[]): Float64Array {
  const { scenes, columns, start, values } = data;
  const n = excited.length;
  const covariance = new Float64Array(n * n);
  const mean = new Float64Array(n);
  const away = new Float64Array(n);
  const rows = start[scenes]!;
  for (let scene = 0; scene < scenes; scene++) {
    const from = start[scene]!;
    const to = start[scene + 1]!;
    mean.fill(0);
    for (let row = from; row < to; row++) {
      for (let i = 0; i < n; i++) mean[i]! += values[row * columns + excited[i]!]! / (to - from);
    }
    for (let row = from; row < to; row++) {
      for (let i = 0; i < n; i++) away[i] = (values[row * columns + excited[i]!]! - mean[i]!) / scale[excited[i]!]!;
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) covariance[i * n + j]! += (away[i]! * away[j]!) / rows;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j]!;
  return covariance;
}

/** The family that teaches most of the features that are missing, or else most of those in collinear pairs. */
function driveNext(missing: readonly string[], collinear: readonly CollinearPair[]): Identifiability['driveNext'] {
  const wanted = missing.length > 0 ? missing : [...new Set(collinear.flatMap(({ first, second }) => [first, second]))];
  const byFamily = new Map<string, string[]>();
  for (const name of wanted) {
    const { family } = TEACHES[name]!;
    byFamily.set(family, [...(byFamily.get(family) ?? []), name]);
  }
  const best = [...byFamily].sort((a, b) => b[1].length - a[1].length)[0];
  if (best === undefined) return null;
  const [family, names] = best;
  return { family, why: TEACHES[names[0]!]!.why, for: names };
}
