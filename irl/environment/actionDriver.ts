import { clamp } from '../../sim/core/deterministicMath.ts';
import { SUBSTEP_S } from '../../sim/core/time.ts';
import type { World } from '../../sim/core/world.ts';
import type { EgoCommand } from '../../sim/vehicle/egoCommand.ts';
import { applyAcceleration, type Reference, trackReference } from '../agent/trackingController.ts';
import { type CheckedAction, laneBeside, metaChoice } from './action.ts';

/** Turns actions into commands of the ego, a substep at a time. */
export interface ActionDriver {
  /** Forgets everything but where the ego is now. */
  start(world: World): void;
  /** Takes over a new action. */
  act(world: World, action: CheckedAction): void;
  /** Writes the command of the coming substep. */
  command(world: World, out: EgoCommand): void;
}

/** Step of the speed that `faster` and `slower` ask for [m/s], and the largest share of the limit they reach. */
export const META_SPEED_STEP = 2.5;
const META_SPEED_SHARE = 1.3;
/** Feedback on the speed for meta actions [1/s], and the accelerations that it may ask for [m/s²]. */
const SPEED_GAIN = 0.8;
const SPEED_BRAKING = 4;
const SPEED_ACCELERATION = 2;
/** Natural frequency of a lane change of a meta action [rad/s] and limit of its lateral acceleration [m/s²]. */
const CHANGE_FREQUENCY = 1;
const CHANGE_ACCELERATION = 1;
/** Lateral offset to go from which a meta action indicates [m]. */
const INDICATING_OFFSET = 0.6;

const LEFT = metaChoice('left');
const RIGHT = metaChoice('right');
const FASTER = metaChoice('faster');
const SLOWER = metaChoice('slower');

/**
 * A driver that does what actions say. `steering` writes the road-wheel angle itself, `acceleration` goes through the
 * tracking controller with the lateral acceleration as feed-forward, and `meta` holds a lane and a speed until told
 * otherwise: it does not brake for anybody.
 */
export function createActionDriver(): ActionDriver {
  let action: CheckedAction = { kind: 'acceleration', longitudinal: 0, lateral: 0 };
  let lane = 0;
  let speed = 0;
  const reference: Reference = { s: 0, d: 0, sDot: 0, dDot: 0, sDdot: 0, dDdot: 0 };

  /** Puts the reference on the ego, so that the controller has nothing to correct. */
  const follow = ({ ego }: World) => {
    reference.s = ego.s;
    reference.d = ego.d;
    reference.sDot = ego.sDot;
    reference.dDot = ego.dDot;
  };

  const holdLaneAndSpeed = ({ ego, road }: World) => {
    const centre = road.laneCentre(lane);
    reference.s = ego.s;
    reference.sDot = ego.sDot;
    reference.sDdot = clamp(SPEED_GAIN * (speed - ego.sDot), -SPEED_BRAKING, SPEED_ACCELERATION);
    const pull = CHANGE_FREQUENCY * CHANGE_FREQUENCY * (centre - reference.d) - 2 * CHANGE_FREQUENCY * reference.dDot;
    reference.dDdot = clamp(pull, -CHANGE_ACCELERATION, CHANGE_ACCELERATION);
    reference.dDot += reference.dDdot * SUBSTEP_S;
    reference.d += reference.dDot * SUBSTEP_S;
  };

  return {
    start(world) {
      action = { kind: 'acceleration', longitudinal: 0, lateral: 0 };
      lane = world.road.laneAt(world.ego.s, world.ego.d);
      speed = world.ego.sDot;
      follow(world);
      reference.sDdot = 0;
      reference.dDdot = 0;
    },
    act(world, next) {
      action = next;
      if (next.kind !== 'meta') return;
      const here = world.road.laneAt(world.ego.s, world.ego.d);
      const fastest = META_SPEED_SHARE * world.road.speedLimit(here);
      if (next.choice === LEFT) lane = laneBeside(world, here, -1);
      if (next.choice === RIGHT) lane = laneBeside(world, here, 1);
      if (next.choice === FASTER) speed = Math.min(speed + META_SPEED_STEP, fastest);
      if (next.choice === SLOWER) speed = Math.max(speed - META_SPEED_STEP, 0);
    },
    command(world, out) {
      const { ego, car, road } = world;
      out.indicator = 0;
      if (action.kind === 'steering') {
        applyAcceleration(action.longitudinal, ego, car, out);
        out.steer = action.lateral;
        return;
      }
      if (action.kind === 'acceleration') {
        follow(world);
        reference.sDdot = action.longitudinal;
        reference.dDdot = action.lateral;
      } else {
        holdLaneAndSpeed(world);
        const toGo = road.laneCentre(lane) - ego.d;
        out.indicator = Math.abs(toGo) > INDICATING_OFFSET ? Math.sign(toGo) : 0;
      }
      trackReference(reference, 0, ego, road, car, out);
    },
  };
}
