import { clamp } from '../../sim/core/deterministicMath.ts';
import type { World } from '../../sim/core/world.ts';
import { MIDSIZE_CAR } from '../../sim/vehicle/bicycleParameters.ts';
import { EnvironmentError, quoted } from './environmentError.ts';
import type { BoxSpace, DiscreteSpace, Space } from './space.ts';

/** What an agent acts with. */
export type ActionKind = 'steering' | 'acceleration' | 'meta';
/** A vector for `steering` and `acceleration`, an integer for `meta`. */
export type Action = ArrayLike<number> | number;

const LONGITUDINAL = {
  name: 'longitudinal',
  unit: 'm/s²',
  low: -9,
  high: 4.5,
  description: 'acceleration asked of the pedals; power, tyres and anti-lock brakes limit what comes of it',
} as const;

const STEERING_SPACE: BoxSpace = {
  kind: 'box',
  fields: [
    LONGITUDINAL,
    {
      name: 'steer',
      unit: 'rad',
      low: -MIDSIZE_CAR.steerLimit,
      high: MIDSIZE_CAR.steerLimit,
      description: 'road-wheel angle, left positive, reached at the limited rate of the actuator',
    },
  ],
};

const ACCELERATION_SPACE: BoxSpace = {
  kind: 'box',
  fields: [
    LONGITUDINAL,
    {
      name: 'lateral',
      unit: 'm/s²',
      low: -4,
      high: 4,
      description: 'acceleration across the road, left positive; 0 follows the bend of the road',
    },
  ],
};

const META_SPACE: DiscreteSpace = { kind: 'discrete', names: ['keep', 'left', 'right', 'faster', 'slower'] };

/** The action spaces by kind. */
export const ACTION_SPACES: Readonly<Record<ActionKind, Space>> = {
  steering: STEERING_SPACE,
  acceleration: ACCELERATION_SPACE,
  meta: META_SPACE,
};

/** Names of the action kinds. */
export const ACTION_KINDS = Object.keys(ACTION_SPACES) as readonly ActionKind[];

/** An action that has been checked: exactly one vector within bounds, or one integer. */
export type CheckedAction =
  | { readonly kind: 'steering' | 'acceleration'; readonly longitudinal: number; readonly lateral: number }
  | { readonly kind: 'meta'; readonly choice: number };

/**
 * Checks an action and puts numbers that are out of bounds onto them, as Gymnasium's clip wrapper would.
 * @throws EnvironmentError when it is no action of this kind: wrong length, not a number, no such choice
 */
export function checkAction(kind: ActionKind, action: unknown): CheckedAction {
  const space = ACTION_SPACES[kind];
  if (space.kind === 'discrete') {
    const count = space.names.length;
    if (typeof action === 'number' && Number.isInteger(action) && action >= 0 && action < count) {
      return { kind: 'meta', choice: action };
    }
    throw new EnvironmentError(
      'action',
      quoted(action),
      `an integer from 0 to ${count - 1}: ${space.names.map((name, i) => `${i} ${name}`).join(', ')}`,
    );
  }
  const vector = Array.isArray(action) || ArrayBuffer.isView(action) ? (action as ArrayLike<unknown>) : undefined;
  const [first, second] = space.fields;
  const values = vector?.length === 2 ? [vector[0], vector[1]] : [];
  if (values.length !== 2 || !values.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    const expected = `[${first!.name} in ${first!.unit}, ${second!.name} in ${second!.unit}], two finite numbers`;
    throw new EnvironmentError('action', quoted(action), expected);
  }
  return {
    kind: kind === 'steering' ? 'steering' : 'acceleration',
    longitudinal: clamp(values[0] as number, first!.low, first!.high),
    lateral: clamp(values[1] as number, second!.low, second!.high),
  };
}

/** Index of a meta action by name. */
export function metaChoice(name: 'keep' | 'left' | 'right' | 'faster' | 'slower'): number {
  return META_SPACE.names.indexOf(name);
}

/** What the ego may choose lanes from: the neighbour on a side, or the present one where there is none to enter. */
export function laneBeside(world: World, lane: number, side: -1 | 1): number {
  return world.road.mayChange(lane, lane + side, world.ego.s) ? lane + side : lane;
}
