import type { VehicleColumns } from './vehicleColumns.ts';

/** No neighbour. */
export const NOBODY = -1;

/** How far a driver looks for others ahead and behind when it thinks of changing lanes [m]. */
const SIGHT_AHEAD = 300;
const SIGHT_BEHIND = 200;
/** Places of the order that are looked at before the distance is checked again. */
const STRIDE_OF_SIGHT = 16;

/** What is known of a vehicle's place among the others: places in its row of `places`. */
export const PLACE = {
  /** Its place in `order`. */
  rank: 0,
  /** Slot of the nearest vehicle ahead in the lane of its centre, or NOBODY. */
  leader: 1,
  /** The second lane that it overlaps or has claimed by indicating, or NOBODY. */
  otherLane: 2,
  /**
   * 1 while the model drives it along the centre of its lane and nowhere else. Whoever else moves it sideways, or wants
   * it moved, takes this back (`unsettle`).
   */
  settled: 3,
} as const;

/** Integers in a row of `places`. */
export const PLACE_STRIDE = 4;

/**
 * Who drives ahead of whom, by slot. A vehicle that changes lanes counts in both: `lane` is the lane of its centre,
 * `otherLane` the second. Written by `surveyTraffic`.
 */
export interface Neighbours {
  /** Slots by falling s, equals by slot; the first `ordered` entries are valid. Shape: [capacity]. */
  readonly order: Int32Array;
  /** Lanes that the vehicle at each place of `order` is in, one bit a lane. Shape: [capacity]. */
  readonly lanesAt: Int32Array;
  /** One row for each slot, see `PLACE`. Shape: [capacity x PLACE_STRIDE]. */
  readonly places: Int32Array;
  /** Nearest vehicle ahead in the other lane, or NOBODY; meaningless without one. Shape: [capacity]. */
  readonly otherLeader: Int32Array;
  /** Vehicles in `order`, and how many of them have entered since it was last sorted. */
  ordered: number;
  entered: number;
  /** Slots that have begun a lane change in the running tick, which the tables do not show yet. Shape: [capacity]. */
  readonly claims: Int32Array;
  claimCount: number;
}

/** Neighbour tables with room for `capacity` vehicles. */
export function createNeighbours(capacity: number): Neighbours {
  return {
    order: new Int32Array(capacity),
    lanesAt: new Int32Array(capacity),
    places: new Int32Array(capacity * PLACE_STRIDE).fill(NOBODY),
    otherLeader: new Int32Array(capacity).fill(NOBODY),
    ordered: 0,
    entered: 0,
    claims: new Int32Array(capacity),
    claimCount: 0,
  };
}

/** Notes that a vehicle may be anywhere in or between its lanes. */
export function unsettle({ places }: Neighbours, slot: number): void {
  places[slot * PLACE_STRIDE + PLACE.settled] = 0;
}

/** Takes a new vehicle's slot into the order; the next survey moves it to its place. */
export function enterOrder(table: Neighbours, slot: number): void {
  table.order[table.ordered++] = slot;
  table.entered++;
  unsettle(table, slot);
}

/** Takes a slot out of the order; the vehicle of slot `moved` is found at the freed slot from now on. */
export function leaveOrder(table: Neighbours, slot: number, moved: number): void {
  const { order } = table;
  let kept = 0;
  for (let k = 0; k < table.ordered; k++) {
    const i = order[k]!;
    if (i !== slot) order[kept++] = i === moved ? slot : i;
  }
  table.ordered = kept;
  unsettle(table, slot);
}

/** Takes over an order of slots from elsewhere, with nothing known about their lanes. */
export function resumeOrder(table: Neighbours, order: Int32Array): void {
  table.order.set(order);
  table.ordered = order.length;
  table.entered = 0;
  for (let slot = 0; slot < order.length; slot++) unsettle(table, slot);
}

/** Nearest vehicle ahead of `slot` in the lane of its centre. */
export function leaderOf({ places }: Neighbours, slot: number): number {
  return places[slot * PLACE_STRIDE + PLACE.leader]!;
}

/** Second lane that `slot` is in. */
export function otherLaneOf({ places }: Neighbours, slot: number): number {
  return places[slot * PLACE_STRIDE + PLACE.otherLane]!;
}

/** Nearest vehicle ahead of `slot` in its other lane. */
export function otherLeaderOf(table: Neighbours, slot: number): number {
  return otherLaneOf(table, slot) === NOBODY ? NOBODY : table.otherLeader[slot]!;
}

/** Nearest vehicle ahead of `slot` that occupies `lane`, within sight. */
export function nearestAhead({ s }: VehicleColumns, table: Neighbours, slot: number, lane: number): number {
  const { order, places, lanesAt } = table;
  const limit = s[slot]! + SIGHT_AHEAD;
  const bit = 1 << lane;
  for (let k = places[slot * PLACE_STRIDE + PLACE.rank]! - 1; k >= 0; k--) {
    if ((lanesAt[k]! & bit) !== 0) {
      const i = order[k]!;
      return s[i]! > limit ? NOBODY : i;
    }
    if (k % STRIDE_OF_SIGHT === 0 && s[order[k]!]! > limit) return NOBODY;
  }
  return NOBODY;
}

/** Nearest vehicle behind `slot` that occupies `lane`, within sight. */
export function nearestBehind({ s }: VehicleColumns, table: Neighbours, slot: number, lane: number): number {
  const { order, places, lanesAt, ordered } = table;
  const limit = s[slot]! - SIGHT_BEHIND;
  const bit = 1 << lane;
  for (let k = places[slot * PLACE_STRIDE + PLACE.rank]! + 1; k < ordered; k++) {
    if ((lanesAt[k]! & bit) !== 0) {
      const i = order[k]!;
      return s[i]! < limit ? NOBODY : i;
    }
    if (k % STRIDE_OF_SIGHT === 0 && s[order[k]!]! < limit) return NOBODY;
  }
  return NOBODY;
}
