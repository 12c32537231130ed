import type { Road } from '../road/road.ts';
import { VEHICLE_CONTROL, type VehicleColumns } from './vehicleColumns.ts';

/** A body counts as in a lane when it reaches further into it than this [m]; lane-keeping sway stays below. */
const OVERLAP_TOLERANCE = 0.25;
/** No neighbour. */
export const NOBODY = -1;

/** How far a driver looks for others ahead and behind when it thinks of changing lanes [m]. */
const SIGHT_AHEAD = 300;
const SIGHT_BEHIND = 200;

/**
 * Who drives ahead of whom, by slot (NOBODY where there is none). A vehicle that changes lanes counts in both: `lane` is
 * the lane of its centre, `otherLane` the second one it overlaps or has claimed by indicating. Shapes: [capacity].
 */
export interface Neighbours {
  /** Slots by falling s; the first `count` entries are valid. */
  readonly order: Int32Array;
  /** Place of each slot in `order`. */
  readonly rank: Int32Array;
  readonly otherLane: Int16Array;
  /** Nearest vehicle ahead in the lane of the centre, and in the other lane. */
  readonly leader: Int32Array;
  readonly otherLeader: Int32Array;
  /** Vehicles that `order` was built for; 0 forces a full sort. */
  ordered: number;
  /** Slots that have begun a lane change in the running tick, which the tables do not show yet. */
  readonly claims: Int32Array;
  claimCount: number;
  /** Scratch: nearest slot seen so far in each lane. */
  readonly lastInLane: Int32Array;
}

/** Neighbour tables with room for `capacity` vehicles on `laneCount` lanes. */
export function createNeighbours(capacity: number, laneCount: number): Neighbours {
  const slots = () => new Int32Array(capacity).fill(NOBODY);
  return {
    order: slots(),
    rank: slots(),
    otherLane: new Int16Array(capacity).fill(NOBODY),
    leader: slots(),
    otherLeader: slots(),
    ordered: 0,
    claims: slots(),
    claimCount: 0,
    lastInLane: new Int32Array(laneCount),
  };
}

/** Recomputes lanes, order and leaders: one insertion sort of nearly sorted slots and one sweep from front to back. */
export function findNeighbours(vehicles: VehicleColumns, road: Road, table: Neighbours): void {
  sortByPosition(vehicles, table);
  assignLanes(vehicles, road, table);
  table.claimCount = 0;
  const { count, lane } = vehicles;
  const { order, rank, otherLane, lastInLane, leader, otherLeader } = table;
  lastInLane.fill(NOBODY);
  for (let k = 0; k < count; k++) {
    const i = order[k]!;
    rank[i] = k;
    const own = lane[i]!;
    leader[i] = lastInLane[own]!;
    lastInLane[own] = i;
    const other = otherLane[i]!;
    if (other === NOBODY) {
      otherLeader[i] = NOBODY;
    } else {
      otherLeader[i] = lastInLane[other]!;
      lastInLane[other] = i;
    }
  }
}

/** Nearest vehicle ahead of `slot` that occupies `lane`, within sight. */
export function nearestAhead(vehicles: VehicleColumns, table: Neighbours, slot: number, lane: number): number {
  const { order, rank, otherLane } = table;
  const limit = vehicles.s[slot]! + SIGHT_AHEAD;
  for (let k = rank[slot]! - 1; k >= 0; k--) {
    const i = order[k]!;
    if (vehicles.s[i]! > limit) return NOBODY;
    if (vehicles.lane[i] === lane || otherLane[i] === lane) return i;
  }
  return NOBODY;
}

/** Nearest vehicle behind `slot` that occupies `lane`, within sight. */
export function nearestBehind(vehicles: VehicleColumns, table: Neighbours, slot: number, lane: number): number {
  const { order, rank, otherLane } = table;
  const limit = vehicles.s[slot]! - SIGHT_BEHIND;
  for (let k = rank[slot]! + 1; k < vehicles.count; k++) {
    const i = order[k]!;
    if (vehicles.s[i]! < limit) return NOBODY;
    if (vehicles.lane[i] === lane || otherLane[i] === lane) return i;
  }
  return NOBODY;
}

function sortByPosition(vehicles: VehicleColumns, table: Neighbours): void {
  const { count, s } = vehicles;
  const { order } = table;
  if (table.ordered !== count) {
    for (let i = 0; i < count; i++) order[i] = i;
    order.subarray(0, count).sort((i, j) => s[j]! - s[i]! || i - j);
    table.ordered = count;
    return;
  }
  for (let k = 1; k < count; k++) {
    const i = order[k]!;
    const position = s[i]!;
    let j = k - 1;
    // Ties are broken by slot, so that the order depends on the state alone and not on how it came about.
    while (j >= 0 && (s[order[j]!]! < position || (s[order[j]!]! === position && order[j]! > i))) {
      order[j + 1] = order[j]!;
      j--;
    }
    order[j + 1] = i;
  }
}

function assignLanes(vehicles: VehicleColumns, road: Road, table: Neighbours): void {
  const { count, s, d, width, lane, targetLane, control } = vehicles;
  const { otherLane } = table;
  const { edge, centre, from, to } = road.lanes;
  for (let i = 0; i < count; i++) {
    const at = s[i]!;
    const offset = d[i]!;
    let here = lane[i]!;
    // Most vehicles most of the time: right on the centre of the lane they mean to be in.
    if (offset === centre[here]! && targetLane[i] === here && at >= from[here]! && at <= to[here]!) {
      otherLane[i] = NOBODY;
      continue;
    }
    const stays = offset <= edge[here]! && offset > edge[here + 1]! && at >= from[here]! && at <= to[here]!;
    if (!stays) {
      here = road.laneAt(at, offset);
      lane[i] = here;
    }
    if (control[i] !== VEHICLE_CONTROL.model) targetLane[i] = here;
    const target = targetLane[i]!;
    if (target !== here) {
      otherLane[i] = target > here ? here + 1 : here - 1;
      continue;
    }
    const reach = width[i]! / 2 - OVERLAP_TOLERANCE;
    let other = NOBODY;
    if (offset + reach > edge[here]!) other = here - 1;
    else if (offset - reach < edge[here + 1]!) other = here + 1;
    otherLane[i] = other !== NOBODY && road.laneExists(other, at) ? other : NOBODY;
  }
}
