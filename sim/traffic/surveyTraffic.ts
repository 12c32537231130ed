import { PLAIN_CELL_M, type Road } from '../road/road.ts';
import { reachAcross } from './bodyReach.ts';
import { followingAcceleration, laneEndAcceleration } from './carFollowing.ts';
import { FOLLOWING, refreshSlowness, TRAIT_STRIDE } from './driverColumns.ts';
import { idmAcceleration } from './idm.ts';
import { fittingInAcceleration } from './laneEnd.ts';
import { linkAll, overtake, takeLanes } from './neighbourLinks.ts';
import { LANE_KEEPING, type Neighbours, NOBODY, PLACE, PLACE_STRIDE } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';
import { VEHICLE_CONTROL, type VehicleColumns } from './vehicleColumns.ts';

const {
  timeHeadway: TIME_HEADWAY,
  minimumGap: MINIMUM_GAP,
  acceleration: ACCELERATION,
  deceleration: DECELERATION,
  approachFactor: APPROACH_FACTOR,
  slowness: SLOWNESS,
} = FOLLOWING;
const { otherLeader: OTHER_LEADER } = PLACE;
const { unknown: UNKNOWN, within: WITHIN, centred: CENTRED } = LANE_KEEPING;
const { model: MODEL, wreck: WRECK } = VEHICLE_CONTROL;
const NO_ONE = NOBODY;
const TRAITS = TRAIT_STRIDE;
const PLACES = PLACE_STRIDE;
const CELL = PLAIN_CELL_M;

/** A body counts as in a lane when it reaches further into it than this [m]; lane-keeping sway stays below. */
const OVERLAP_TOLERANCE = 0.25;
/** Below this speed the ego's heading counts in what it occupies [m/s]; the others turn only as far as they drive. */
const CRAWLING = 1;
/** More new vehicles than this are sorted in by comparison sort. */
const MANY_ENTERED = 40;

/** Slots that the running survey has to look at more closely. */
let watched = new Int32Array(64);

/**
 * Finds for everybody its lanes, its leaders and the acceleration that car-following asks for in the coming tick: IDM
 * behind every vehicle in the lanes it occupies. To be called when vehicles have moved, before anybody decides.
 *
 * The outcome depends on positions and slots alone, not on how they came about; but the work is only what has changed:
 * the order is nearly sorted already, most vehicles keep to their lanes, and leaders change when somebody changes
 * lanes.
 */
export function surveyTraffic(traffic: TrafficState, road: Road): void {
  const { vehicles, neighbours, drivers, wanted } = traffic;
  const toWatch = sortByPosition(vehicles, neighbours, road);
  for (let w = 0; w < toWatch; w++) assignLane(traffic, road, watched[w]!);
  if (!neighbours.linked) linkAll(neighbours, road.laneCount);
  neighbours.claimCount = 0;
  const { count, s, sDot, length } = vehicles;
  const leaders = neighbours.leader;
  const { following } = drivers;
  // Here and not in a function of its own: inlined with the others, it would have no room left for IDM within it.
  for (let i = 0; i < count; i++) {
    const leader = leaders[i]!;
    const extent = length[i]!;
    let gap = Number.POSITIVE_INFINITY;
    let leaderSpeed = 0;
    if (leader !== NO_ONE) {
      gap = s[leader]! - length[leader]! / 2 - (s[i]! - extent / 2) - extent;
      leaderSpeed = sDot[leader]!;
    }
    const row = i * TRAITS;
    wanted[i] = idmAcceleration(
      sDot[i]!,
      gap,
      leaderSpeed,
      following[row + SLOWNESS]!,
      following[row + TIME_HEADWAY]!,
      following[row + MINIMUM_GAP]!,
      following[row + ACCELERATION]!,
      following[row + DECELERATION]!,
      following[row + APPROACH_FACTOR]!,
    );
  }
  for (let w = 0; w < toWatch; w++) watch(traffic, road, watched[w]!);
}

/**
 * Corrects what was found for somebody whom the model does not drive, who is in a second lane too, or whose lane may
 * end.
 */
function watch(traffic: TrafficState, road: Road, slot: number): void {
  const { neighbours, vehicles, wanted } = traffic;
  if (vehicles.control[slot] !== MODEL) {
    wanted[slot] = vehicles.a[slot]!;
    return;
  }
  const own = vehicles.lane[slot]!;
  let result = wanted[slot]!;
  const second = neighbours.places[slot * PLACES + OTHER_LEADER]!;
  if (second !== NO_ONE) result = Math.min(result, followingAcceleration(traffic, road, slot, second, own));
  if (!road.isUniform) {
    result = Math.min(result, laneEndAcceleration(traffic, road, slot, vehicles.targetLane[slot]!));
    if (vehicles.targetLane[slot] === own) result = Math.min(result, fittingInAcceleration(traffic, road, slot));
  }
  wanted[slot] = result;
}

/**
 * Sorts the order, and picks out those who may not keep to their lanes.
 * @returns how many these are; they are `watched`
 */
function sortByPosition({ s }: VehicleColumns, table: Neighbours, { isUniform, plain }: Road): number {
  const { order, ordered, keeping } = table;
  if (table.entered > MANY_ENTERED) order.subarray(0, ordered).sort((i, j) => s[j]! - s[i]! || i - j);
  table.entered = 0;
  if (watched.length < ordered) watched = new Int32Array(order.length);
  const picked = watched;
  let count = 0;
  let ahead = Number.POSITIVE_INFINITY;
  for (let k = 0; k < ordered; k++) {
    const i = order[k]!;
    const position = s[i]!;
    if (keeping[i] === UNKNOWN || !(isUniform || plain[(position / CELL) | 0] === 1)) picked[count++] = i;
    if (position < ahead) {
      ahead = position;
      continue;
    }
    for (let j = k - 1; j >= 0; j--) {
      const before = order[j]!;
      if (s[before]! > position || (s[before] === position && before < i)) break;
      overtake(table, j);
    }
    ahead = s[order[k]!]!;
  }
  return count;
}

/** Writes the lanes of a vehicle; its target lane too, unless its driver chooses that. */
function assignLane({ vehicles, drivers, neighbours }: TrafficState, road: Road, slot: number): void {
  const { s, d, dDot, lane, targetLane, control } = vehicles;
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
  takeLanes(vehicles, neighbours, slot, here, other);
  const isCentred = offset === centre[here]! && dDot[slot] === 0;
  const isWithin = isDriven && other === NO_ONE && targetLane[slot] === here;
  neighbours.keeping[slot] = isWithin ? (isCentred ? CENTRED : WITHIN) : UNKNOWN;
}

/** The lane that a vehicle drives towards, or overlaps, beside the one it is in. */
function otherLaneAt(vehicles: VehicleColumns, road: Road, slot: number, here: number): number {
  const { s, d, sDot, width, targetLane, control } = vehicles;
  const target = targetLane[slot]!;
  if (target !== here) return target > here ? here + 1 : here - 1;
  if (control[slot] === WRECK) return laneWreckReaches(vehicles, road, slot, here);
  // A car that hardly moves can stand more askew than any lane change is driven.
  const stands = slot === 0 && sDot[slot]! < CRAWLING;
  const reach = (stands ? reachAcross(vehicles, slot) : width[slot]! / 2) - OVERLAP_TOLERANCE;
  const { edge } = road.lanes;
  let other = NO_ONE;
  if (d[slot]! + reach > edge[here]!) other = here - 1;
  else if (d[slot]! - reach < edge[here + 1]!) other = here + 1;
  return other !== NO_ONE && road.laneExists(other, s[slot]!) ? other : NO_ONE;
}

/** The existing neighbouring lane that a wreck, however it stands, reaches further into; NOBODY for neither. */
function laneWreckReaches(vehicles: VehicleColumns, road: Road, slot: number, here: number): number {
  const { s, d } = vehicles;
  const reach = reachAcross(vehicles, slot);
  const { edge } = road.lanes;
  const left = road.laneExists(here - 1, s[slot]!) ? d[slot]! + reach - edge[here]! : 0;
  const right = road.laneExists(here + 1, s[slot]!) ? edge[here + 1]! - (d[slot]! - reach) : 0;
  if (left <= 0 && right <= 0) return NO_ONE;
  return left > right ? here - 1 : here + 1;
}
