import { fineCentre, withoutDeadZone } from './axisCurve.ts';
import { DRIVING_KEYS } from './drivingKeys.ts';
import type { RawInput } from './rawInput.ts';
import { type AxisBinding, checkWheelProfile, type WheelProfile } from './wheelProfile.ts';

/** What a person asks for at one instant, whatever the device. Reused between calls. */
export interface DriverIntent {
  /** How `steer` was given: keys are on or off, a stick is coarse, a wheel is an angle. */
  source: 'keys' | 'stick' | 'wheel' | 'none';
  /** -1..1, left positive, of the source's own range. */
  steer: number;
  /** 0..1 */
  throttle: number;
  /** 0..1 */
  brake: number;
  /** Whether the brake is to come at once instead of by the pedal's ramp. */
  fullBrake: boolean;
  indicateLeft: boolean;
  indicateRight: boolean;
}

/** Whether each pedal of a wheel set has moved yet: browsers report 0, half pressed, until it does. */
export interface PedalMemory {
  throttleTouched: boolean;
  brakeTouched: boolean;
}

/** Dead zone and fineness of a gamepad's stick. */
const STICK_DEAD_ZONE = 0.12;
const STICK_FINENESS = 0.45;
/** Travel of a gamepad's trigger that does nothing. */
const TRIGGER_DEAD_ZONE = 0.04;
/** Indices of the standard mapping (W3C Gamepad, section 11). */
const STANDARD = {
  steerAxis: 0,
  indicateLeft: 4,
  indicateRight: 5,
  brake: 6,
  throttle: 7,
  fullBrake: 1,
  rewind: 8,
} as const;

/** Whether a gamepad's Back button, left of its middle, is pressed: it takes a drive back by some seconds. */
export function asksToRewind(raw: RawInput): boolean {
  return raw.device === 'gamepad' && pressed(raw.buttons, STANDARD.rewind);
}

export function neutralIntent(): DriverIntent {
  return {
    source: 'none',
    steer: 0,
    throttle: 0,
    brake: 0,
    fullBrake: false,
    indicateLeft: false,
    indicateRight: false,
  };
}

/**
 * Reads a device report as an intent.
 * @param pedals updated: a wheel's pedal counts as released until it first reports something other than 0.
 * @throws RangeError when a wheel's profile does not fit the axes it reports.
 */
export function readIntent(raw: RawInput, profile: WheelProfile, pedals: PedalMemory, out: DriverIntent): void {
  out.steer = 0;
  out.throttle = 0;
  out.brake = 0;
  out.fullBrake = false;
  out.indicateLeft = false;
  out.indicateRight = false;
  if (raw.device === 'keyboard') readKeys(raw.keys, out);
  else if (raw.device === 'gamepad') readGamepad(raw.axes, raw.buttons, out);
  else if (raw.device === 'wheel') readWheel(raw.axes, raw.buttons, profile, pedals, out);
  else out.source = 'none';
}

function readKeys(keys: readonly string[], out: DriverIntent): void {
  out.source = 'keys';
  let left = false;
  let right = false;
  for (const key of keys) {
    const control = DRIVING_KEYS[key];
    if (control === 'left') left = true;
    else if (control === 'right') right = true;
    else if (control === 'throttle') out.throttle = 1;
    else if (control === 'brake') out.brake = 1;
    else if (control === 'full-brake') out.fullBrake = true;
    else if (control === 'indicate-left') out.indicateLeft = true;
    else if (control === 'indicate-right') out.indicateRight = true;
  }
  out.steer = (left ? 1 : 0) - (right ? 1 : 0);
}

function readGamepad(axes: readonly number[], buttons: readonly number[], out: DriverIntent): void {
  out.source = 'stick';
  out.steer = -fineCentre(withoutDeadZone(axes[STANDARD.steerAxis] ?? 0, STICK_DEAD_ZONE), STICK_FINENESS);
  out.throttle = withoutDeadZone(buttons[STANDARD.throttle] ?? 0, TRIGGER_DEAD_ZONE);
  out.brake = withoutDeadZone(buttons[STANDARD.brake] ?? 0, TRIGGER_DEAD_ZONE);
  out.fullBrake = pressed(buttons, STANDARD.fullBrake);
  out.indicateLeft = pressed(buttons, STANDARD.indicateLeft);
  out.indicateRight = pressed(buttons, STANDARD.indicateRight);
}

function readWheel(
  axes: readonly number[],
  buttons: readonly number[],
  profile: WheelProfile,
  pedals: PedalMemory,
  out: DriverIntent,
): void {
  checkWheelProfile(profile, axes.length);
  out.source = 'wheel';
  const turn = axes[profile.steer.axis]!;
  out.steer = -withoutDeadZone(profile.steer.inverted ? -turn : turn, profile.steer.deadZone);
  if (axes[profile.throttle.axis] !== 0) pedals.throttleTouched = true;
  if (axes[profile.brake.axis] !== 0) pedals.brakeTouched = true;
  out.throttle = pedals.throttleTouched ? pedalTravel(axes, profile.throttle) : 0;
  out.brake = pedals.brakeTouched ? pedalTravel(axes, profile.brake) : 0;
  // Paddles are the fifth and sixth button on the wheels that have them.
  out.indicateLeft = pressed(buttons, 5);
  out.indicateRight = pressed(buttons, 4);
}

function pedalTravel(axes: readonly number[], binding: AxisBinding): number {
  const x = axes[binding.axis]!;
  const travel = (1 + (binding.inverted ? -x : x)) / 2;
  return withoutDeadZone(Math.max(travel, 0), binding.deadZone);
}

function pressed(buttons: readonly number[], index: number): boolean {
  return (buttons[index] ?? 0) > 0.5;
}
