import type { FeatureGroup } from './reward.ts';

/** What is known of one feature; the registry's row and the row of the table in `docs/learning.md`. */
export interface FeatureSpec {
  readonly name: string;
  readonly group: FeatureGroup;
  /** Unit of the value; `1` for pure numbers. */
  readonly unit: string;
  /** Definition in words and symbols, over the window's ticks. */
  readonly formula: string;
  /** Sign that a careful driver's weight is expected to have; 0 where taste decides. */
  readonly expectedSign: -1 | 0 | 1;
  /** Where the term comes from. */
  readonly source: string;
  /** Range of the value, both ends included. */
  readonly range: readonly [low: number, high: number];
}
