import type { VehicleColumns } from './vehicleColumns.ts';

/** No neighbour. */
export const NOBODY = -1;

/** How far a driver looks for others ahead and behind when it thinks of changing lanes [m]. */
const SIGHT_AHEAD = 300;
const SIGHT_BEHIND = 200;

/** Places of the order that one word of `occupied` tells of, and words a row of it has: more than a road has lanes. */
const PLACES_IN_WORD = 32;
export const OCCUPIED_STRIDE = 32;

/** What is known of a vehicle's place among the others: places in its row of `places`. */
export const PLACE = {
  /** Its place in `order`. */
  rank: 0,
  /** The lane of its centre. */
  lane: 1,
  /** The second lane that it overlaps or has claimed by indicating, or NOBODY. */
  otherLane: 2,
  /** Slot of the nearest vehicle ahead there; NOBODY without one, or without a second lane. */
  otherLeader: 3,
} as const;

/**
 * What is known of how the model keeps a vehicle to its lane: nothing; that it is in no other lane and heads for none;
 * that it also drives along the centre. Whoever else moves it sideways, or wants it moved, takes this back
 * (`unsettle`).
 */
export const LANE_KEEPING = { unknown: 0, within: 1, centred: 2 } as const;

/** Integers in a row of `places`. */
export const PLACE_STRIDE = 4;

const { rank: RANK } = PLACE;
const NO_ONE = NOBODY;
const PLACES = PLACE_STRIDE;
const WORDS = OCCUPIED_STRIDE;

/**
 * Who drives ahead of whom, by slot. A vehicle that changes lanes counts in both: `lane` is the lane of its centre,
 * `otherLane` the second. Kept up to date by `surveyTraffic`.
 */
export interface Neighbours {
  /** Slots by falling s, equals by slot; the first `ordered` entries are valid. Shape: [capacity]. */
  readonly order: Int32Array;
  /**
   * Which places of `order` hold a vehicle that is in a lane, one bit a place: the row of a word tells of 32 places,
   * its entries of a lane each. A neighbour is found by counting zeros instead of looking at one vehicle after the
   * other. Shape: [capacity / 32 x OCCUPIED_STRIDE].
   */
  readonly occupied: Int32Array;
  /** One row for each slot, see `PLACE`. Shape: [capacity x PLACE_STRIDE]. */
  readonly places: Int32Array;
  /** Slot of the nearest vehicle ahead in the lane of a vehicle's centre, or NOBODY. Shape: [capacity]. */
  readonly leader: Int32Array;
  /** See `LANE_KEEPING`. Shape: [capacity]. */
  readonly keeping: Uint8Array;
  /** Whether ranks, leaders and occupied places are those of the last survey, so that they need only be mended. */
  linked: boolean;
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
    occupied: new Int32Array(Math.ceil(capacity / PLACES_IN_WORD) * OCCUPIED_STRIDE),
    places: new Int32Array(capacity * PLACE_STRIDE).fill(NOBODY),
    leader: new Int32Array(capacity).fill(NOBODY),
    keeping: new Uint8Array(capacity),
    linked: false,
    ordered: 0,
    entered: 0,
    claims: new Int32Array(capacity),
    claimCount: 0,
  };
}

/** Notes that a vehicle may be anywhere in or between its lanes. */
export function unsettle({ keeping }: Neighbours, slot: number): void {
  keeping[slot] = LANE_KEEPING.unknown;
}

/** Takes a new vehicle's slot into the order; the next survey moves it to its place. */
export function enterOrder(table: Neighbours, slot: number): void {
  table.order[table.ordered++] = slot;
  table.entered++;
  table.linked = false;
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
  table.linked = false;
  unsettle(table, slot);
}

/** Takes over an order of slots from elsewhere, with nothing known about their lanes. */
export function resumeOrder(table: Neighbours, order: Int32Array): void {
  table.order.set(order);
  table.ordered = order.length;
  table.entered = 0;
  table.linked = false;
  for (let slot = 0; slot < order.length; slot++) unsettle(table, slot);
}

/** Nearest vehicle ahead of `slot` in the lane of its centre. */
export function leaderOf({ leader }: Neighbours, slot: number): number {
  return leader[slot]!;
}

/** Second lane that `slot` is in. */
export function otherLaneOf({ places }: Neighbours, slot: number): number {
  return places[slot * PLACE_STRIDE + PLACE.otherLane]!;
}

/** Nearest vehicle ahead of `slot` in its other lane. */
export function otherLeaderOf({ places }: Neighbours, slot: number): number {
  return places[slot * PLACE_STRIDE + PLACE.otherLeader]!;
}

/** Nearest vehicle ahead of `slot` that occupies `lane`, no further than `sight` [m]. */
export function nearestAhead(
  { s }: VehicleColumns,
  table: Neighbours,
  slot: number,
  lane: number,
  sight = SIGHT_AHEAD,
): number {
  const { order, places, occupied } = table;
  const rank = places[slot * PLACES + RANK]!;
  const limit = s[slot]! + sight;
  let word = rank >> 5;
  let bits = occupied[word * WORDS + lane]! & ((1 << (rank & 31)) - 1);
  while (bits === 0) {
    word--;
    if (word < 0 || s[order[(word << 5) + 31]!]! > limit) return NO_ONE;
    bits = occupied[word * WORDS + lane]!;
  }
  const i = order[(word << 5) + 31 - Math.clz32(bits)]!;
  return s[i]! > limit ? NO_ONE : i;
}

/** Nearest vehicle behind `slot` that occupies `lane`, no further than `sight` [m]. */
export function nearestBehind(
  { s }: VehicleColumns,
  table: Neighbours,
  slot: number,
  lane: number,
  sight = SIGHT_BEHIND,
): number {
  const { order, places, occupied, ordered } = table;
  const rank = places[slot * PLACES + RANK]!;
  const limit = s[slot]! - sight;
  let word = rank >> 5;
  let bits = occupied[word * WORDS + lane]! & ~((2 << (rank & 31)) - 1);
  while (bits === 0) {
    word++;
    if (word << 5 >= ordered || s[order[word << 5]!]! < limit) return NO_ONE;
    bits = occupied[word * WORDS + lane]!;
  }
  const i = order[(word << 5) + 31 - Math.clz32(bits & -bits)]!;
  return s[i]! < limit ? NO_ONE : i;
}
