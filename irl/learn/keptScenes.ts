import type { FeatureSet } from '../features/featureSet.ts';
import { type ChoiceData, joinedChoices } from './choiceData.ts';
import { type FollowOptions, followModel } from './followModel.ts';
import { choicesOf, type SceneOptions } from './sceneOptions.ts';

/** Scenes with their options, kept wherever the work on them is done: here, or in a worker that has a share of them. */
export interface KeptScenes {
  readonly features: FeatureSet;
  readonly count: number;
  /** Raw choices with the options drawn so far. */
  choices(): Promise<ChoiceData>;
  /**
   * Draws options that follow the model where too few do (`followModel`).
   * @param weight of every raw feature. Shape: [columns].
   */
  follow(weight: Float64Array, options: FollowOptions): Promise<void>;
}

/** Scenes that are kept here. */
export interface ScenesHere extends KeptScenes {
  /** With the options drawn so far. */
  readonly scenes: readonly SceneOptions[];
}

/**
 * Keeps scenes here.
 * @param beforeEach awaited before each scene of `follow`; counts from 0 in all calls together
 * @throws RangeError without scenes
 */
export function keepScenes(
  scenes: readonly SceneOptions[],
  beforeEach: (done: number) => Promise<void> | void = () => {},
): ScenesHere {
  const [first] = scenes;
  if (first === undefined) throw new RangeError('learning: there are no scenes; expected at least one');
  let kept = scenes;
  let done = 0;
  return {
    features: first.features,
    count: scenes.length,
    get scenes() {
      return kept;
    },
    choices: async () => choicesOf(kept, first.features.specs.length),
    async follow(weight, options) {
      const next: SceneOptions[] = [];
      for (const one of kept) {
        await beforeEach(done++);
        next.push(followModel(one, weight, options));
      }
      kept = next;
    },
  };
}

/**
 * Shares of scenes as one, in their order; work on them is done at the same time.
 * @throws RangeError without shares
 */
export function joinScenes(shares: readonly KeptScenes[]): KeptScenes {
  const [first] = shares;
  if (first === undefined) throw new RangeError('learning: there are no scenes; expected at least one');
  if (shares.length === 1) return first;
  return {
    features: first.features,
    count: shares.reduce((sum, share) => sum + share.count, 0),
    choices: async () => joinedChoices(await Promise.all(shares.map((share) => share.choices()))),
    async follow(weight, options) {
      await Promise.all(shares.map((share) => share.follow(weight, options)));
    },
  };
}
