import { WRECK_CAPACITY } from '../contact/wrecks.ts';
import { CHANGING, FOLLOWING, TRAIT_STRIDE } from '../traffic/driverColumns.ts';
import { LANE_KEEPING } from '../traffic/neighbours.ts';
import { finishHash, mixColumn, mixDouble, mixWord, wordsOf } from './stateHash.ts';
import type { World } from './world.ts';

const { centred: CENTRED } = LANE_KEEPING;
const { timeHeadway: KEPT } = FOLLOWING;
const { wishedHeadway: WISHED } = CHANGING;
const TRAITS = TRAIT_STRIDE;
/** Of four vehicles in a word. */
const FOUR_CENTRED = CENTRED * 0x01010101;

/**
 * Hash over the bits of everything that decides a world's future: 8 hex digits that tell states apart, not attackers.
 * What never changes about a vehicle and its driver enters by the fingerprint taken when it came in, and a vehicle that
 * keeps to the centre of its lane has no speed across it. Recordings hold the hash of every tick.
 */
export function hashWorld(world: World): string {
  let hash = hashVehicles(world);
  hash = mixWord(mixWord(hash, world.tick), world.substep);
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

function hashVehicles({ vehicles, traffic }: World): number {
  const { count, s, sDot, d, dDot, headingOffset, a } = vehicles;
  const { fingerprint, restUntil, choosesLane, relaxing, following, changing } = traffic.drivers;
  const { keeping } = traffic.neighbours;
  let hash = mixColumn(mixColumn(mixColumn(count, s, count), d, count), sDot, count);
  hash = mixColumn(mixColumn(mixColumn(hash, fingerprint, count), restUntil, count), choosesLane, count);
  hash = mixColumn(
    mixColumn(mixColumn(hash, vehicles.lane, count), vehicles.targetLane, count),
    vehicles.control,
    count,
  );
  hash = mixColumn(mixColumn(hash, vehicles.indicator, count), vehicles.braking, count);
  // Most keep to the centre of their lane and all of their headway: four at a time these are passed over.
  const keepings = wordsOf(keeping);
  const relaxings = wordsOf(relaxing);
  for (let first = 0; first < count; first += 4) {
    if (keepings[first >> 2] === FOUR_CENTRED && relaxings[first >> 2] === 0) continue;
    for (let i = first; i < first + 4 && i < count; i++) {
      if (relaxing[i] === 1) {
        const kept = following[i * TRAITS + KEPT]!;
        if (kept !== changing[i * TRAITS + WISHED]!) hash = mixDouble(mixWord(hash, i), kept);
      }
      if (keeping[i] === CENTRED) continue;
      hash = mixDouble(mixDouble(mixDouble(mixWord(hash, i), dDot[i]!), headingOffset[i]!), a[i]!);
    }
  }
  return hash;
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
