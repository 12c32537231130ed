import { WRECK_CAPACITY } from '../contact/wrecks.ts';
import { resumeOrder } from '../traffic/neighbours.ts';
import { surveyTraffic } from '../traffic/surveyTraffic.ts';
import type { EgoState } from '../vehicle/egoState.ts';
import type { DriveEvent } from './events.ts';
import { columnsOf, createRowCopier, type RowCopier } from './typedColumns.ts';
import type { World } from './world.ts';

/** A copy of everything that changes in a world. Belongs to the world it was taken from, or one of the same spec. */
export interface Snapshot {
  readonly tick: number;
  readonly substep: number;
  readonly ego: EgoState;
  readonly count: number;
  /** Rows in use of the vehicle and driver columns, one column after the other. */
  readonly rows: Uint8Array;
  /** Slots by position, so that going back does not have to sort them anew. */
  readonly order: Int32Array;
  readonly wrecks: Uint8Array;
  readonly scripts: readonly { readonly phase: 0 | 1 | 2 | 3; readonly hold: number; readonly speed: number }[];
  readonly wait: Float64Array;
  readonly nextId: number;
  readonly arrivals: readonly number[];
  readonly watch: World['watch'];
  readonly events: readonly DriveEvent[];
}

interface WorldCopiers {
  /** Of the vehicle and driver columns, which all have one row a slot. */
  readonly slots: RowCopier;
  readonly wrecks: RowCopier;
}

const COPIERS = new WeakMap<World, WorldCopiers>();

function copiersOf(world: World): WorldCopiers {
  let copiers = COPIERS.get(world);
  if (copiers === undefined) {
    const slots = [...columnsOf(world.vehicles), ...columnsOf(world.traffic.drivers)];
    copiers = {
      slots: createRowCopier(slots, world.vehicles.capacity),
      wrecks: createRowCopier(columnsOf(world.wrecks), WRECK_CAPACITY),
    };
    COPIERS.set(world, copiers);
  }
  return copiers;
}

/** Copies a world's state. */
export function takeSnapshot(world: World): Snapshot {
  const { count } = world.vehicles;
  const copiers = copiersOf(world);
  return {
    tick: world.tick,
    substep: world.substep,
    ego: { ...world.ego },
    count,
    rows: copiers.slots.copy(count),
    order: world.traffic.neighbours.order.slice(0, count),
    wrecks: copiers.wrecks.copy(WRECK_CAPACITY),
    scripts: world.scripts.map(({ phase, hold, speed }) => ({ phase, hold, speed })),
    wait: world.inflow.wait.slice(),
    nextId: world.inflow.nextId,
    arrivals: world.arrivals.state(),
    watch: { ...world.watch },
    events: world.events.slice(),
  };
}

/** Puts a world back into a state that was taken from it or from another world of the same spec. */
export function restoreSnapshot(world: World, snapshot: Snapshot): void {
  world.tick = snapshot.tick;
  world.substep = snapshot.substep;
  Object.assign(world.ego, snapshot.ego);
  world.vehicles.count = snapshot.count;
  const copiers = copiersOf(world);
  copiers.slots.restore(snapshot.rows, snapshot.count);
  copiers.wrecks.restore(snapshot.wrecks, WRECK_CAPACITY);
  world.scripts.forEach((script, k) => {
    Object.assign(script, snapshot.scripts[k]);
  });
  world.inflow.wait.set(snapshot.wait);
  world.inflow.nextId = snapshot.nextId;
  world.arrivals.restore(snapshot.arrivals);
  Object.assign(world.watch, snapshot.watch);
  world.events.length = 0;
  world.events.push(...snapshot.events);
  resumeOrder(world.traffic.neighbours, snapshot.order);
  surveyTraffic(world.traffic, world.road);
}
