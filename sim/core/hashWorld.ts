import { WRECK_CAPACITY } from '../contact/wrecks.ts';
import { StateHash } from './stateHash.ts';
import { columnsOf } from './typedColumns.ts';
import type { World } from './world.ts';

/**
 * Hash over the bits of everything that decides a world's future: 8 hex digits. What never changes about a vehicle and
 * its driver enters by the fingerprint taken when it came in.
 */
export function hashWorld(world: World): string {
  const hash = new StateHash();
  const { vehicles: v, wrecks, inflow } = world;
  const { fingerprint, restUntil, choosesLane } = world.traffic.drivers;
  hash.integer(world.tick);
  hash.integer(world.substep);
  hash.doubles(Object.values(world.ego) as number[]);
  hash.integer(v.count);
  for (const column of [v.s, v.d, v.sDot, v.dDot, v.a, v.headingOffset]) hash.column(column, v.count);
  for (const column of [v.id, fingerprint, restUntil]) hash.column(column, v.count);
  for (const column of [v.control, choosesLane, v.lane, v.targetLane, v.indicator, v.braking]) {
    hash.column(column, v.count);
  }
  for (const column of columnsOf(wrecks)) hash.column(column, WRECK_CAPACITY);
  for (const { phase, hold, speed } of world.scripts) hash.doubles([phase, hold, speed]);
  hash.column(inflow.wait, inflow.wait.length);
  hash.integer(inflow.nextId);
  for (const word of world.arrivals.state()) hash.integer(word);
  return hash.digest();
}
