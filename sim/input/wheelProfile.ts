/** How one control of a wheel set is read from its axes. */
export interface AxisBinding {
  /** Index into the device's axes. */
  readonly axis: number;
  /** Flips the axis. Unflipped, steering is positive to the right and a pedal is -1 released, 1 pressed. */
  readonly inverted: boolean;
  /** Half width of the dead zone; for a pedal the share of its travel that does nothing. 0 <= deadZone < 1. */
  readonly deadZone: number;
}

/** A steering wheel and its pedals, for devices without the standard mapping. */
export interface WheelProfile {
  readonly steer: AxisBinding;
  readonly throttle: AxisBinding;
  readonly brake: AxisBinding;
  /** Turn of the steering wheel from centre to the end of its axis [rad]. */
  readonly range: number;
  /** Steering-wheel angle over road-wheel angle. */
  readonly ratio: number;
}

/**
 * A 900 degree wheel with throttle and brake on the third and fourth axis, both 1 when released: the common three-pedal
 * sets.
 */
export const DEFAULT_WHEEL_PROFILE: WheelProfile = {
  steer: { axis: 0, inverted: false, deadZone: 0.005 },
  throttle: { axis: 2, inverted: true, deadZone: 0.03 },
  brake: { axis: 3, inverted: true, deadZone: 0.03 },
  range: 7.854,
  ratio: 16,
};

/**
 * Checks a profile against a device.
 * @throws RangeError naming the control, what it is bound to and what was expected.
 */
export function checkWheelProfile(profile: WheelProfile, axes: number): void {
  for (const control of ['steer', 'throttle', 'brake'] as const) {
    const { axis, deadZone } = profile[control];
    if (!Number.isInteger(axis) || axis < 0 || axis >= axes) {
      throw new RangeError(
        `Wheel profile: ${control} is bound to axis ${axis}, but the device has ${axes} axes; expected an index below that.`,
      );
    }
    if (!(deadZone >= 0 && deadZone < 1)) {
      throw new RangeError(`Wheel profile: ${control} has dead zone ${deadZone}; expected 0 <= deadZone < 1.`);
    }
  }
  for (const name of ['range', 'ratio'] as const) {
    if (!(profile[name] > 0 && Number.isFinite(profile[name]))) {
      throw new RangeError(`Wheel profile: ${name} is ${profile[name]}; expected a positive number.`);
    }
  }
}
