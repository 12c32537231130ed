import type { Driver } from '../../sim/core/driver.ts';
import { executedFeatures } from '../features/executedFeatures.ts';
import type { FeatureSet } from '../features/featureSet.ts';
import { HORIZON_TICKS } from '../features/motion.ts';
import type { LearningControl } from './learningProgress.ts';
import { throwIfAborted } from './learningProgress.ts';
import { throwIfEnough } from './matchingStopped.ts';
import { rollOut } from './rollOut.ts';
import type { RolloutStart, StartMoment } from './rolloutStarts.ts';

/** Successive windows of 5 s in a rollout unless told otherwise. */
export const ROLLOUT_WINDOWS = 1;

/**
 * What people and an agent did on average from the same starts on, in raw feature values. Shapes: [features of the
 * set].
 */
export interface ClosedLoopMeans {
  readonly person: Float64Array;
  readonly agent: Float64Array;
  /** Values of each start. Shapes: [starts x features], row-major. */
  readonly personOf: Float64Array;
  readonly agentOf: Float64Array;
  /** Rollouts in which the agent collided, and in which it left the lanes. */
  readonly collisions: number;
  readonly offRoad: number;
}

/**
 * Feature values of what the persons of the recordings did from the starts on.
 * Shape of the result: [starts x features], row-major.
 */
export function personValues(starts: readonly StartMoment[], windows: number, features: FeatureSet): Float64Array {
  const columns = features.specs.length;
  const values = new Float64Array(starts.length * columns);
  for (const [row, { recording, tick }] of starts.entries()) {
    executedFeatures(recording, tick, windows, features, values, row * columns);
  }
  return values;
}

/**
 * Lets an agent drive on from every start, in the real dynamics, at its real replan rate and among reacting traffic,
 * and compares. The same starts with the same traffic serve every call (common random numbers), so differences between
 * two agents are the agents'.
 * @param personOf `personValues` of the same starts and windows
 * @param onRollout called after each rollout
 * @throws the signal's reason when aborted, MatchingStopped when the caller has had enough
 */
export async function closedLoopMeans(
  starts: readonly RolloutStart[],
  windows: number,
  driver: Driver,
  features: FeatureSet,
  personOf: Float64Array,
  control: LearningControl = {},
  onRollout: (done: number) => void = () => {},
): Promise<ClosedLoopMeans> {
  const columns = features.specs.length;
  const agentOf = new Float64Array(starts.length * columns);
  let collisions = 0;
  let offRoad = 0;
  for (const [row, start] of starts.entries()) {
    await control.breathe?.();
    throwIfAborted(control);
    throwIfEnough(control);
    const rollout = rollOut(start.enter(), driver, windows * HORIZON_TICKS);
    executedFeatures(rollout, 0, windows, features, agentOf, row * columns);
    if (rollout.collisions > 0) collisions++;
    if (rollout.offRoad > 0) offRoad++;
    onRollout(row + 1);
  }
  return {
    person: columnMeans(personOf, columns),
    agent: columnMeans(agentOf, columns),
    personOf,
    agentOf,
    collisions,
    offRoad,
  };
}

/** Shapes: values [rows x columns], row-major; result [columns]. */
export function columnMeans(values: Float64Array, columns: number): Float64Array {
  const rows = values.length / columns;
  const means = new Float64Array(columns);
  for (let at = 0; at < values.length; at++) means[at % columns]! += values[at]! / rows;
  return means;
}
