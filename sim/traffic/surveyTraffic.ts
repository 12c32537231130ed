import { MOST_LANES, type Road } from '../road/road.ts';
import { followingAcceleration, laneEndAcceleration } from './carFollowing.ts';
import { refreshSlowness, TRAIT, TRAIT_STRIDE } from './driverColumns.ts';
import { idmAcceleration } from './idm.ts';
import { fittingInAcceleration } from './laneEnd.ts';
import { type Neighbours, NOBODY, PLACE, PLACE_STRIDE } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL, type VehicleColumns } from './vehicleColumns.ts';

const {
  timeHeadway: TIME_HEADWAY,
  minimumGap: MINIMUM_GAP,
  acceleration: ACCELERATION,
  deceleration: DECELERATION,
  approachFactor: APPROACH_FACTOR,
  slowness: SLOWNESS,
} = TRAIT;
const { rank: RANK, leader: LEADER, otherLane: OTHER_LANE, settled: SETTLED } = PLACE;
const { model: MODEL } = VEHICLE_CONTROL;
const NO_ONE = NOBODY;
const TRAITS = TRAIT_STRIDE;
const PLACES = PLACE_STRIDE;

/** A body counts as in a lane when it reaches further into it than this [m]; lane-keeping sway stays below. */
const OVERLAP_TOLERANCE = 0.25;
/** More new vehicles than this are sorted in by comparison sort. */
const MANY_ENTERED = 40;

/** The vehicle seen last in each lane by a sweep from front to back: its slot, its rear bumper [m] and its speed [m/s]. */
const lastSlot = new Int32Array(MOST_LANES);
const lastRear = new Float64Array(MOST_LANES);
const lastSpeed = new Float64Array(MOST_LANES);

/**
 * Finds for everybody its lanes, its leaders and the acceleration that car-following asks for in the coming tick (IDM
 * behind every vehicle in the lanes it occupies): an insertion sort of what is nearly sorted already, and one sweep
 * from front to back. To be called when vehicles have moved, before anybody decides.
 *
 * The outcome depends on positions and slots alone, not on how they came about. All in one sweep, because a pass over
 * the columns costs more than what is computed in it.
 */
export function surveyTraffic(traffic: TrafficState, road: Road): void {
  const { vehicles, neighbours, wanted } = traffic;
  sortByPosition(vehicles, neighbours);
  neighbours.claimCount = 0;
  const { control, s, sDot, a, length, lane } = vehicles;
  const { order, lanesAt, places, otherLeader, ordered } = neighbours;
  const { traits } = traffic.drivers;
  const { isUniform, hasLaneEnds, laneCount } = road;
  for (let l = 0; l < laneCount; l++) {
    lastRear[l] = Number.POSITIVE_INFINITY;
    lastSlot[l] = NO_ONE;
  }
  for (let k = 0; k < ordered; k++) {
    const i = order[k]!;
    const place = i * PLACES;
    let own = lane[i]!;
    let other = NO_ONE;
    // Most vehicles most of the time.
    const settled = places[place + SETTLED] === 1 && isUniform;
    if (!settled) {
      other = assignLanes(traffic, road, i);
      own = lane[i]!;
    }
    places[place + RANK] = k;
    places[place + LEADER] = lastSlot[own]!;
    const v = sDot[i]!;
    const half = length[i]! / 2;
    const rear = s[i]! - half;
    const gap = lastRear[own]! - rear - length[i]!;
    const leaderSpeed = lastSpeed[own]!;
    lastRear[own] = rear;
    lastSpeed[own] = v;
    lastSlot[own] = i;
    lanesAt[k] = 1 << own;
    if (other !== NO_ONE) {
      otherLeader[i] = lastSlot[other]!;
      lastRear[other] = rear;
      lastSpeed[other] = v;
      lastSlot[other] = i;
      lanesAt[k] = (1 << own) | (1 << other);
    }
    if (!settled && control[i] !== MODEL) {
      wanted[i] = a[i]!;
      continue;
    }
    const row = i * TRAITS;
    wanted[i] = idmAcceleration(
      v,
      gap,
      leaderSpeed,
      traits[row + SLOWNESS]!,
      traits[row + TIME_HEADWAY]!,
      traits[row + MINIMUM_GAP]!,
      traits[row + ACCELERATION]!,
      traits[row + DECELERATION]!,
      traits[row + APPROACH_FACTOR]!,
    );
    if (other !== NO_ONE || hasLaneEnds) wanted[i] = heedMore(traffic, road, i, own, other);
  }
}

/** The acceleration of somebody who is in a second lane too, or whose lane may end. */
function heedMore(traffic: TrafficState, road: Road, slot: number, own: number, other: number): number {
  const { neighbours, vehicles, wanted } = traffic;
  let result = wanted[slot]!;
  if (other !== NO_ONE) {
    const leader = neighbours.otherLeader[slot]!;
    if (leader !== NO_ONE) result = Math.min(result, followingAcceleration(traffic, road, slot, leader, own));
  }
  if (!road.hasLaneEnds) return result;
  result = Math.min(result, laneEndAcceleration(traffic, road, slot, vehicles.targetLane[slot]!));
  return vehicles.targetLane[slot] === own ? Math.min(result, fittingInAcceleration(traffic, road, slot)) : result;
}

function sortByPosition({ s }: VehicleColumns, table: Neighbours): void {
  const { order, ordered } = table;
  if (table.entered > MANY_ENTERED) order.subarray(0, ordered).sort((i, j) => s[j]! - s[i]! || i - j);
  table.entered = 0;
  let ahead = Number.POSITIVE_INFINITY;
  for (let k = 0; k < ordered; k++) {
    const i = order[k]!;
    const position = s[i]!;
    if (position < ahead) {
      ahead = position;
      continue;
    }
    let j = k - 1;
    while (j >= 0 && (s[order[j]!]! < position || (s[order[j]!]! === position && order[j]! > i))) {
      order[j + 1] = order[j]!;
      j--;
    }
    order[j + 1] = i;
    ahead = s[order[k]!]!;
  }
}

/** Writes the lanes of a vehicle: its target lane unless its driver chooses that. @returns its other lane */
function assignLanes({ vehicles, drivers, neighbours }: TrafficState, road: Road, slot: number): number {
  const { s, d, lane, targetLane, control } = vehicles;
  const { edge, centre, from, to, limit } = road.lanes;
  const at = s[slot]!;
  const offset = d[slot]!;
  let here = lane[slot]!;
  const stays = offset <= edge[here]! && offset > edge[here + 1]! && at >= from[here]! && at <= to[here]!;
  if (!stays) {
    here = road.laneAt(at, offset);
    lane[slot] = here;
    refreshSlowness(drivers, slot, limit[here]!);
  }
  const isDriven = control[slot] === MODEL;
  if (!isDriven) targetLane[slot] = here;
  const other = otherLaneAt(vehicles, road, slot, here);
  const place = slot * PLACES;
  neighbours.places[place + OTHER_LANE] = other;
  neighbours.places[place + SETTLED] = isDriven && targetLane[slot] === here && offset === centre[here]! ? 1 : 0;
  return other;
}

/** The lane that a vehicle drives towards, or overlaps, beside the one it is in. */
function otherLaneAt({ s, d, width, targetLane }: VehicleColumns, road: Road, slot: number, here: number): number {
  const target = targetLane[slot]!;
  if (target !== here) return target > here ? here + 1 : here - 1;
  const reach = width[slot]! / 2 - OVERLAP_TOLERANCE;
  const { edge } = road.lanes;
  let other = NO_ONE;
  if (d[slot]! + reach > edge[here]!) other = here - 1;
  else if (d[slot]! - reach < edge[here + 1]!) other = here + 1;
  return other !== NO_ONE && road.laneExists(other, s[slot]!) ? other : NO_ONE;
}
