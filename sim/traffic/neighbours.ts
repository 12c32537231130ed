import type { Road } from '../road/road.ts';
import { VEHICLE_CONTROL, type VehicleColumns } from './vehicleColumns.ts';

/** A body counts as in a lane when it reaches further into it than this [m]; lane-keeping sway stays below. */
const OVERLAP_TOLERANCE = 0.25;
/** No neighbour. */
export const NOBODY = -1;

/**
 * Who drives ahead of and behind whom, by slot (NOBODY where there is none). A vehicle that changes lanes counts in
 * both: `lane` is the lane of its centre, `otherLane` the second one it overlaps or has claimed by indicating.
 * Shapes: [capacity].
 */
export interface Neighbours {
  /** Slots by falling s; the first `count` entries are valid. */
  readonly order: Int32Array;
  readonly otherLane: Int16Array;
  readonly leader: Int32Array;
  readonly otherLeader: Int32Array;
  readonly leftLeader: Int32Array;
  readonly rightLeader: Int32Array;
  readonly follower: Int32Array;
  readonly leftFollower: Int32Array;
  readonly rightFollower: Int32Array;
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
    otherLane: new Int16Array(capacity).fill(NOBODY),
    leader: slots(),
    otherLeader: slots(),
    leftLeader: slots(),
    rightLeader: slots(),
    follower: slots(),
    leftFollower: slots(),
    rightFollower: slots(),
    ordered: 0,
    claims: slots(),
    claimCount: 0,
    lastInLane: new Int32Array(laneCount),
  };
}

/** Recomputes lanes, order and neighbours: one insertion sort of nearly sorted slots and one sweep in each direction. */
export function findNeighbours(vehicles: VehicleColumns, road: Road, table: Neighbours): void {
  sortByPosition(vehicles, table);
  assignLanes(vehicles, road, table);
  table.claimCount = 0;
  const { count, lane } = vehicles;
  const { order, otherLane, lastInLane } = table;
  const last = road.laneCount - 1;

  lastInLane.fill(NOBODY);
  for (let k = 0; k < count; k++) {
    const i = order[k]!;
    const own = lane[i]!;
    const other = otherLane[i]!;
    table.leader[i] = lastInLane[own]!;
    table.otherLeader[i] = other === NOBODY ? NOBODY : lastInLane[other]!;
    table.leftLeader[i] = own > 0 ? lastInLane[own - 1]! : NOBODY;
    table.rightLeader[i] = own < last ? lastInLane[own + 1]! : NOBODY;
    lastInLane[own] = i;
    if (other !== NOBODY) lastInLane[other] = i;
  }
  lastInLane.fill(NOBODY);
  for (let k = count - 1; k >= 0; k--) {
    const i = order[k]!;
    const own = lane[i]!;
    const other = otherLane[i]!;
    table.follower[i] = lastInLane[own]!;
    table.leftFollower[i] = own > 0 ? lastInLane[own - 1]! : NOBODY;
    table.rightFollower[i] = own < last ? lastInLane[own + 1]! : NOBODY;
    lastInLane[own] = i;
    if (other !== NOBODY) lastInLane[other] = i;
  }
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
  for (let i = 0; i < count; i++) {
    const here = road.laneAt(s[i]!, d[i]!);
    lane[i] = here;
    if (control[i] !== VEHICLE_CONTROL.model) targetLane[i] = here;
    if (targetLane[i] !== here) {
      otherLane[i] = targetLane[i]! > here ? here + 1 : here - 1;
      continue;
    }
    const reach = width[i]! / 2 - OVERLAP_TOLERANCE;
    const left = d[i]! + reach > road.laneLeftEdge(here);
    const right = d[i]! - reach < road.laneLeftEdge(here + 1);
    const other = left ? here - 1 : right ? here + 1 : NOBODY;
    otherLane[i] = other >= 0 && other < road.laneCount && road.laneExists(other, s[i]!) ? other : NOBODY;
  }
}
