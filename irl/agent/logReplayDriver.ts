import type { Recording } from '../../recordings/recording.ts';
import type { Driver } from '../../sim/core/driver.ts';
import { SUBSTEPS_PER_TICK, TICK_S } from '../../sim/core/time.ts';
import { type Reference, trackReference } from './trackingController.ts';

/**
 * Drives along the recorded motion of a person, through the vehicle dynamics: the row "person" of every score sheet.
 */
export function createLogReplayDriver(recording: Recording): Driver {
  const { ego, ticks } = recording;
  const { rowsPerTick } = ego;
  const reference: Reference = { s: 0, d: 0, sDot: 0, dDot: 0, sDdot: 0, dDdot: 0 };
  const lastRow = ticks * rowsPerTick;

  return {
    name: 'log-replay',
    start() {},
    command(world, out) {
      const row = Math.min((world.tick + world.substep / SUBSTEPS_PER_TICK) * rowsPerTick, lastRow - 1e-9);
      const k = Math.max(0, Math.floor(row));
      const share = row - k;
      const at = (column: Float64Array) => column[k]! + share * (column[k + 1]! - column[k]!);
      const rate = (column: Float64Array) => (column[k + 1]! - column[k]!) * (rowsPerTick / TICK_S);
      reference.s = at(ego.s);
      reference.d = at(ego.d);
      reference.sDot = at(ego.sDot);
      reference.dDot = at(ego.dDot);
      reference.sDdot = rate(ego.sDot);
      reference.dDdot = rate(ego.dDot);
      trackReference(reference, 1, world.ego, world.road, world.car, out);
      out.indicator = reference.dDot > 0.4 ? 1 : reference.dDot < -0.4 ? -1 : 0;
    },
  };
}
