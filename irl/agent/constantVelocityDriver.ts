import type { Driver } from '../../sim/core/driver.ts';
import { SUBSTEP_S } from '../../sim/core/time.ts';
import { type Reference, trackReference } from './trackingController.ts';

/**
 * Keeps the speed and the lateral position it starts with, whatever happens around it: the baseline that knows nothing.
 */
export function createConstantVelocityDriver(): Driver {
  const reference: Reference = { s: 0, d: 0, sDot: 0, dDot: 0, sDdot: 0, dDdot: 0 };
  return {
    name: 'constant-velocity',
    start(world) {
      reference.s = world.ego.s;
      reference.d = world.ego.d;
      reference.sDot = world.ego.sDot;
    },
    command(world, out) {
      reference.s += reference.sDot * SUBSTEP_S;
      trackReference(reference, 1, world.ego, world.road, world.car, out);
      out.indicator = 0;
    },
  };
}
