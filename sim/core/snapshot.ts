import { resumeOrder } from '../traffic/neighbours.ts';
import { surveyTraffic } from '../traffic/surveyTraffic.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import { type Column, columnsOf } from './typedColumns.ts';
import type { World } from './world.ts';

/** A copy of everything that changes in a world. Belongs to the world it was taken from, or one of the same spec. */
export interface Snapshot {
  readonly tick: number;
  readonly substep: number;
  readonly ego: EgoState;
  readonly count: number;
  /** Rows in use of the vehicle and driver columns. */
  readonly rows: readonly Column[];
  /** Slots by position, so that going back does not have to sort them anew. */
  readonly order: Int32Array;
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
  const { count, capacity } = world.vehicles;
  return {
    tick: world.tick,
    substep: world.substep,
    ego: { ...world.ego },
    count,
    rows: rowColumns(world).map((column) => column.slice(0, (count * column.length) / capacity)),
    order: world.traffic.neighbours.order.slice(0, count),
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
    column.set(snapshot.rows[k]!);
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
  resumeOrder(world.traffic.neighbours, snapshot.order);
  surveyTraffic(world.traffic, world.road);
}
