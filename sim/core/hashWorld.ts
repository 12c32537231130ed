import { WRECK_CAPACITY } from '../contact/wrecks.ts';
import { TRAIT, TRAIT_STRIDE } from '../traffic/driverColumns.ts';
import { LANE_KEEPING, PLACE, PLACE_STRIDE } from '../traffic/neighbours.ts';
import { finishHash, mixDouble, mixWord, wordsOf } from './stateHash.ts';
import type { World } from './world.ts';

const { keeping: KEEPING } = PLACE;
const { centred: CENTRED } = LANE_KEEPING;
const { timeHeadway: KEPT, wishedHeadway: WISHED } = TRAIT;
const PLACES = PLACE_STRIDE;
const TRAITS = TRAIT_STRIDE;

/**
 * Hash over the bits of everything that decides a world's future: 8 hex digits that tell states apart, not attackers.
 * What never changes about a vehicle and its driver enters by the fingerprint taken when it came in, and a vehicle that
 * keeps to the centre of its lane has no speed across it. Recordings hold the hash of every tick.
 */
export function hashWorld(world: World): string {
  let hash = hashVehicles(world);
  hash = mixWord(mixWord(mixWord(hash, world.tick), world.substep), world.vehicles.count);
  const { x, y, yaw, vx, vy, yawRate, steer, ax, ay, s, d, headingOffset, sDot, dDot } = world.ego;
  hash = mixDouble(mixDouble(mixDouble(mixDouble(hash, x), y), yaw), vx);
  hash = mixDouble(mixDouble(mixDouble(mixDouble(hash, vy), yawRate), steer), ax);
  hash = mixDouble(mixDouble(mixDouble(mixDouble(hash, ay), s), d), headingOffset);
  hash = mixDouble(mixDouble(hash, sDot), dDot);
  hash = hashWrecks(world, hash);
  for (const script of world.scripts) {
    hash = mixDouble(mixDouble(mixWord(hash, script.phase), script.hold), script.speed);
  }
  const { wait, nextId } = world.inflow;
  for (let k = 0; k < wait.length; k++) hash = mixDouble(hash, wait[k]!);
  hash = mixWord(hash, nextId);
  for (const word of world.arrivals.state()) hash = mixWord(hash, word);
  return (finishHash(hash) >>> 0).toString(16).padStart(8, '0');
}

/** Two words as one: a change of either changes it, and one of both does but for one in 2^32. */
function fold(low: number, high: number): number {
  return (low + Math.imul(high, 0x9e3779b1)) | 0;
}

function hashVehicles({ vehicles, traffic }: World): number {
  const { count, control, lane, targetLane, indicator, braking, a: acceleration, dDot, headingOffset } = vehicles;
  const { fingerprint, restUntil, choosesLane, traits } = traffic.drivers;
  const { places } = traffic.neighbours;
  const position = wordsOf(vehicles.s);
  const speed = wordsOf(vehicles.sDot);
  const offset = wordsOf(vehicles.d);
  // Four running hashes take turns, because each round of one has to wait for the round before.
  let h0 = 0x1b47b28c;
  let h1 = 0x3c6ef372;
  let h2 = 0x1f83d9ab;
  let h3 = 0x5be0cd19;
  for (let i = 0; i < count; i++) {
    h0 = mixWord(h0, fold(position[2 * i]!, position[2 * i + 1]!));
    h1 = mixWord(h1, fold(speed[2 * i]!, speed[2 * i + 1]!));
    h2 = mixWord(h2, fold(offset[2 * i]!, offset[2 * i + 1]!));
    h3 = mixWord(h3, fold(fingerprint[i]!, restUntil[i]!));
    const lights = (indicator[i]! & 7) | (braking[i]! << 3) | (choosesLane[i]! << 4);
    h0 = mixWord(h0, lane[i]! | (targetLane[i]! << 8) | (control[i]! << 16) | (lights << 20));
    const row = i * TRAITS;
    if (traits[row + KEPT]! !== traits[row + WISHED]!) h2 = mixDouble(h2, traits[row + KEPT]!);
    if (places[i * PLACES + KEEPING] !== CENTRED) {
      h1 = mixDouble(h1, dDot[i]!);
      h2 = mixDouble(h2, headingOffset[i]!);
      h3 = mixDouble(h3, acceleration[i]!);
    }
  }
  return mixWord(mixWord(mixWord(h0, h1), h2), h3);
}

function hashWrecks({ wrecks }: World, start: number): number {
  let hash = start;
  for (let row = 0; row < WRECK_CAPACITY; row++) {
    if (wrecks.id[row]! < 0) continue;
    hash = mixWord(mixWord(hash, row), wrecks.id[row]!);
    hash = mixDouble(mixDouble(mixDouble(hash, wrecks.x[row]!), wrecks.y[row]!), wrecks.yaw[row]!);
    hash = mixDouble(mixDouble(mixDouble(hash, wrecks.vx[row]!), wrecks.vy[row]!), wrecks.yawRate[row]!);
  }
  return hash;
}
