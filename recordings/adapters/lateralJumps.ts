import { NGSIM_LANE_WIDTH, type NgsimSite } from './ngsimSites.ts';
import type { NgsimVehicle } from './ngsimVehicles.ts';

/** A vehicle that is this far aside from one row to the next was put into a wrong lane there [m]. */
const JUMP = 2;
/** A jump over whole lanes misses a multiple of the lane width by less than this [m]. */
const TOLERANCE = 1;

/** A vehicle without sideways jumps, and what was done about them. */
export interface MendedVehicle {
  readonly vehicle: NgsimVehicle;
  /** Rows before which the track must be split, because a jump could not be mended. */
  readonly breaks: readonly number[];
  /** Rows that were moved by whole lanes. */
  readonly moved: number;
}

/**
 * Mends tracks that jump sideways by whole lanes. Files in which `Local_X` was put together from a lane number and the
 * offset in the lane have such jumps where ramps begin and end: a ramp has no lanes to its left, so that its vehicles
 * were counted into lane 1. A track that reaches the auxiliary lane is continuous only if the rows before and after it
 * lie on the ramps, so they are moved there. Any other jump splits the track.
 */
export function mendLateralJumps(vehicle: NgsimVehicle, site: NgsimSite): MendedVehicle {
  const jumps: number[] = [];
  for (let i = 1; i < vehicle.x.length; i++) {
    if (Math.abs(vehicle.x[i]! - vehicle.x[i - 1]!) > JUMP && adjacent(vehicle, i)) jumps.push(i);
  }
  if (jumps.length === 0) return { vehicle, breaks: [], moved: 0 };
  const x = vehicle.x.slice();
  const lane = vehicle.lane.slice();
  const pieces = [0, ...jumps].map((from, p) => ({ from, to: jumps[p] ?? x.length }));
  const anchor = pieces.findIndex(({ from, to }) => lane.subarray(from, to).includes(site.auxiliary));
  if (anchor < 0) return { vehicle, breaks: jumps, moved: 0 };
  const breaks: number[] = [];
  let moved = 0;
  // From the auxiliary lane outwards, each piece is fitted to the one before it.
  const attach = (piece: { from: number; to: number }, edge: number, reference: number, ramp: number): void => {
    const shift = x[reference]! - x[edge]!;
    if (Math.abs(shift) <= JUMP) return;
    const lanes = Math.round(shift / NGSIM_LANE_WIDTH);
    if (lanes === 0 || Math.abs(shift - lanes * NGSIM_LANE_WIDTH) > TOLERANCE) {
      breaks.push(Math.max(edge, reference));
      return;
    }
    for (let i = piece.from; i < piece.to; i++) {
      x[i] = x[i]! + lanes * NGSIM_LANE_WIDTH;
      lane[i] = ramp;
    }
    moved += piece.to - piece.from;
  };
  for (let p = anchor - 1; p >= 0; p--) {
    attach(pieces[p]!, pieces[p]!.to - 1, pieces[p]!.to, site.onRamp);
  }
  for (let p = anchor + 1; p < pieces.length; p++) {
    attach(pieces[p]!, pieces[p]!.from, pieces[p]!.from - 1, site.offRamp);
  }
  return { vehicle: { ...vehicle, x, lane }, breaks: breaks.sort((a, b) => a - b), moved };
}

/** Whether a row follows the one before so soon that the vehicle cannot have changed lanes between them. */
function adjacent(vehicle: NgsimVehicle, row: number): boolean {
  return vehicle.frame[row]! - vehicle.frame[row - 1]! <= 3;
}
