import { laneTableOf } from '../features/createPrediction.ts';
import { laneIndexAt } from '../features/laneTable.ts';
import type { Scene } from '../features/scene.ts';
import { type LateralProposal, lateralProposal } from './lateralProposal.ts';
import { LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';
import { type LongitudinalProposal, longitudinalProposal } from './longitudinalProposal.ts';

/** The proposal of driving in one scene: it knows nothing of what anybody did there. */
export interface SceneProposal {
  readonly along: LongitudinalProposal;
  readonly across: LateralProposal;
  /** Natural logarithm of the density at the family parameters from `at` on. */
  logDensity(parameters: Float64Array, at: number): number;
}

/** Proposal for a scene as it is now. */
export function sceneProposal(scene: Scene): SceneProposal {
  const { ego } = scene;
  const lanes = laneTableOf(scene.road);
  const along = longitudinalProposal(ego, lanes.limit[laneIndexAt(lanes, ego.s, ego.d, 0)]!);
  const across = lateralProposal(ego, lanes);
  return {
    along,
    across,
    logDensity: (parameters, at) =>
      along.logDensity(parameters, at) + across.logDensity(parameters, at + LONGITUDINAL_PARAMETERS),
  };
}
