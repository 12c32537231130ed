import { pileUp } from '../contact/pileUp.ts';
import { resolveContacts } from '../contact/resolveContacts.ts';
import { admitArrivals } from '../traffic/inflow.ts';
import { runScripts } from '../traffic/script.ts';
import { surveyTraffic } from '../traffic/surveyTraffic.ts';
import { playTracks, releaseBlockedTracks } from '../traffic/trackPlayback.ts';
import { decideTraffic, moveTraffic } from '../traffic/trafficModel.ts';
import { removeVehicle } from '../traffic/trafficState.ts';
import { VEHICLE_CONTROL } from '../traffic/vehicleColumns.ts';
import { stepBicycle } from '../vehicle/bicycle.ts';
import { type EgoCommand, neutralCommand } from '../vehicle/egoCommand.ts';
import { detectEvents } from './detectEvents.ts';
import type { Driver } from './driver.ts';
import { refreshEgoSlot, refreshRoadFrame } from './roadFrame.ts';
import { SUBSTEPS_PER_TICK, TICK_S } from './time.ts';
import type { World } from './world.ts';

/** Nobody gets further than this in a tick [m]. */
const FARTHEST_IN_A_TICK = 20;

/**
 * Advances a world by one substep (1/60 s) under the given command. At the start of a tick traffic decides; at its end
 * traffic has moved, vehicles have entered and left, everybody's neighbours are known, and `tick` has grown by one.
 */
export function advanceSubstep(world: World, command: EgoCommand): void {
  const { traffic, road, ego } = world;
  if (world.substep === 0) {
    decideTraffic(traffic, road, world.tick);
    if (world.spec.tracks.length > 0) releaseBlockedTracks(traffic);
    if (world.scripts.length > 0) runScripts(traffic, road, world.scripts, world.tick * TICK_S);
  }
  const inContact = resolveContacts(world, command);
  if (!inContact) stepBicycle(ego, command, world.car, true);
  refreshRoadFrame(ego, road);
  refreshEgoSlot(world);
  world.vehicles.indicator[0] = command.indicator;
  world.vehicles.braking[0] = command.brake > 0.02 ? 1 : 0;
  world.substep++;
  if (world.substep < SUBSTEPS_PER_TICK) return;

  moveTraffic(traffic, road);
  world.tick++;
  world.substep = 0;
  if (world.spec.tracks.length > 0) playTracks(traffic, road, world.spec.tracks, world.tick);
  pileUp(world);
  removeDeparted(world);
  if (world.inflow.specs.length > 0) admitArrivals(traffic, road, world.inflow, world.arrivals);
  surveyTraffic(traffic, road);
  detectEvents(world);
}

/** Advances a world by one tick (0.1 s) with a driver at the wheel. */
export function advanceTick(world: World, driver: Driver, command: EgoCommand = neutralCommand()): void {
  do {
    driver.command(world, command);
    advanceSubstep(world, command);
  } while (world.substep !== 0);
}

/** Frees the slots of vehicles that have passed the end of the road; they lead the order of the last survey. */
function removeDeparted({ traffic, road }: World): void {
  const { s, control } = traffic.vehicles;
  const { order } = traffic.neighbours;
  for (let k = 0; k < traffic.neighbours.ordered; k++) {
    const slot = order[k]!;
    if (s[slot]! < road.length - FARTHEST_IN_A_TICK) return;
    if (s[slot]! <= road.length || control[slot] !== VEHICLE_CONTROL.model) continue;
    removeVehicle(traffic, slot);
    k--;
  }
}
