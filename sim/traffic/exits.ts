import { leadsOff } from '../road/laneUse.ts';
import type { Road } from '../road/road.ts';
import { LANE_CHOICE } from './driverColumns.ts';
import { NOBODY } from './neighbours.ts';
import type { TrafficState } from './trafficState.ts';

const { exit: EXIT } = LANE_CHOICE;
const NO_ONE = NOBODY;

/**
 * Distance before the end of an exit's opening from which a driver who leaves there keeps right, by lanes to cross [m]:
 * with three of them 1550 m, with one 850 m. Our choice, about the advance guide signs at 1 mile and 1/2 mile (MUTCD,
 * chapter 2E).
 */
const EXIT_SIGHT = 500;
const EXIT_SIGHT_PER_LANE = 350;
/** ... and from which getting over is as urgent as it can be, by lanes to cross [m]. Our choice. */
const EXIT_URGENT_PER_LANE = 150;

/**
 * The exit that the driver in `slot`, were it in `lane`, would be heading for, or is already on; NOBODY while it is out
 * of sight, and for drivers who go through.
 */
export function exitAhead(traffic: TrafficState, road: Road, slot: number, lane: number): number {
  if (traffic.drivers.choosesLane[slot] !== EXIT || road.isUniform) return NO_ONE;
  const at = traffic.vehicles.s[slot]!;
  for (let exit = road.laneCount - 1; exit >= lane; exit--) {
    const spec = road.spec.lanes[exit]!;
    if (!leadsOff(spec)) continue;
    const { openTo } = spec;
    if (exit === lane) return exit;
    const sight = EXIT_SIGHT + EXIT_SIGHT_PER_LANE * (exit - lane);
    if (at < openTo && openTo - at < sight) return exit;
  }
  return NO_ONE;
}

/**
 * Urgency of crossing from `lane` towards the exit that is ahead [1]: grows from 0 where the exit comes into sight to
 * 1.
 */
export function exitUrgency(traffic: TrafficState, road: Road, slot: number, lane: number, exit: number): number {
  const lanes = exit - lane;
  const left = road.lanes.openTo[exit]! - traffic.vehicles.s[slot]!;
  const sight = EXIT_SIGHT + EXIT_SIGHT_PER_LANE * lanes;
  const urgent = EXIT_URGENT_PER_LANE * lanes;
  if (left <= urgent) return 1;
  return left < sight ? (sight - left) / (sight - urgent) : 0;
}
