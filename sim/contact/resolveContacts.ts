import { cos, sin } from '../core/deterministicMath.ts';
import { SUBSTEP_S } from '../core/time.ts';
import type { World } from '../core/world.ts';
import type { RoadPoint, WorldPose } from '../road/road.ts';
import { PLACE, unsettle } from '../traffic/neighbours.ts';
import { slotOf } from '../traffic/trafficState.ts';
import { VEHICLE_CONTROL } from '../traffic/vehicleColumns.ts';
import { stepBicycle } from '../vehicle/bicycle.ts';
import { GRAVITY } from '../vehicle/bicycleParameters.ts';
import type { EgoCommand } from '../vehicle/egoCommand.ts';
import { type BodyState, massOfBox } from './bodyState.ts';
import { boxSeparation } from './boxOverlap.ts';
import { CONTACT_CAPACITY, type ContactResult, RAIL_CHORD, RAIL_LENGTH, railFace } from './contactSolver.ts';
import { readWreck, WRECK_CAPACITY, wreckRow } from './wrecks.ts';

/** Bodies closer than this plus what they close in a substep take part in the contact step [m]. */
const CONTACT_REACH = 0.3;
/**
 * Bodies whose ends are further than this along the road are not looked at [m]; no closing speed covers it in a tick.
 */
const NEARBY = 16;
/**
 * ... nor are any, whatever their length, further than this [m]: half of the longest road train (25.25 m) and to spare.
 */
const SEARCHED = NEARBY + 20;
/** Sliding friction of a wreck on asphalt [1], and its loss of yaw rate [rad/s²]. */
const WRECK_FRICTION = 0.6;
const WRECK_YAW_DECAY = 2;
/** A second touch of the same rail within this time belongs to the same collision [ticks]. */
const SAME_CONTACT_TICKS = 10;

const POSE: WorldPose = { x: 0, y: 0, heading: 0 };
const POINT: RoadPoint = { s: 0, d: 0, heading: 0 };
const RESULT: ContactResult = { touchedByEgo: 0, touchedByWreck: 0, egoTouchedRail: false };
const BODIES: BodyState[] = Array.from({ length: CONTACT_CAPACITY }, () => ({
  x: 0,
  y: 0,
  yaw: 0,
  vx: 0,
  vy: 0,
  yawRate: 0,
  mass: 1,
  length: 1,
  width: 1,
}));
const BODY_SLOT = new Int32Array(CONTACT_CAPACITY);

/**
 * Moves the ego through one substep together with everything it could touch, if there is anything. Vehicles that are
 * touched become wrecks. Wrecks are moved in any case.
 * @returns false when nothing is within reach: then nothing was done to the ego
 */
export function resolveContacts(world: World, command: EgoCommand): boolean {
  const wreckCount = gatherWrecks(world);
  const count = gatherNearby(world, wreckCount);
  if (count === wreckCount && !wreckNearby(world, wreckCount) && !railNearby(world)) {
    slideWrecks(world, wreckCount);
    return false;
  }
  const { ego } = world;
  stepBicycle(ego, command, world.car, false);
  const vxBefore = ego.vx * cos(ego.yaw) - ego.vy * sin(ego.yaw);
  const vyBefore = ego.vx * sin(ego.yaw) + ego.vy * cos(ego.yaw);
  for (let k = 0; k < wreckCount; k++) rub(BODIES[k]!);
  world.contact.step(ego, world.car.mass, BODIES, count, wreckCount, world.road, RESULT);
  const dvx = ego.vx * cos(ego.yaw) - ego.vy * sin(ego.yaw) - vxBefore;
  const dvy = ego.vx * sin(ego.yaw) + ego.vy * cos(ego.yaw) - vyBefore;
  const impact = Math.sqrt(dvx * dvx + dvy * dvy);

  if (RESULT.egoTouchedRail) noteRail(world, impact);
  for (let k = wreckCount; k < count; k++) {
    if ((RESULT.touchedByEgo & (1 << k)) !== 0) {
      // To touch a wreck belongs to the crash that made it one.
      if (world.vehicles.control[BODY_SLOT[k]!] !== VEHICLE_CONTROL.wreck) {
        world.events.push({ tick: world.tick, kind: 'collision', other: world.vehicles.id[BODY_SLOT[k]!]!, impact });
      }
    } else if ((RESULT.touchedByWreck & (1 << k)) === 0) {
      continue;
    }
    makeWreck(world, BODY_SLOT[k]!, BODIES[k]!);
  }
  for (let k = 0; k < wreckCount; k++) {
    // One whose row a new wreck took stays as it stands.
    if (!hasRow(world, BODY_SLOT[k]!)) continue;
    const body = BODIES[k]!;
    if (Math.abs(body.x - ego.x) + Math.abs(body.y - ego.y) > RAIL_LENGTH / 2) keepInsideRails(world, body);
    storeWreck(world, BODY_SLOT[k]!, body);
  }
  return true;
}

function noteRail(world: World, impact: number): void {
  if (world.tick - world.watch.lastRailTick > SAME_CONTACT_TICKS) {
    world.events.push({ tick: world.tick, kind: 'collision', other: -1, impact });
  }
  world.watch.lastRailTick = world.tick;
}

/** Fills the first bodies with the wrecks; returns how many. */
function gatherWrecks(world: World): number {
  const { wrecks, vehicles } = world;
  let count = 0;
  for (let row = 0; row < WRECK_CAPACITY; row++) {
    if (wrecks.id[row]! < 0) continue;
    const slot = slotOf(vehicles, wrecks.id[row]!);
    if (slot < 0) {
      wrecks.id[row] = -1;
      continue;
    }
    const body = BODIES[count]!;
    readWreck(wrecks, row, body);
    setBox(body, world, slot);
    BODY_SLOT[count++] = slot;
  }
  return count;
}

/** Adds the vehicles within reach of the ego behind the wrecks; returns the number of bodies. */
function gatherNearby(world: World, wreckCount: number): number {
  const { order, places, ordered } = world.traffic.neighbours;
  const rank = places[PLACE.rank]!;
  let count = wreckCount;
  for (let k = rank - 1; k >= 0 && isNear(world, order[k]!); k--) count = gather(world, order[k]!, count);
  for (let k = rank + 1; k < ordered && isNear(world, order[k]!); k++) count = gather(world, order[k]!, count);
  return count;
}

/** Whether a vehicle, or one further along the order, could be within reach of the ego in this tick. */
function isNear({ vehicles, ego }: World, slot: number): boolean {
  // Wrecks move within the tick, so they say nothing of those beyond them.
  return Math.abs(vehicles.s[slot]! - ego.s) < SEARCHED || vehicles.control[slot] === VEHICLE_CONTROL.wreck;
}

/** Adds a vehicle to the bodies if it is within reach of the ego; returns the number of bodies. */
function gather(world: World, slot: number, count: number): number {
  const { vehicles, ego } = world;
  if (count === CONTACT_CAPACITY) return count;
  // Those with a row are among the bodies already.
  if (vehicles.control[slot] === VEHICLE_CONTROL.wreck && hasRow(world, slot)) return count;
  if (Math.abs(vehicles.s[slot]! - ego.s) > NEARBY + vehicles.length[slot]! / 2) return count;
  const body = BODIES[count]!;
  placeOnRoad(world, slot, world.substep * SUBSTEP_S, body);
  const closing = Math.abs(vehicles.sDot[slot]! - ego.sDot) + Math.abs(vehicles.dDot[slot]! - ego.dDot);
  setBox(body, world, slot);
  if (separationFromEgo(world, body) > CONTACT_REACH + closing * SUBSTEP_S) return count;
  BODY_SLOT[count] = slot;
  return count + 1;
}

/** Pose and velocity of a vehicle `elapsed` seconds into the running tick. */
export function placeOnRoad(world: World, slot: number, elapsed: number, body: BodyState): void {
  const { vehicles, road } = world;
  const speed = Math.max(0, vehicles.sDot[slot]! + vehicles.a[slot]! * elapsed);
  const s = vehicles.s[slot]! + ((vehicles.sDot[slot]! + speed) / 2) * elapsed;
  const d = vehicles.d[slot]! + vehicles.dDot[slot]! * elapsed;
  road.toWorld(s, d, POSE);
  const c = cos(POSE.heading);
  const sine = sin(POSE.heading);
  const forward = speed * (1 - road.curvature(s) * d);
  body.x = POSE.x;
  body.y = POSE.y;
  body.yaw = POSE.heading + vehicles.headingOffset[slot]!;
  body.vx = forward * c - vehicles.dDot[slot]! * sine;
  body.vy = forward * sine + vehicles.dDot[slot]! * c;
  body.yawRate = speed * road.curvature(s);
}

/** Gives a body the box and mass of a vehicle. */
export function setBox(body: BodyState, world: World, slot: number): void {
  body.length = world.vehicles.length[slot]!;
  body.width = world.vehicles.width[slot]!;
  body.mass = massOfBox(body.length, body.width);
}

/** Distance between the boxes of the ego and a body [m], as `boxSeparation`. */
function separationFromEgo({ ego, car }: World, body: BodyState): number {
  return boxSeparation(ego.x, ego.y, ego.yaw, car.length, car.width, body.x, body.y, body.yaw, body.length, body.width);
}

function wreckNearby(world: World, wreckCount: number): boolean {
  const { ego } = world;
  for (let k = 0; k < wreckCount; k++) {
    const body = BODIES[k]!;
    const gap = separationFromEgo(world, body);
    if (gap < CONTACT_REACH + (Math.abs(ego.vx) + Math.abs(body.vx) + Math.abs(body.vy)) * SUBSTEP_S) return true;
  }
  return false;
}

function railNearby(world: World): boolean {
  const { ego, car, road } = world;
  const reach =
    (car.width / 2) * Math.abs(cos(ego.headingOffset)) +
    (car.length / 2) * Math.abs(sin(ego.headingOffset)) +
    CONTACT_REACH +
    Math.abs(ego.dDot) * SUBSTEP_S;
  if (road.spec.railLeft && ego.d + reach > railFace(road, ego.s, true)) return true;
  if (!road.spec.railRight) return false;
  const face = Math.max(railFace(road, ego.s - RAIL_CHORD / 2, false), railFace(road, ego.s + RAIL_CHORD / 2, false));
  return ego.d - reach < face;
}

/** Whether a wreck slides, or could: has a row among the wrecks. */
export function hasRow({ wrecks, vehicles }: World, slot: number): boolean {
  return wreckRow(wrecks, vehicles.id[slot]!) >= 0;
}

/** Makes a vehicle a wreck that moves as the body does. */
export function makeWreck(world: World, slot: number, body: BodyState): void {
  const { wrecks, vehicles } = world;
  let row = wrecks.id.indexOf(-1);
  if (row < 0) row = giveUpSlowest(world);
  wrecks.id[row] = vehicles.id[slot]!;
  vehicles.control[slot] = VEHICLE_CONTROL.wreck;
  unsettle(world.traffic.neighbours, slot);
  vehicles.indicator[slot] = 0;
  vehicles.braking[slot] = 1;
  vehicles.a[slot] = 0;
  storeWreck(world, slot, body);
}

/**
 * Frees the row of the wreck that moves least. Its vehicle stands where it is from then on, and gets a row again when
 * it is hit.
 */
function giveUpSlowest(world: World): number {
  const { wrecks } = world;
  let slowest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < WRECK_CAPACITY; row++) {
    const speed = wrecks.vx[row]! * wrecks.vx[row]! + wrecks.vy[row]! * wrecks.vy[row]!;
    if (speed < least) {
      least = speed;
      slowest = row;
    }
  }
  const slot = slotOf(world.vehicles, wrecks.id[slowest]!);
  world.vehicles.sDot[slot] = 0;
  world.vehicles.dDot[slot] = 0;
  return slowest;
}

/** Writes a body back to its wreck row and to the vehicle columns. */
export function storeWreck(world: World, slot: number, body: BodyState): void {
  const { wrecks, vehicles, road } = world;
  const row = wreckRow(wrecks, vehicles.id[slot]!);
  wrecks.x[row] = body.x;
  wrecks.y[row] = body.y;
  wrecks.yaw[row] = body.yaw;
  wrecks.vx[row] = body.vx;
  wrecks.vy[row] = body.vy;
  wrecks.yawRate[row] = body.yawRate;
  road.toRoad(body.x, body.y, vehicles.s[slot]!, POINT);
  const c = cos(POINT.heading);
  const sine = sin(POINT.heading);
  vehicles.s[slot] = POINT.s;
  vehicles.d[slot] = POINT.d;
  vehicles.headingOffset[slot] = body.yaw - POINT.heading;
  vehicles.sDot[slot] = (body.vx * c + body.vy * sine) / (1 - road.curvature(POINT.s) * POINT.d);
  vehicles.dDot[slot] = body.vy * c - body.vx * sine;
}

/** Moves wrecks that nothing touches. */
function slideWrecks(world: World, wreckCount: number): void {
  for (let k = 0; k < wreckCount; k++) {
    const body = BODIES[k]!;
    if (body.vx === 0 && body.vy === 0 && body.yawRate === 0) continue;
    rub(body);
    body.x += body.vx * SUBSTEP_S;
    body.y += body.vy * SUBSTEP_S;
    body.yaw += body.yawRate * SUBSTEP_S;
    keepInsideRails(world, body);
    storeWreck(world, BODY_SLOT[k]!, body);
  }
}

/** Takes the speed and yaw rate from a wreck that sliding costs it in a substep. */
function rub(body: BodyState): void {
  const speed = Math.sqrt(body.vx * body.vx + body.vy * body.vy);
  const keep = speed > 0 ? Math.max(0, speed - WRECK_FRICTION * GRAVITY * SUBSTEP_S) / speed : 0;
  body.vx *= keep;
  body.vy *= keep;
  const turn = Math.abs(body.yawRate) - WRECK_YAW_DECAY * SUBSTEP_S;
  body.yawRate = turn > 0 ? Math.sign(body.yawRate) * turn : 0;
}

/** Wrecks out of the solver's sight lose the velocity with which they would leave the road. */
function keepInsideRails(world: World, body: BodyState): void {
  const { road } = world;
  road.toRoad(body.x, body.y, world.ego.s, POINT);
  const turn = body.yaw - POINT.heading;
  const reach = (body.length * Math.abs(sin(turn)) + body.width * Math.abs(cos(turn))) / 2;
  const left = road.spec.railLeft ? railFace(road, POINT.s, true) - reach : Number.POSITIVE_INFINITY;
  const right = road.spec.railRight ? railFace(road, POINT.s, false) + reach : Number.NEGATIVE_INFINITY;
  if (POINT.d <= left && POINT.d >= right) return;
  road.toWorld(POINT.s, POINT.d > left ? left : right, POSE);
  body.x = POSE.x;
  body.y = POSE.y;
  const c = cos(POSE.heading);
  const sine = sin(POSE.heading);
  const along = body.vx * c + body.vy * sine;
  body.vx = along * c;
  body.vy = along * sine;
}
