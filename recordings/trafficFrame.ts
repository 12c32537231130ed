import type { World } from '../sim/core/world.ts';
import type { TrafficFrame } from './recording.ts';

/**
 * Stretch of road around the ego whose vehicles are recorded [m]. It holds all that a driver can see and more than
 * prediction and features look at; whoever is farther away comes back by re-simulation.
 */
export const RECORDED_AHEAD = 300;
export const RECORDED_BEHIND = 200;

/**
 * Finds everyone but the ego near it, in slot order.
 * @param slots takes their slots; needs room for every vehicle of the world.
 * @returns how many there are.
 */
export function recordedSlots({ vehicles, ego }: World, slots: Int32Array): number {
  const { s, count } = vehicles;
  const { s: here } = ego;
  let found = 0;
  for (let slot = 1; slot < count; slot++) {
    const ahead = s[slot]! - here;
    if (ahead <= RECORDED_AHEAD && ahead >= -RECORDED_BEHIND) slots[found++] = slot;
  }
  return found;
}

/** A copy of everyone but the ego near it, in slot order. */
export function trafficFrameOf(world: World): TrafficFrame {
  const { vehicles } = world;
  const found = new Int32Array(vehicles.count);
  const slots = found.subarray(0, recordedSlots(world, found));
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
