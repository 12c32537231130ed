import { copySlot, type ViewVehicles } from './viewVehicles.ts';

/**
 * Vehicles between two snapshots, matched by id: positions, speed, acceleration and heading linearly, lights from the
 * later one once it is nearer. A vehicle that only one snapshot has is carried along at its own speed, so that it
 * neither stands still nor jumps: until half way when it left, from half way when it entered.
 *
 * @param a earlier snapshot
 * @param b later snapshot
 * @param fraction 0 at `a`, 1 at `b`
 * @param out receives the vehicles, those of `b` in its order first; must differ from both
 * @throws RangeError when `out` has too little room
 */
export function interpolateFrames(a: ViewVehicles, b: ViewVehicles, fraction: number, out: ViewVehicles): void {
  const span = b.timeS - a.timeS;
  out.timeS = a.timeS + fraction * span;
  let count = 0;
  let matched = 0;
  for (let j = 0; j < b.count; j++) {
    const i = slotOf(a, b.id[j]!, j);
    if (i >= 0) matched++;
    else if (fraction < 0.5) continue;
    takeRoom(out, count);
    copySlot(i >= 0 && fraction < 0.5 ? a : b, i >= 0 && fraction < 0.5 ? i : j, out, count);
    if (i >= 0) blendSlot(a, i, b, j, fraction, out, count);
    else out.s[count] = b.s[j]! - b.sDot[j]! * (1 - fraction) * span;
    count++;
  }
  if (matched < a.count && fraction < 0.5) {
    for (let i = 0; i < a.count; i++) {
      if (slotOf(b, a.id[i]!, i) >= 0) continue;
      takeRoom(out, count);
      copySlot(a, i, out, count);
      out.s[count] = a.s[i]! + a.sDot[i]! * fraction * span;
      count++;
    }
  }
  out.count = count;
}

function blendSlot(a: ViewVehicles, i: number, b: ViewVehicles, j: number, f: number, out: ViewVehicles, to: number) {
  out.s[to] = a.s[i]! + f * (b.s[j]! - a.s[i]!);
  out.d[to] = a.d[i]! + f * (b.d[j]! - a.d[i]!);
  out.sDot[to] = a.sDot[i]! + f * (b.sDot[j]! - a.sDot[i]!);
  out.a[to] = a.a[i]! + f * (b.a[j]! - a.a[i]!);
  out.headingOffset[to] = a.headingOffset[i]! + f * (b.headingOffset[j]! - a.headingOffset[i]!);
}

/** Slot of a vehicle, or -1. Snapshots keep their order nearly always, so the search starts where it was. */
function slotOf(vehicles: ViewVehicles, id: number, guess: number): number {
  if (guess < vehicles.count && vehicles.id[guess] === id) return guess;
  for (let i = 0; i < vehicles.count; i++) if (vehicles.id[i] === id) return i;
  return -1;
}

function takeRoom(out: ViewVehicles, count: number): void {
  if (count >= out.capacity) {
    throw new RangeError(`ViewVehicles has room for ${out.capacity} vehicles; two snapshots together have more.`);
  }
}
