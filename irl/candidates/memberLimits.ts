import type { MotionLimits } from '../features/motionLimits.ts';
import type { SceneEgo } from '../features/scene.ts';
import { limitLateral } from './lateralLimits.ts';
import { LONGITUDINAL_PARAMETERS } from './longitudinalFamily.ts';
import { limitLongitudinal } from './longitudinalLimits.ts';

/**
 * Limits a member of the candidate family by its parameters alone, at a tenth of the cost of writing it: for searches
 * that need few members of many.
 * @param parameters of the family, from `at` on
 */
export function limitMember(ego: SceneEgo, parameters: Float64Array, at: number, limits: MotionLimits): void {
  limitLongitudinal(ego, parameters, at, limits);
  limitLateral(ego, parameters, at + LONGITUDINAL_PARAMETERS, limits);
}
