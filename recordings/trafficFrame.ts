import type { World } from '../sim/core/world.ts';
import type { TrafficFrame } from './recording.ts';

/**
 * Stretch of road around the ego whose vehicles are recorded [m]. It holds all that a driver can see and more than
 * prediction and features look at; whoever is farther away comes back by re-simulation.
 */
export const RECORDED_AHEAD = 300;
export const RECORDED_BEHIND = 200;

/** Everyone but the ego near it, copied in slot order. */
export function trafficFrameOf(world: World): TrafficFrame {
  const { vehicles, ego } = world;
  const slots: number[] = [];
  for (let slot = 1; slot < vehicles.count; slot++) {
    const ahead = vehicles.s[slot]! - ego.s;
    if (ahead <= RECORDED_AHEAD && ahead >= -RECORDED_BEHIND) slots.push(slot);
  }
  const doubles = (column: Float64Array) => Float64Array.from(slots, (slot) => column[slot]!);
  return {
    count: slots.length,
    id: Int32Array.from(slots, (slot) => vehicles.id[slot]!),
    kind: Uint8Array.from(slots, (slot) => vehicles.kind[slot]!),
    s: doubles(vehicles.s),
    d: doubles(vehicles.d),
    sDot: doubles(vehicles.sDot),
    dDot: doubles(vehicles.dDot),
    a: doubles(vehicles.a),
    headingOffset: doubles(vehicles.headingOffset),
    length: doubles(vehicles.length),
    width: doubles(vehicles.width),
    indicator: Int8Array.from(slots, (slot) => vehicles.indicator[slot]!),
    braking: Uint8Array.from(slots, (slot) => vehicles.braking[slot]!),
  };
}
