/** One number of an observation or of a continuous action. */
export interface SpaceField {
  readonly name: string;
  /** SI unit; `1` for pure numbers. */
  readonly unit: string;
  /** Bounds, both included; finite. */
  readonly low: number;
  readonly high: number;
  readonly description: string;
}

/** Vectors with a name, a unit and bounds for each entry. */
export interface BoxSpace {
  readonly kind: 'box';
  readonly fields: readonly SpaceField[];
}

/** The integers from 0 to `names.length` - 1. */
export interface DiscreteSpace {
  readonly kind: 'discrete';
  /** What each number means. */
  readonly names: readonly string[];
}

/** What an action or observation may be, as data: printable, and enough to build Gymnasium's spaces from. */
export type Space = BoxSpace | DiscreteSpace;

/** Whether a vector has the right length and every entry is a number within its bounds. */
export function boxHolds(space: BoxSpace, values: ArrayLike<number>): boolean {
  if (values.length !== space.fields.length) return false;
  return space.fields.every(({ low, high }, i) => values[i]! >= low && values[i]! <= high);
}
