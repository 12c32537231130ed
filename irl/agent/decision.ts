import type { Motion } from '../features/motion.ts';

/** Everything the agent weighed at one replanning, kept so that the page can show why, and why not something else. */
export interface Decision {
  readonly tick: number;
  /** Names of the reward's features, in column order. Shape: [features]. */
  readonly features: readonly string[];
  readonly candidates: readonly Motion[];
  /**
   * Standardised feature values; 0 for motions that the hard constraints refuse, which are not weighed. Shape:
   * [candidates x features], row-major.
   */
  readonly values: Float64Array;
  /** Learned reward; 0 for motions that were not weighed. Shape: [candidates]. */
  readonly reward: Float64Array;
  /** Why the hard filter refused a candidate: 0 allowed, else an index into FILTER_REASONS. Shape: [candidates]. */
  readonly refused: Uint8Array;
  /** Index of the chosen candidate, or -1 when the minimum-risk fallback acts. */
  readonly chosen: number;
  /** The motion that is being followed. */
  readonly plan: Motion;
}
