import { clamp, exp } from '../../sim/core/deterministicMath.ts';
import type { Driver } from '../../sim/core/driver.ts';
import { SUBSTEP_S } from '../../sim/core/time.ts';
import type { World } from '../../sim/core/world.ts';
import { followingAcceleration, gapTo, laneEndAcceleration } from '../../sim/traffic/carFollowing.ts';
import { createDriverColumns, LANE_CHOICE, setDriver } from '../../sim/traffic/driverColumns.ts';
import { type DriverProfile, LATERAL_MOTION, meanProfile } from '../../sim/traffic/driverProfile.ts';
import { fittingInAcceleration, hasToChange, keptHeadwayOf, sideToReach } from '../../sim/traffic/laneEnd.ts';
import { chooseLane } from '../../sim/traffic/mobil.ts';
import { leaderOf, NOBODY, nearestAhead, nearestBehind, otherLeaderOf } from '../../sim/traffic/neighbours.ts';
import { giveUpHeadway, recoverHeadway } from '../../sim/traffic/relaxation.ts';
import type { TrafficState } from '../../sim/traffic/trafficState.ts';
import { type Reference, trackReference } from './trackingController.ts';

/** How an IDM+MOBIL driver handles the car. */
export interface IdmMobilStyle {
  readonly profile: DriverProfile;
  /** Natural frequency of a lane change [rad/s]; 1 takes about 5 s. */
  readonly changeFrequency: number;
  /** Limit of the lateral acceleration in a lane change [m/s²]. */
  readonly changeAcceleration: number;
  /**
   * How little a short gap by itself upsets the driver [1]: 0 is the IDM, which brakes hard for a car that cuts in and
   * draws away; people take it calmly (0.99 in Kesting, Treiber & Helbing 2010).
   */
  readonly coolness: number;
}

/** Coolness of the scripted styles, which stand in for people [1]. */
export const COOLNESS = 0.99;

/** Ticks between two considerations of a lane change. */
const LANE_DECISION_TICKS = 5;
/** Rest after a lane change [ticks]. */
const CHANGE_REST_TICKS = 50;
/**
 * The lateral speed asked for stays below this share of the forward speed, so that a crawling car is not turned across
 * the road.
 */
const LATERAL_SHARE = 0.15;
/** Ticks between two steps of the way back to the wished headway: one second. */
const RECOVERY_TICKS = 10;
/** A change is broken off when the follower could avoid the car only by braking harder than this [m/s²]. */
const ABORT_BRAKING = 6;
/** Time in which the acceleration follows a new decision [s]: a foot is not a switch. */
const PEDAL_TIME_S = 0.35;
/** Fastest change of the acceleration [m/s³]: strong braking of 6 m/s² is reached in 0.3 s. */
const LARGEST_JERK = 20;

/**
 * Drives the ego by IDM and MOBIL through the real vehicle dynamics. Of the others it knows what a driver sees; their
 * parameters it takes to be those of a mean driver.
 */
export function createIdmMobilDriver(name: string, style: IdmMobilStyle): Driver {
  let view: TrafficState;
  let rest = 0;
  let target = 0;
  let acceleration = 0;
  /** Side to which the car has to leave its lane: 1 left, -1 right, 0 none. */
  let wish = 0;
  const reference: Reference = { s: 0, d: 0, sDot: 0, dDot: 0, sDdot: 0, dDdot: 0 };

  const decide = (world: World) => {
    const { road, vehicles } = world;
    const lane = vehicles.lane[0]!;
    const behind = (leader: number, inLane: number) =>
      cooled(followingAcceleration(view, road, 0, leader, inLane), view, leader, style);
    acceleration = behind(leaderOf(view.neighbours, 0), lane);
    const other = otherLeaderOf(view.neighbours, 0);
    if (other !== NOBODY) acceleration = Math.min(acceleration, behind(other, lane));
    if (target !== lane && Math.abs(target - lane) === 1) {
      acceleration = Math.min(acceleration, behind(nearestAhead(vehicles, view.neighbours, 0, target), target));
    }
    acceleration = Math.min(acceleration, laneEndAcceleration(view, road, 0, target));
    if (target === lane) acceleration = Math.min(acceleration, fittingInAcceleration(view, road, 0));
    wish = target === lane ? sideToReach(view, road, 0) : 0;
    if (rest > 0) rest--;
    if (world.tick % RECOVERY_TICKS === 0) recoverHeadway(view.drivers, 0);
    if (Math.abs(target - lane) === 1 && cutsOff(view, target)) {
      target = lane;
      rest = 0;
    }
    if (target !== lane || world.tick % LANE_DECISION_TICKS !== 0) return;
    if (rest > 0 && !hasToChange(view, road, 0)) return;
    target = chooseLane(view, road, 0, acceleration);
    if (target === lane) return;
    rest = CHANGE_REST_TICKS;
    giveUpHeadway(view.drivers, 0, keptHeadwayOf(view, road, 0));
  };

  return {
    name,
    start(world) {
      const { capacity } = world.vehicles;
      const drivers = createDriverColumns(capacity);
      const others = meanProfile('normal');
      const limit = world.road.speedLimit(0);
      for (let slot = 1; slot < capacity; slot++) setDriver(drivers, slot, others, LANE_CHOICE.through, limit);
      const profile = { ...style.profile, lateralTempo: style.changeFrequency / LATERAL_MOTION.frequency };
      setDriver(drivers, 0, profile, world.spec.ego.leavesByExit ? LANE_CHOICE.exit : LANE_CHOICE.through, limit);
      view = { ...world.traffic, drivers };
      rest = 0;
      wish = 0;
      target = world.road.laneAt(world.ego.s, world.ego.d);
      acceleration = 0;
      reference.d = world.ego.d;
      reference.dDot = world.ego.dDot;
      reference.sDdot = 0;
    },
    command(world, out) {
      if (world.substep === 0) decide(world);
      const { ego, road } = world;
      // Hard braking is not softened, but a foot takes its time to the pedal all the same.
      const share = SUBSTEP_S / Math.max(SUBSTEP_S, PEDAL_TIME_S * (1 - urgencyOf(acceleration, style)));
      const most = LARGEST_JERK * SUBSTEP_S;
      reference.sDdot += clamp((acceleration - reference.sDdot) * share, -most, most);
      reference.s = ego.s;
      reference.sDot = ego.sDot;
      moveLateralReference(reference, road.laneCentre(target), style);
      trackReference(reference, 0, ego, road, world.car, out);
      const offset = road.laneCentre(target) - ego.d;
      out.indicator = Math.abs(offset) > 0.6 ? Math.sign(offset) : wish;
    },
  };
}

/**
 * The IDM's acceleration without its overreaction to short gaps that are not dangerous (Kesting, Treiber & Helbing
 * 2010, eqs. 2.3 and 2.4): where it brakes harder than it would take if the leader went on accelerating or braking as
 * it does, the difference is limited to the comfortable deceleration.
 */
function cooled(acceleration: number, view: TrafficState, leader: number, style: IdmMobilStyle): number {
  const { coolness, profile } = style;
  if (coolness === 0 || leader === NOBODY) return acceleration;
  const { sDot, a } = view.vehicles;
  const v = sDot[0]!;
  const leaderSpeed = sDot[leader]!;
  const gap = Math.max(gapTo(view, 0, leader), 0.1);
  const leaderAcceleration = Math.min(a[leader]!, profile.acceleration);
  const closing = Math.max(v - leaderSpeed, 0);
  // The leader stops braking at a standstill before the gap is used up, or it does not; one that stands already does
  // not.
  const heuristic =
    leaderSpeed * (v - leaderSpeed) < -2 * gap * leaderAcceleration
      ? (v * v * leaderAcceleration) / (leaderSpeed * leaderSpeed - 2 * gap * leaderAcceleration)
      : leaderAcceleration - (closing * closing) / (2 * gap);
  if (acceleration >= heuristic) return acceleration;
  const beyond = 1 - 2 / (exp((2 * (acceleration - heuristic)) / profile.deceleration) + 1);
  return (1 - coolness) * acceleration + coolness * (heuristic + profile.deceleration * beyond);
}

/**
 * 0 up to comfortable braking, 1 where the foot goes down as fast as it can: at once beyond, for the cool at twice
 * that.
 */
function urgencyOf(acceleration: number, { coolness, profile }: IdmMobilStyle): number {
  const excess = -acceleration / profile.deceleration - 1;
  return coolness === 0 ? (excess > 0 ? 1 : 0) : clamp(excess, 0, 1);
}

/** Whether going on with the change would hit the leader in the target lane, or ask too much of the follower. */
function cutsOff(view: TrafficState, target: number): boolean {
  const { vehicles, neighbours } = view;
  if (gapTo(view, 0, nearestAhead(vehicles, neighbours, 0, target)) < 0) return true;
  const follower = nearestBehind(vehicles, neighbours, 0, target);
  if (follower === NOBODY) return false;
  const gap = gapTo(view, follower, 0);
  const closing = Math.max(0, vehicles.sDot[follower]! - vehicles.sDot[0]!);
  return gap < 0 || closing * closing > 2 * ABORT_BRAKING * gap;
}

function moveLateralReference(reference: Reference, centre: number, style: IdmMobilStyle): void {
  const f = style.changeFrequency;
  const wanted = f * f * (centre - reference.d) - 2 * f * reference.dDot;
  reference.dDdot = clamp(wanted, -style.changeAcceleration, style.changeAcceleration);
  const limit = LATERAL_SHARE * Math.max(0, reference.sDot);
  reference.dDot = clamp(reference.dDot + reference.dDdot * SUBSTEP_S, -limit, limit);
  reference.d += reference.dDot * SUBSTEP_S;
}
