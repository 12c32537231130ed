import type { Recording } from '../../recordings/recording.ts';
import { FEATURES } from '../features/registry.ts';
import { gatherScenes } from '../learn/gatherScenes.ts';
import type { LearningControl } from '../learn/learningProgress.ts';
import { choicesOf } from '../learn/sceneOptions.ts';
import { SCALE_FLOOR, standardise } from '../learn/standardisation.ts';

/** Candidates a scene: enough to see whether a feature varies. */
const CANDIDATES = 60;

/** What a recording shows of one feature. */
export interface CoveredFeature {
  readonly name: string;
  /** Whether the learner has anything to learn its weight from. */
  readonly excited: boolean;
  /** Share of the usable windows in which the driver had a choice: what could have been done differs in it. */
  readonly choice: number;
  /** Smallest, mean and largest value that the driver showed, in the feature's unit. */
  readonly person: { readonly min: number; readonly mean: number; readonly max: number };
}

/**
 * Which features a recording exercises, by the learner's own rule (`standardise`).
 * @returns an empty list without usable windows
 */
export async function featureCoverage(
  recording: Recording,
  strideTicks = 10,
  control: LearningControl = {},
): Promise<CoveredFeature[]> {
  const gathered = await gatherScenes([recording], { candidates: CANDIDATES, strideTicks }, control);
  if (gathered.scenes.length === 0) return [];
  const data = choicesOf(gathered.scenes, FEATURES.length);
  const { excited } = standardise(data);
  const { scenes, columns, start, values } = data;
  return FEATURES.map(({ name }, column) => {
    let choices = 0;
    let sum = 0;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let scene = 0; scene < scenes; scene++) {
      const own = values[start[scene]! * columns + column]!;
      let low = own;
      let high = own;
      for (let row = start[scene]!; row < start[scene + 1]!; row++) {
        const value = values[row * columns + column]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (high - low > SCALE_FLOOR) choices++;
      sum += own;
      if (own < min) min = own;
      if (own > max) max = own;
    }
    return {
      name,
      excited: excited.includes(column),
      choice: choices / scenes,
      person: { min, mean: sum / scenes, max },
    };
  });
}
