import type { EgoCommand } from '../vehicle/egoCommand.ts';
import { type DriverIntent, neutralIntent, type PedalMemory, readIntent } from './driverIntent.ts';
import { createIndicatorStalk, type IndicatorStalk, moveIndicatorStalk } from './indicatorStalk.ts';
import type { RawInput } from './rawInput.ts';
import { advanceKeyDeflection, advanceStickDeflection, steerAngle } from './steeringShaper.ts';
import { DEFAULT_WHEEL_PROFILE, type WheelProfile } from './wheelProfile.ts';

/** Pedal travel over time for keys [s]: from released to floor, and back. */
export const THROTTLE_PRESS_S = 0.8;
export const THROTTLE_RELEASE_S = 0.25;
export const BRAKE_PRESS_S = 1;
export const BRAKE_RELEASE_S = 0.2;
/** The same for the full-brake key, and for the triggers and pedals of analogue devices. */
export const FULL_BRAKE_PRESS_S = 0.15;
const ANALOGUE_S = 0.08;

/** What the shaper remembers between substeps. Deflections and pedals are those of the command written last. */
export interface ShaperState {
  /** Steering as a share of the present limit, -1..1, left positive. */
  deflection: number;
  /** 0..1 */
  throttle: number;
  /** 0..1 */
  brake: number;
  readonly stalk: IndicatorStalk;
  readonly pedals: PedalMemory;
  /** How a wheel's axes are read; replaced when the person binds another device. */
  wheel: WheelProfile;
  readonly intent: DriverIntent;
}

/** A shaper with straight wheels and released pedals. */
export function createShaperState(wheel: WheelProfile = DEFAULT_WHEEL_PROFILE): ShaperState {
  return {
    deflection: 0,
    throttle: 0,
    brake: 0,
    stalk: createIndicatorStalk(),
    pedals: { throttleTouched: false, brakeTouched: false },
    wheel,
    intent: neutralIntent(),
  };
}

/**
 * Turns one device report into the command of one substep.
 *
 * Keys: steering as in `steeringShaper.ts`; a held pedal key moves its pedal at 1 / PRESS_S, a released one back at
 * 1 / RELEASE_S. Braking lifts the throttle at once. Stick: the same steering limit, followed fast. Wheel: the road
 * wheels turn with it, δ = turn * range / ratio, without a speed-dependent limit. `program`: a neutral command.
 * All rates are per second, so the result depends on the time that passed and not on the number of calls.
 *
 * @param speed of the ego [m/s]
 * @param dt time since the last call [s]
 * @throws RangeError when a wheel's profile does not fit the axes it reports.
 */
export function shape(raw: RawInput, speed: number, dt: number, state: ShaperState, out: EgoCommand): void {
  const { intent, stalk } = state;
  readIntent(raw, state.wheel, state.pedals, intent);
  const forward = speed < 0 ? -speed : speed;

  if (intent.source === 'wheel') {
    state.deflection = intent.steer;
    out.steer = (intent.steer * state.wheel.range) / state.wheel.ratio;
  } else {
    state.deflection =
      intent.source === 'stick'
        ? advanceStickDeflection(state.deflection, intent.steer, dt)
        : advanceKeyDeflection(state.deflection, intent.steer, forward, dt);
    out.steer = steerAngle(state.deflection, forward);
  }

  const keys = intent.source === 'keys' || intent.source === 'none';
  const braking = intent.fullBrake || intent.brake > 0;
  const throttle = braking ? 0 : intent.throttle;
  const brake = intent.fullBrake ? 1 : intent.brake;
  const brakePress = intent.fullBrake ? FULL_BRAKE_PRESS_S : keys ? BRAKE_PRESS_S : ANALOGUE_S;
  state.throttle = braking
    ? 0
    : movePedal(
        state.throttle,
        throttle,
        keys ? THROTTLE_PRESS_S : ANALOGUE_S,
        keys ? THROTTLE_RELEASE_S : ANALOGUE_S,
        dt,
      );
  state.brake = movePedal(state.brake, brake, brakePress, keys ? BRAKE_RELEASE_S : ANALOGUE_S, dt);
  out.throttle = state.throttle;
  out.brake = state.brake;

  moveIndicatorStalk(stalk, intent.indicateLeft, intent.indicateRight, state.deflection);
  out.indicator = stalk.position;
}

function movePedal(position: number, target: number, pressS: number, releaseS: number, dt: number): number {
  if (target > position) {
    const moved = position + dt / pressS;
    return Math.min(moved, target);
  }
  const moved = position - dt / releaseS;
  return Math.max(moved, target);
}
