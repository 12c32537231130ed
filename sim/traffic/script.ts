import { clamp } from '../core/deterministicMath.ts';
import { TICK_S } from '../core/time.ts';
import { gapTo } from './carFollowing.ts';
import { slotOf, type TrafficState } from './trafficState.ts';

/** When a scripted manoeuvre begins. */
export type ScriptTrigger =
  /** At a time since the start [s]. */
  | { readonly kind: 'time'; readonly at: number }
  /** When the bumper-to-bumper distance from the ego to the actor falls under a value [m]. */
  | { readonly kind: 'gap-below'; readonly gap: number };

/** What a scripted vehicle does once its trigger fires. */
export type ScriptAction =
  /** Drives into a lane whether or not there is room, and goes to the ego's speed plus `relativeSpeed` [m/s]. */
  | { readonly kind: 'cut-in'; readonly lane: number; readonly relativeSpeed: number; readonly holdS: number }
  /** Brakes with `deceleration` [m/s²] down to `untilSpeed` [m/s] and stays there for `holdS` [s]. */
  | { readonly kind: 'brake'; readonly deceleration: number; readonly untilSpeed: number; readonly holdS: number };

/** A manoeuvre of one vehicle. Before its trigger it may be held at a gap ahead of the ego; after it the traffic model takes over. */
export interface ScriptSpec {
  /** Id of the acting vehicle. */
  readonly actor: number;
  /** Gap ahead of the ego to be kept until the trigger [m], bumper to bumper; null leaves the actor to the model. */
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
/** Limits of an actor's own manoeuvres [m/s²]. */
const ACTOR_ACCELERATION = 3;
const ACTOR_DECELERATION = 4;

/** Overrides what the traffic model decided for scripted vehicles. Call after `decideTraffic`. */
export function runScripts(traffic: TrafficState, scripts: readonly ScriptState[], time: number): void {
  for (const script of scripts) {
    const slot = slotOf(traffic.vehicles, script.spec.actor);
    if (slot > 0 && script.phase < 3) runScript(traffic, script, slot, time);
  }
}

function runScript(traffic: TrafficState, script: ScriptState, slot: number, time: number): void {
  const { vehicles } = traffic;
  const { action, trigger } = script.spec;
  if (script.phase === 0) {
    const fires = trigger.kind === 'time' ? time >= trigger.at : gapTo(traffic, 0, slot) < trigger.gap;
    if (!fires) {
      if (script.spec.keepGap !== null) keepGap(traffic, slot, script.spec.keepGap);
      return;
    }
    script.phase = 1;
    script.hold = action.holdS;
    script.speed = action.kind === 'cut-in' ? Math.max(0, vehicles.sDot[0]! + action.relativeSpeed) : action.untilSpeed;
    if (action.kind === 'cut-in') vehicles.targetLane[slot] = action.lane;
  }
  const v = vehicles.sDot[slot]!;
  let a = clamp(SPEED_GAIN * (script.speed - v), -ACTOR_DECELERATION, ACTOR_ACCELERATION);
  if (script.phase === 1 && action.kind === 'brake') a = Math.max(-action.deceleration, (script.speed - v) / TICK_S);
  // A cutter does not ram whoever drives ahead of it; a braking leader already brakes.
  vehicles.a[slot] = action.kind === 'cut-in' ? Math.min(a, Math.max(vehicles.a[slot]!, -ACTOR_DECELERATION)) : a;
  vehicles.braking[slot] = vehicles.a[slot]! < -0.7 || v < 0.1 ? 1 : 0;
  if (script.phase === 1 && Math.abs(v - script.speed) < 0.2) script.phase = 2;
  if (script.phase === 2) {
    script.hold -= TICK_S;
    if (script.hold <= 0) script.phase = 3;
  }
}

function keepGap(traffic: TrafficState, slot: number, gap: number): void {
  const { vehicles } = traffic;
  const error = gap - gapTo(traffic, 0, slot);
  const wanted = GAP_GAIN * error + SPEED_GAIN * (vehicles.sDot[0]! - vehicles.sDot[slot]!);
  vehicles.a[slot] = Math.min(clamp(wanted, -ACTOR_DECELERATION, ACTOR_ACCELERATION), vehicles.a[slot]!);
}
