import type { World } from '../core/world.ts';
import { reachAcross, reachAlong } from '../traffic/bodyReach.ts';
import { VEHICLE_CONTROL } from '../traffic/vehicleColumns.ts';
import type { BodyState } from './bodyState.ts';
import { boxSeparation } from './boxOverlap.ts';
import { hasRow, makeWreck, placeOnRoad, setBox, storeWreck } from './resolveContacts.ts';
import { readWreck, wreckRow } from './wrecks.ts';

const HIT = emptyBody();
const HITTING = emptyBody();

/**
 * Makes wrecks of vehicles that ran into one, wherever the ego is: the contact solver only sees what is near the ego.
 * To be called when a tick's traffic has moved. The two go on with their common momentum, put apart by as much as they
 * were in one another: at the length of a tick more is not known of how they met.
 */
export function pileUp(world: World): void {
  const { vehicles, wrecks } = world;
  if (!wrecks.id.some((id) => id >= 0)) return;
  const { count, control, s, length } = vehicles;
  for (let wreck = 1; wreck < count; wreck++) {
    if (control[wreck] !== VEHICLE_CONTROL.wreck) continue;
    for (let other = 1; other < count; other++) {
      if (control[other] !== VEHICLE_CONTROL.model) continue;
      if (Math.abs(s[other]! - s[wreck]!) > length[other]! + length[wreck]!) continue;
      if (separation(world, wreck, other) < 0) collide(world, wreck, other);
    }
  }
}

function separation({ vehicles }: World, i: number, j: number): number {
  const { s, d, headingOffset, length, width } = vehicles;
  return boxSeparation(
    s[i]!,
    d[i]!,
    headingOffset[i]!,
    length[i]!,
    width[i]!,
    s[j]!,
    d[j]!,
    headingOffset[j]!,
    length[j]!,
    width[j]!,
  );
}

function collide(world: World, wreck: number, other: number): void {
  placeWreck(world, wreck, HIT);
  pushApart(world, wreck, other);
  placeOnRoad(world, other, 0, HITTING);
  setBox(HITTING, world, other);
  const mass = HIT.mass + HITTING.mass;
  const vx = (HIT.mass * HIT.vx + HITTING.mass * HITTING.vx) / mass;
  const vy = (HIT.mass * HIT.vy + HITTING.mass * HITTING.vy) / mass;
  HIT.vx = HITTING.vx = vx;
  HIT.vy = HITTING.vy = vy;
  if (hasRow(world, wreck)) storeWreck(world, wreck, HIT);
  else makeWreck(world, wreck, HIT);
  makeWreck(world, other, HITTING);
}

function placeWreck(world: World, slot: number, body: BodyState): void {
  const { wrecks, vehicles } = world;
  placeOnRoad(world, slot, 0, body);
  setBox(body, world, slot);
  const row = wreckRow(wrecks, vehicles.id[slot]!);
  if (row >= 0) readWreck(wrecks, row, body);
}

/** Moves a vehicle out of a wreck along or across the road, whichever is the shorter way. */
function pushApart({ vehicles }: World, wreck: number, other: number): void {
  const { s, d } = vehicles;
  const ahead = s[other]! - s[wreck]!;
  const beside = d[other]! - d[wreck]!;
  const along = reachAlong(vehicles, wreck) + reachAlong(vehicles, other) - Math.abs(ahead);
  const across = reachAcross(vehicles, wreck) + reachAcross(vehicles, other) - Math.abs(beside);
  if (along < across) s[other] = s[other]! + (ahead < 0 ? -along : along);
  else d[other] = d[other]! + (beside < 0 ? -across : across);
}

function emptyBody(): BodyState {
  return { x: 0, y: 0, yaw: 0, vx: 0, vy: 0, yawRate: 0, mass: 1, length: 1, width: 1 };
}
