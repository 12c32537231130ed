import type { ChoiceData } from '../../irl/learn/choiceData.ts';
import type { FollowOptions } from '../../irl/learn/followModel.ts';
import type { OptionCounts } from '../../irl/learn/gatherScenes.ts';
import type { OptionPlan, PickedScene } from '../../irl/learn/scenePlan.ts';
import type { LearnInput } from './learnInterface.ts';
import type { WorkerMethod } from './workerProtocol.ts';

/** A share of the scenes to gather: windows of the recordings that were opened, by their numbers. */
export interface SceneRequest extends OptionPlan {
  readonly picked: readonly (Omit<PickedScene, 'recording'> & { readonly recording: number })[];
}

/** Weights that the options are to follow. */
export interface FollowRequest extends FollowOptions {
  /** Of every raw feature. Shape: [columns]. */
  readonly weight: Float64Array;
}

/** The methods of a worker that has a share of the scenes. */
export type SceneInterface = {
  readonly open: WorkerMethod<readonly LearnInput[], never, null>;
  readonly gather: WorkerMethod<SceneRequest, never, OptionCounts>;
  readonly choices: WorkerMethod<null, never, ChoiceData>;
  readonly follow: WorkerMethod<FollowRequest, never, null>;
};
