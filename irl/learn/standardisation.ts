import type { ChoiceData } from './choiceData.ts';

/** Within-scene deviation below which a feature counts as unexcited: nothing in the data depends on it. */
export const SCALE_FLOOR = 1e-5;

/** Scales of the features and which of them the data excite. */
export interface Standardisation {
  /** Pooled within-scene standard deviation; 1 for unexcited features. Shape: [columns]. */
  readonly scale: Float64Array;
  /** Columns whose deviation reaches the floor. */
  readonly excited: readonly number[];
  readonly unexcited: readonly number[];
}

/**
 * Pooled within-scene standard deviation over all rows: sqrt(Σ_scenes Σ_rows (f - mean of the scene)² / rows). What is
 * equal for all options of a scene cancels in the choice and says nothing, so it must not set the scale.
 */
export function standardise(data: ChoiceData): Standardisation {
  const { columns, scenes, start, values } = data;
  const square = new Float64Array(columns);
  for (let scene = 0; scene < scenes; scene++) {
    const from = start[scene]!;
    const to = start[scene + 1]!;
    for (let i = 0; i < columns; i++) {
      let mean = 0;
      for (let row = from; row < to; row++) mean += values[row * columns + i]!;
      mean /= to - from;
      let sum = 0;
      for (let row = from; row < to; row++) {
        const away = values[row * columns + i]! - mean;
        sum += away * away;
      }
      square[i]! += sum;
    }
  }
  const rows = start[scenes]!;
  const excited: number[] = [];
  const unexcited: number[] = [];
  const scale = new Float64Array(columns).fill(1);
  for (let i = 0; i < columns; i++) {
    const deviation = rows > 0 ? Math.sqrt(square[i]! / rows) : 0;
    if (deviation >= SCALE_FLOOR) {
      scale[i] = deviation;
      excited.push(i);
    } else {
      unexcited.push(i);
    }
  }
  return { scale, excited, unexcited };
}
