import { clamp } from '../core/deterministicMath.ts';
import { TICK_S } from '../core/time.ts';
import type { Road } from '../road/road.ts';
import { followingAcceleration, gapTo } from './carFollowing.ts';
import { leaderOf, NOBODY, nearestAhead, nearestBehind, otherLaneOf } from './neighbours.ts';
import { headFor, slotOf, type TrafficState } from './trafficState.ts';

/** When a scripted manoeuvre begins. */
export type ScriptTrigger =
  /** At a time since the start [s]. */
  | { readonly kind: 'time'; readonly at: number }
  /** When the bumper-to-bumper distance from the ego to the actor falls under a value [m]. */
  | { readonly kind: 'gap-below'; readonly gap: number }
  /**
   * When the actor's own time to collision with the vehicle ahead in its lane falls under a value [s]; until then it
   * does not brake for it.
   */
  | { readonly kind: 'ttc-below'; readonly ttc: number };

/** What a scripted vehicle does once its trigger fires. */
export type ScriptAction =
  /**
   * Drives into a lane as soon as it is ahead of the ego, whether or not there is more room, and goes to the ego's speed
   * plus `relativeSpeed` [m/s].
   */
  | { readonly kind: 'cut-in'; readonly lane: number; readonly relativeSpeed: number; readonly holdS: number }
  /**
   * Drives into a lane at its present speed without braking for the vehicle it leaves behind; brakes where there is no
   * room.
   */
  | { readonly kind: 'cut-out'; readonly lane: number; readonly holdS: number }
  /** Brakes with `deceleration` [m/s²] down to `untilSpeed` [m/s] and stays there for `holdS` [s]. */
  | { readonly kind: 'brake'; readonly deceleration: number; readonly untilSpeed: number; readonly holdS: number };

/**
 * A manoeuvre of one vehicle. Before its trigger it may be held at a gap ahead of the ego; after it the traffic model
 * takes over.
 */
export interface ScriptSpec {
  /** Id of the acting vehicle. */
  readonly actor: number;
  /**
   * Gap ahead of the ego to be kept until the trigger [m], bumper to bumper; null leaves the actor to the model. The
   * actor goes no faster than its model wishes to, so an ego that does passes it.
   */
  readonly keepGap: number | null;
  readonly trigger: ScriptTrigger;
  readonly action: ScriptAction;
}

/** Phase of a script and the tick it began; plain numbers so that snapshots copy them. */
export interface ScriptState {
  readonly spec: ScriptSpec;
  /** 0 waiting, 1 acting, 2 holding, 3 done. */
  phase: 0 | 1 | 2 | 3;
  /** Seconds left of the hold. */
  hold: number;
  /** Speed to be held [m/s]. */
  speed: number;
}

/** Gains of the speed law that keeps an actor at a gap [1/s², 1/s], critically damped. */
const GAP_GAIN = 0.36;
const SPEED_GAIN = 1.2;
/**
 * Braking that a cut-out may impose in the lane it goes to, on its actor or on the follower there [m/s²], and gaps it
 * needs [m].
 */
const CUT_OUT_BRAKING = 4;
const CUT_OUT_GAP = 2;
/** Smallest gap before the ego, bumper to bumper, with which an actor cuts in [m]; it waits for it. */
const CUT_IN_GAP = 1;
/** Limits of an actor's own manoeuvres [m/s²]. */
const ACTOR_ACCELERATION = 3;
const ACTOR_DECELERATION = 4;

/** Overrides what the traffic model decided for scripted vehicles. Call after `decideTraffic`. */
export function runScripts(traffic: TrafficState, road: Road, scripts: readonly ScriptState[], time: number): void {
  for (const script of scripts) {
    const slot = slotOf(traffic.vehicles, script.spec.actor);
    if (slot > 0 && script.phase < 3) runScript(traffic, road, script, slot, time);
  }
}

function runScript(traffic: TrafficState, road: Road, script: ScriptState, slot: number, time: number): void {
  const { vehicles } = traffic;
  const { action, trigger, keepGap } = script.spec;
  if (script.phase === 0) {
    if (!fires(traffic, trigger, slot, time) || (action.kind === 'cut-in' && !isAhead(traffic, slot))) {
      if (keepGap !== null) approachGap(traffic, slot, keepGap, trigger.kind !== 'ttc-below');
      return;
    }
    if (action.kind === 'cut-out' && !hasRoom(traffic, road, slot, action.lane)) {
      script.phase = 3;
      return;
    }
    script.phase = 1;
    script.hold = action.holdS;
    script.speed = speedToHold(traffic, action, slot);
    if (action.kind !== 'brake') headFor(traffic, slot, action.lane);
  }
  if (action.kind === 'cut-out' && script.phase === 1) {
    const ahead = nearestAhead(vehicles, traffic.neighbours, slot, action.lane);
    const allowed = followingAcceleration(traffic, road, slot, ahead, action.lane);
    vehicles.a[slot] = Math.min(clamp(SPEED_GAIN * (script.speed - vehicles.sDot[slot]!), -1, 1), allowed);
    // Clear of the lane it left: from here on the model drives.
    if (vehicles.lane[slot] === action.lane && otherLaneOf(traffic.neighbours, slot) === NOBODY) script.phase = 3;
    return;
  }
  const v = vehicles.sDot[slot]!;
  let a = clamp(SPEED_GAIN * (script.speed - v), -ACTOR_DECELERATION, ACTOR_ACCELERATION);
  if (script.phase === 1 && action.kind === 'brake') a = Math.max(-action.deceleration, (script.speed - v) / TICK_S);
  // A cutter does not ram whoever drives ahead of it; a braking leader already brakes.
  vehicles.a[slot] = action.kind === 'cut-in' ? Math.min(a, Math.max(vehicles.a[slot]!, -ACTOR_DECELERATION)) : a;
  if (script.phase === 1 && Math.abs(v - script.speed) < 0.2) script.phase = 2;
  if (script.phase === 2) {
    script.hold -= TICK_S;
    if (script.hold <= 0) script.phase = 3;
  }
}

/** Whether the actor is clear ahead of the ego: beside or behind it there is nothing to cut in on. */
function isAhead(traffic: TrafficState, slot: number): boolean {
  return gapTo(traffic, 0, slot) > CUT_IN_GAP;
}

function fires(traffic: TrafficState, trigger: ScriptTrigger, slot: number, time: number): boolean {
  switch (trigger.kind) {
    case 'time':
      return time >= trigger.at;
    case 'gap-below':
      return gapTo(traffic, 0, slot) < trigger.gap;
    case 'ttc-below': {
      const leader = leaderOf(traffic.neighbours, slot);
      if (leader === NOBODY) return false;
      const closing = traffic.vehicles.sDot[slot]! - traffic.vehicles.sDot[leader]!;
      return gapTo(traffic, slot, leader) < trigger.ttc * closing;
    }
  }
}

/** Speed that the actor of an action goes to [m/s]. */
function speedToHold({ vehicles }: TrafficState, action: ScriptAction, slot: number): number {
  switch (action.kind) {
    case 'cut-in':
      return Math.max(0, vehicles.sDot[0]! + action.relativeSpeed);
    case 'cut-out':
      return vehicles.sDot[slot]!;
    case 'brake':
      return action.untilSpeed;
  }
}

function hasRoom(traffic: TrafficState, road: Road, slot: number, lane: number): boolean {
  const { vehicles, neighbours } = traffic;
  const leader = nearestAhead(vehicles, neighbours, slot, lane);
  const follower = nearestBehind(vehicles, neighbours, slot, lane);
  if (gapTo(traffic, slot, leader) < CUT_OUT_GAP) return false;
  if (followingAcceleration(traffic, road, slot, leader, lane) < -CUT_OUT_BRAKING) return false;
  if (follower === NOBODY) return true;
  if (gapTo(traffic, follower, slot) < CUT_OUT_GAP) return false;
  return followingAcceleration(traffic, road, follower, slot, lane) >= -CUT_OUT_BRAKING;
}

function approachGap(traffic: TrafficState, slot: number, gap: number, minds: boolean): void {
  const { vehicles } = traffic;
  const error = gap - gapTo(traffic, 0, slot);
  const wanted = GAP_GAIN * error + SPEED_GAIN * (vehicles.sDot[0]! - vehicles.sDot[slot]!);
  const limited = clamp(wanted, -ACTOR_DECELERATION, ACTOR_ACCELERATION);
  vehicles.a[slot] = minds ? Math.min(limited, vehicles.a[slot]!) : limited;
}
