import { WRECK_CAPACITY } from '../contact/wrecks.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import { StateHash } from './stateHash.ts';
import { type Column, columnsOf } from './typedColumns.ts';
import type { World } from './world.ts';

/** A copy of everything that changes in a world. Belongs to the world it was taken from, or one of the same spec. */
export interface Snapshot {
  readonly tick: number;
  readonly substep: number;
  readonly ego: EgoState;
  readonly count: number;
  readonly columns: readonly Column[];
  readonly wrecks: readonly Column[];
  readonly scripts: readonly { readonly phase: 0 | 1 | 2 | 3; readonly hold: number; readonly speed: number }[];
  readonly wait: Float64Array;
  readonly nextId: number;
  readonly arrivals: readonly number[];
  readonly watch: World['watch'];
  readonly eventCount: number;
}

/** Vehicle and driver columns of a world, which all have one row a slot. */
function rowColumns(world: World): Column[] {
  return [...columnsOf(world.vehicles), ...columnsOf(world.traffic.drivers)];
}

/** Copies a world's state. */
export function takeSnapshot(world: World): Snapshot {
  const { count } = world.vehicles;
  return {
    tick: world.tick,
    substep: world.substep,
    ego: { ...world.ego },
    count,
    columns: rowColumns(world).map((column) => column.slice(0, count)),
    wrecks: columnsOf(world.wrecks).map((column) => column.slice()),
    scripts: world.scripts.map(({ phase, hold, speed }) => ({ phase, hold, speed })),
    wait: world.inflow.wait.slice(),
    nextId: world.inflow.nextId,
    arrivals: world.arrivals.state(),
    watch: { ...world.watch },
    eventCount: world.events.length,
  };
}

/** Puts a world back into a state that was taken from it or from another world of the same spec. */
export function restoreSnapshot(world: World, snapshot: Snapshot): void {
  world.tick = snapshot.tick;
  world.substep = snapshot.substep;
  Object.assign(world.ego, snapshot.ego);
  world.vehicles.count = snapshot.count;
  rowColumns(world).forEach((column, k) => {
    column.set(snapshot.columns[k]!);
  });
  columnsOf(world.wrecks).forEach((column, k) => {
    column.set(snapshot.wrecks[k]!);
  });
  world.scripts.forEach((script, k) => {
    Object.assign(script, snapshot.scripts[k]);
  });
  world.inflow.wait.set(snapshot.wait);
  world.inflow.nextId = snapshot.nextId;
  world.arrivals.restore(snapshot.arrivals);
  Object.assign(world.watch, snapshot.watch);
  world.events.length = Math.min(world.events.length, snapshot.eventCount);
  world.traffic.neighbours.ordered = 0;
}

/** Hash over the bits of everything that decides a world's future: 8 hex digits. */
export function hashWorld(world: World): string {
  const hash = new StateHash();
  hash.integer(world.tick);
  hash.integer(world.substep);
  for (const value of Object.values(world.ego) as number[]) hash.double(value);
  hash.integer(world.vehicles.count);
  for (const column of rowColumns(world)) hash.column(column, world.vehicles.count);
  for (const column of columnsOf(world.wrecks)) hash.column(column, WRECK_CAPACITY);
  for (const script of world.scripts) {
    hash.integer(script.phase);
    hash.double(script.hold);
    hash.double(script.speed);
  }
  hash.column(world.inflow.wait, world.inflow.wait.length);
  hash.integer(world.inflow.nextId);
  for (const word of world.arrivals.state()) hash.integer(word);
  return hash.digest();
}
