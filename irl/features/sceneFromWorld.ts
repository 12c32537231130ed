import type { World } from '../../sim/core/world.ts';
import type { Scene, SceneVehicles } from './scene.ts';

/**
 * The scene of a running world at this moment; slot 0 of the vehicles is the ego. The others are copied, so the scene
 * stays as it is while the world goes on.
 * @param sDdot d²s/dt² of the ego over the last tick [m/s²]
 * @param dDdot d²d/dt² of the ego over the last tick [m/s²]
 */
export function sceneFromWorld(world: World, sDdot: number, dDdot: number): Scene {
  const { ego, vehicles, road } = world;
  const end = vehicles.count;
  const others: SceneVehicles = {
    count: end - 1,
    id: vehicles.id.slice(1, end),
    s: vehicles.s.slice(1, end),
    d: vehicles.d.slice(1, end),
    sDot: vehicles.sDot.slice(1, end),
    dDot: vehicles.dDot.slice(1, end),
    a: vehicles.a.slice(1, end),
    length: vehicles.length.slice(1, end),
    width: vehicles.width.slice(1, end),
  };
  return {
    road,
    ego: {
      s: ego.s,
      d: ego.d,
      sDot: ego.sDot,
      dDot: ego.dDot,
      sDdot,
      dDdot,
      length: vehicles.length[0]!,
      width: vehicles.width[0]!,
    },
    others,
  };
}
