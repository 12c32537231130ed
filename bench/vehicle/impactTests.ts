import { massOfBox } from '../../sim/contact/bodyState.ts';
import { boxSeparation } from '../../sim/contact/boxOverlap.ts';
import { railFace } from '../../sim/contact/contactSolver.ts';
import { advanceSubstep } from '../../sim/core/advanceWorld.ts';
import { SUBSTEP_S } from '../../sim/core/time.ts';
import { createWorld, type World } from '../../sim/core/world.ts';
import { mainLane } from '../../sim/road/createRoad.ts';
import { meanProfile } from '../../sim/traffic/driverProfile.ts';
import type { VehicleSpec } from '../../sim/traffic/trafficState.ts';
import { VEHICLE_CONTROL, VEHICLE_KIND } from '../../sim/traffic/vehicleColumns.ts';
import { neutralCommand } from '../../sim/vehicle/egoCommand.ts';

/** What the ego runs into. */
export interface Obstacle {
  readonly kind: 'car' | 'truck';
  /** [m/s] */
  readonly speed: number;
  /** Lateral offset of its centre from the ego's [m]; 0 hits it square. */
  readonly offset: number;
}

/** What a crash did. */
export interface CrashOutcome {
  /** Whether a collision with the vehicle was noted. */
  readonly noted: boolean;
  /** Deepest overlap of the boxes beyond what the closing speed covers in one substep [m]; negative when less. */
  readonly excessOverlap: number;
  /** Whether the ego's centre ever got past that of a vehicle hit square. */
  readonly tunnelled: boolean;
  /**
   * Change of the sum of momenta over the substep of the first contact, beyond the impulse of the friction that slows
   * the vehicle hit (0.6 g), as a share of the ego's momentum [1].
   */
  readonly momentumError: number;
  /** Whether every state stayed finite for the whole run. */
  readonly finite: boolean;
  /** Speed of the ego after 12 s [m/s]; it ends at rest when the driver brakes. */
  readonly endSpeed: number;
}

/** Sliding friction of a vehicle that was hit [1], as in sim/contact/resolveContacts.ts. */
const WRECK_FRICTION = 0.6;
const EGO_S = 100;
const GAP = 12;
const SECONDS = 12;

/** A straight road of three lanes with rails, the ego in the middle lane. */
function roadWith(speed: number, lateralSpeed: number, vehicles: readonly VehicleSpec[]): World {
  return createWorld({
    road: {
      pieces: [{ kind: 'straight', length: 3000 }],
      lanes: [mainLane(3.6, 33), mainLane(3.6, 33), mainLane(3.6, 33)],
      shoulderLeft: 1,
      shoulderRight: 2,
      railLeft: true,
      railRight: true,
    },
    seed: 1,
    ego: { s: EGO_S, d: -5.4, speed, lateralSpeed },
    vehicles,
    inflow: [],
    driverMix: { timid: 0, normal: 1, brisk: 0, truck: 0 },
    scripts: [],
    tracks: [],
  });
}

/**
 * Lets the ego run into a vehicle at a speed [m/s], without a driver until the contact and with full brakes after it.
 */
export function crash(speed: number, obstacle: Obstacle): CrashOutcome {
  const [length, width] = obstacle.kind === 'car' ? [4.6, 1.8] : [13, 2.5];
  const world = roadWith(speed, 0, [
    {
      id: 1,
      kind: VEHICLE_KIND[obstacle.kind],
      control: VEHICLE_CONTROL.model,
      s: EGO_S + GAP + (length + 4.7) / 2,
      d: -5.4 + obstacle.offset,
      speed: obstacle.speed,
      length,
      width,
      profile: { ...meanProfile('normal'), speedCap: Math.max(obstacle.speed, 1e-6) },
      choosesLane: false,
    },
  ]);
  const mass = massOfBox(length, width);
  const command = neutralCommand();
  const square = Math.abs(obstacle.offset) < 1;
  let deepest = 0;
  let tunnelled = false;
  let finite = true;
  let momentumError = Number.NaN;
  for (let k = 0; k < SECONDS / SUBSTEP_S; k++) {
    const hitBefore = world.events.some((event) => event.kind === 'collision');
    const before = world.car.mass * world.ego.sDot + mass * world.vehicles.sDot[1]!;
    const own = world.car.mass * world.ego.sDot;
    command.brake = hitBefore ? 1 : 0;
    advanceSubstep(world, command);
    if (!hitBefore && world.events.some((event) => event.kind === 'collision')) {
      const after = world.car.mass * world.ego.sDot + mass * world.vehicles.sDot[1]!;
      momentumError = Math.max(Math.abs(after - before) - WRECK_FRICTION * 9.81 * SUBSTEP_S * mass, 0) / own;
    }
    finite &&= staysFinite(world);
    // Traffic's positions are those of the last tick; only a wreck is moved in every substep.
    if (world.substep === 0 || world.vehicles.control[1] === VEHICLE_CONTROL.wreck) {
      deepest = Math.max(deepest, -separation(world, 1));
    }
    if (square && world.substep === 0 && world.ego.s > world.vehicles.s[1]!) tunnelled = true;
  }
  return {
    noted: world.events.some((event) => event.kind === 'collision' && event.other === 1),
    excessOverlap: deepest - (speed - obstacle.speed) * SUBSTEP_S,
    tunnelled,
    momentumError,
    finite,
    endSpeed: Math.sqrt(world.ego.vx * world.ego.vx + world.ego.vy * world.ego.vy),
  };
}

/** What a rail did. */
export interface RailOutcome {
  readonly noted: boolean;
  readonly finite: boolean;
  /** Deepest that a corner was behind the face of the rail [m]. */
  readonly behindRail: number;
  /** Speed along the road 2 s after the start, over that at the start [1]. */
  readonly speedKept: number;
  /** Heading relative to the road then [rad]. */
  readonly heading: number;
}

/** Lets the ego run into the right or left rail at an angle [degrees] and 33 m/s, hands off. */
export function hitRail(angle: number, side: 1 | -1): RailOutcome {
  const radians = (angle * Math.PI) / 180;
  const world = roadWith(33 * Math.cos(radians), side * 33 * Math.sin(radians), []);
  const command = neutralCommand();
  let behindRail = 0;
  let finite = true;
  let at: { speedKept: number; heading: number } | undefined;
  const start = world.ego.sDot;
  for (let k = 0; k < 10 / SUBSTEP_S; k++) {
    advanceSubstep(world, command);
    finite &&= staysFinite(world);
    const { ego, car } = world;
    const reach =
      (car.width / 2) * Math.abs(Math.cos(ego.headingOffset)) +
      (car.length / 2) * Math.abs(Math.sin(ego.headingOffset));
    behindRail = Math.max(behindRail, ego.d + reach - 1, -10.8 - 2 - (ego.d - reach));
    if (at === undefined && sinceRail(world) >= 20) {
      at = { speedKept: ego.sDot / start, heading: Math.abs(ego.headingOffset) };
    }
  }
  return {
    noted: world.events.some((event) => event.kind === 'collision' && event.other === -1),
    finite,
    behindRail,
    speedKept: at?.speedKept ?? Number.NaN,
    heading: at?.heading ?? Number.NaN,
  };
}

/** What came of driving on where a lane ends. */
export interface LaneEndOutcome {
  /** Largest speed across the road [m/s]. */
  readonly sideways: number;
  /** Deepest that the centre of the car was behind the face of the rail [m]; negative before it. */
  readonly behindRail: number;
  /** Way along the road beyond the end of the lane after 8 s [m]. */
  readonly beyond: number;
}

/**
 * Drives along the road at 30 m/s beside the right edge of a lane that ends ahead, and on, without steering for it.
 * @param offset of the car from the centre of that lane [m]
 */
export function driveOnWhereLaneEnds(offset: number): LaneEndOutcome {
  const end = 400;
  const { spec } = roadWith(0, 0, []);
  const lanes = spec.road.lanes.map((lane, k) => (k === 2 ? { ...lane, to: end, openTo: end } : lane));
  const world = createWorld({
    ...spec,
    road: { ...spec.road, lanes },
    ego: { s: end - 60, d: -9 + offset, speed: 30 },
  });
  const command = { ...neutralCommand(), throttle: 0.2 };
  let sideways = 0;
  let behindRail = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < 8 / SUBSTEP_S; k++) {
    command.steer = Math.min(Math.max(-0.3 * world.ego.headingOffset, -0.02), 0.02);
    advanceSubstep(world, command);
    sideways = Math.max(sideways, Math.abs(world.ego.dDot));
    behindRail = Math.max(behindRail, railFace(world.road, world.ego.s, false) - world.ego.d);
  }
  return { sideways, behindRail, beyond: world.ego.s - end };
}

/** Ticks since the first touch of a rail; -1 before it. */
function sinceRail(world: World): number {
  const touch = world.events.find((event) => event.kind === 'collision');
  return touch === undefined ? -1 : world.tick - touch.tick;
}

/** Distance between the boxes of the ego and of a slot [m]; negative when they overlap. The road is straight. */
function separation({ ego, car, vehicles: v }: World, slot: number): number {
  return boxSeparation(
    ego.s,
    ego.d,
    ego.headingOffset,
    car.length,
    car.width,
    v.s[slot]!,
    v.d[slot]!,
    v.headingOffset[slot]!,
    v.length[slot]!,
    v.width[slot]!,
  );
}

function staysFinite({ ego, vehicles }: World): boolean {
  return (
    Object.values(ego).every(Number.isFinite) &&
    Number.isFinite(vehicles.s[1]! + vehicles.d[1]! + vehicles.sDot[1]! + vehicles.headingOffset[1]!)
  );
}
