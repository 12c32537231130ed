import { trafficFrameOf } from '../../recordings/trafficFrame.ts';
import { advanceTick } from '../../sim/core/advanceWorld.ts';
import type { Driver } from '../../sim/core/driver.ts';
import type { World } from '../../sim/core/world.ts';
import { neutralCommand } from '../../sim/vehicle/egoCommand.ts';
import type { DriveTrace } from '../features/driveTrace.ts';
import type { SceneVehicles } from '../features/scene.ts';

/** What an agent did from a start on. */
export interface Rollout extends DriveTrace {
  /** Collisions of the ego in it. */
  readonly collisions: number;
  /** Times the ego left the lanes. */
  readonly offRoad: number;
}

/**
 * Lets a driver drive a world from where it is, in the real dynamics and among traffic that reacts.
 * @param world is changed
 * @param ticks length of the drive
 */
export function rollOut(world: World, driver: Driver, ticks: number): Rollout {
  const rows = ticks + 1;
  const column = () => new Float64Array(rows);
  const ego = { rows, rowsPerTick: 1, s: column(), d: column(), sDot: column(), dDot: column() };
  const traffic: SceneVehicles[] = [];
  const command = neutralCommand();
  const before = world.events.length;
  driver.start(world);
  for (let k = 0; k < rows; k++) {
    if (k > 0) advanceTick(world, driver, command);
    ego.s[k] = world.ego.s;
    ego.d[k] = world.ego.d;
    ego.sDot[k] = world.ego.sDot;
    ego.dDot[k] = world.ego.dDot;
    traffic.push(trafficFrameOf(world));
  }
  const events = world.events.slice(before);
  const count = (kind: string) => events.filter((event) => event.kind === kind).length;
  return {
    ticks,
    metadata: { road: world.spec.road, ego: { length: world.car.length, width: world.car.width } },
    ego,
    traffic,
    collisions: count('collision'),
    offRoad: count('off-road'),
  };
}
