import { MOST_LANES } from '../road/road.ts';
import {
  type Neighbours,
  NOBODY,
  nearestAhead,
  nearestBehind,
  OCCUPIED_STRIDE,
  PLACE,
  PLACE_STRIDE,
} from './neighbours.ts';
import type { VehicleColumns } from './vehicleColumns.ts';

const { rank: RANK, lane: LANE, otherLane: OTHER_LANE, otherLeader: OTHER_LEADER } = PLACE;
const NO_ONE = NOBODY;
const PLACES = PLACE_STRIDE;
const WORDS = OCCUPIED_STRIDE;

/** The slot seen last in each lane. */
const lastSeen = new Int32Array(MOST_LANES);

/** Finds ranks, leaders and occupied places from the order and everybody's lanes. */
export function linkAll(table: Neighbours, laneCount: number): void {
  const { order, ordered, occupied, places, leader } = table;
  occupied.fill(0, 0, ((ordered + 31) >> 5) * WORDS);
  lastSeen.fill(NO_ONE, 0, laneCount);
  for (let k = 0; k < ordered; k++) {
    const i = order[k]!;
    const row = i * PLACES;
    const own = places[row + LANE]!;
    const other = places[row + OTHER_LANE]!;
    places[row + RANK] = k;
    leader[i] = lastSeen[own]!;
    places[row + OTHER_LEADER] = other === NO_ONE ? NO_ONE : lastSeen[other]!;
    lastSeen[own] = i;
    occupy(occupied, k, own);
    if (other === NO_ONE) continue;
    lastSeen[other] = i;
    occupy(occupied, k, other);
  }
  table.linked = true;
}

/** Lets the vehicle at place `k` + 1 of the order take the place of the one before it. */
export function overtake(table: Neighbours, k: number): void {
  const { order, places } = table;
  const overtaken = order[k]!;
  const overtaking = order[k + 1]!;
  order[k] = overtaking;
  order[k + 1] = overtaken;
  if (!table.linked) return;
  places[overtaking * PLACES + RANK] = k;
  places[overtaken * PLACES + RANK] = k + 1;
  // Nobody's leader changes, unless one went through the other.
  if ((lanesOf(places, overtaking) & lanesOf(places, overtaken)) !== 0) table.linked = false;
  else {
    moveOccupied(table, overtaken, k, k + 1);
    moveOccupied(table, overtaking, k + 1, k);
  }
}

function lanesOf(places: Int32Array, slot: number): number {
  const other = places[slot * PLACES + OTHER_LANE]!;
  return (1 << places[slot * PLACES + LANE]!) | (other === NO_ONE ? 0 : 1 << other);
}

function moveOccupied({ occupied, places }: Neighbours, slot: number, from: number, to: number): void {
  const own = places[slot * PLACES + LANE]!;
  const other = places[slot * PLACES + OTHER_LANE]!;
  vacate(occupied, from, own);
  occupy(occupied, to, own);
  if (other === NO_ONE) return;
  vacate(occupied, from, other);
  occupy(occupied, to, other);
}

/** Notes the lanes of a vehicle, and who has another leader by that. The order has to be that of the positions. */
export function takeLanes(
  vehicles: VehicleColumns,
  table: Neighbours,
  slot: number,
  lane: number,
  other: number,
): void {
  const { places, leader } = table;
  const row = slot * PLACES;
  if (places[row + LANE] === lane && places[row + OTHER_LANE] === other) return;
  if (table.linked) {
    leaveLane(vehicles, table, slot, places[row + LANE]!, leader[slot]!);
    leaveLane(vehicles, table, slot, places[row + OTHER_LANE]!, places[row + OTHER_LEADER]!);
  }
  places[row + LANE] = lane;
  places[row + OTHER_LANE] = other;
  if (!table.linked) return;
  leader[slot] = enterLane(vehicles, table, slot, lane);
  places[row + OTHER_LEADER] = enterLane(vehicles, table, slot, other);
}

function leaveLane(vehicles: VehicleColumns, table: Neighbours, slot: number, lane: number, leader: number): void {
  if (lane === NO_ONE) return;
  vacate(table.occupied, table.places[slot * PLACES + RANK]!, lane);
  follow(table, nearestBehind(vehicles, table, slot, lane, Number.POSITIVE_INFINITY), lane, leader);
}

/** @returns the leader there */
function enterLane(vehicles: VehicleColumns, table: Neighbours, slot: number, lane: number): number {
  if (lane === NO_ONE) return NO_ONE;
  follow(table, nearestBehind(vehicles, table, slot, lane, Number.POSITIVE_INFINITY), lane, slot);
  occupy(table.occupied, table.places[slot * PLACES + RANK]!, lane);
  return nearestAhead(vehicles, table, slot, lane, Number.POSITIVE_INFINITY);
}

/** Gives the follower in a lane its leader there. */
function follow({ places, leader }: Neighbours, follower: number, lane: number, followed: number): void {
  if (follower === NO_ONE) return;
  const row = follower * PLACES;
  if (places[row + LANE] === lane) leader[follower] = followed;
  else places[row + OTHER_LEADER] = followed;
}

function occupy(occupied: Int32Array, k: number, lane: number): void {
  const at = (k >> 5) * WORDS + lane;
  occupied[at] = occupied[at]! | (1 << (k & 31));
}

function vacate(occupied: Int32Array, k: number, lane: number): void {
  const at = (k >> 5) * WORDS + lane;
  occupied[at] = occupied[at]! & ~(1 << (k & 31));
}
