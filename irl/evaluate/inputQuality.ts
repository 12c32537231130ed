import type { Recording } from '../../recordings/recording.ts';
import { SUBSTEPS_PER_TICK } from '../../sim/core/time.ts';
import { steerLimit, WHEELBASE } from '../../sim/input/steeringShaper.ts';
import { MIDSIZE_CAR } from '../../sim/vehicle/bicycleParameters.ts';
import { roadOf } from '../features/sceneFromRecording.ts';
import type { TickRange } from './ownDriving.ts';

/** Road-wheel angle that counts as none [rad]: at 30 m/s it bends the path by less than 0.02 m/s². */
export const ZERO_STEER = 1e-4;
/** Share of the range from which a control counts as at its stop. */
export const AT_STOP = 0.99;
/** Pedal position from which a pedal counts as pressed. */
const PRESSED = 0.01;

/** How steering and pedals were used; shares of the time at the wheel, 0..1. */
export interface InputQuality {
  /** The wheels stand straight (within 1e-4 rad). */
  readonly zeroSteer: number;
  /** The same where the lane itself bends; null on a straight road. */
  readonly zeroSteerInCurves: number | null;
  /** Steering at its stop: at the speed's limit for keys and sticks, at the car's for wheels and programs. */
  readonly steerAtStop: number;
  /** Throttle on the floor, as a share of the time it is pressed; null when it never is. */
  readonly throttleAtStop: number | null;
  /** Brake on the floor, as a share of the time it is pressed; null when it never is. */
  readonly brakeAtStop: number | null;
  /** Neither pedal is pressed. */
  readonly coasting: number;
}

/**
 * Shares over the substeps of the given stretches, from the shaped commands.
 * @returns null where no inputs were recorded, as in imported traffic, or the stretches are empty
 */
export function inputQuality(recording: Recording, ranges: readonly TickRange[]): InputQuality | null {
  const { input, ego, metadata } = recording;
  const road = roadOf(recording);
  const isLimitedBySpeed = metadata.device === 'keyboard' || metadata.device === 'gamepad';
  const count = { rows: 0, zero: 0, curve: 0, zeroInCurve: 0, steerStop: 0, coast: 0 };
  const throttle = { pressed: 0, stop: 0 };
  const brake = { pressed: 0, stop: 0 };
  for (const { fromTick, toTick } of ranges) {
    const end = Math.min(toTick * SUBSTEPS_PER_TICK, input.rows);
    for (let row = fromTick * SUBSTEPS_PER_TICK; row < end; row++) {
      const at = Math.floor((row * ego.rowsPerTick) / SUBSTEPS_PER_TICK);
      const steer = Math.abs(input.steer[row]!);
      const isZero = steer <= ZERO_STEER;
      count.rows++;
      if (isZero) count.zero++;
      if (Math.abs(road.curvature(ego.s[at]!)) * WHEELBASE > ZERO_STEER) {
        count.curve++;
        if (isZero) count.zeroInCurve++;
      }
      const limit = isLimitedBySpeed ? steerLimit(Math.abs(ego.sDot[at]!)) : MIDSIZE_CAR.steerLimit;
      if (steer >= AT_STOP * limit) count.steerStop++;
      for (const [pedal, position] of [
        [throttle, input.throttle[row]!],
        [brake, input.brake[row]!],
      ] as const) {
        if (position > PRESSED) pedal.pressed++;
        if (position >= AT_STOP) pedal.stop++;
      }
      if (input.throttle[row]! <= PRESSED && input.brake[row]! <= PRESSED) count.coast++;
    }
  }
  if (count.rows === 0) return null;
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return {
    zeroSteer: count.zero / count.rows,
    zeroSteerInCurves: share(count.zeroInCurve, count.curve),
    steerAtStop: count.steerStop / count.rows,
    throttleAtStop: share(throttle.stop, throttle.pressed),
    brakeAtStop: share(brake.stop, brake.pressed),
    coasting: count.coast / count.rows,
  };
}
