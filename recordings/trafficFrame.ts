import type { World } from '../sim/core/world.ts';
import type { TrafficFrame } from './recording.ts';

/** Everyone but the ego in a world, copied. */
export function trafficFrameOf(world: World): TrafficFrame {
  const { vehicles } = world;
  const from = 1;
  const to = vehicles.count;
  return {
    count: to - from,
    id: vehicles.id.slice(from, to),
    kind: vehicles.kind.slice(from, to),
    s: vehicles.s.slice(from, to),
    d: vehicles.d.slice(from, to),
    sDot: vehicles.sDot.slice(from, to),
    dDot: vehicles.dDot.slice(from, to),
    a: vehicles.a.slice(from, to),
    headingOffset: vehicles.headingOffset.slice(from, to),
    length: vehicles.length.slice(from, to),
    width: vehicles.width.slice(from, to),
    indicator: vehicles.indicator.slice(from, to),
    braking: vehicles.braking.slice(from, to),
  };
}
