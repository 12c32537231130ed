import { fineCentre } from './axisCurve.ts';

/** Wheelbase that the steering limit assumes [m]. */
export const WHEELBASE = 2.8;
/**
 * Understeer gradient that the limit assumes [rad s²/m]. A little under that of the simulated car (0.0023), so that the
 * real lateral acceleration stays below the bound.
 */
export const UNDERSTEER_GRADIENT = 0.002;
/** Largest road-wheel angle a key or stick asks for [rad], reached only near walking speed. */
export const MAX_STEER = 0.5;
/** Lateral acceleration at full deflection below 10 m/s and above 30 m/s [m/s²]; linear between. */
export const SLOW_LATERAL_ACCELERATION = 5;
export const FAST_LATERAL_ACCELERATION = 3.5;
/** Time from full deflection back to the centre once the keys are released [s], at every speed. */
export const CENTRING_S = 0.3;
/** Time from centre to full deflection at standstill, and what 30 m/s adds to it [s]. */
export const DEFLECTION_S = 0.45;
export const DEFLECTION_ADDED_S = 0.4;
/** Time a stick's full swing from centre takes at least [s]. */
const STICK_S = 0.18;
/** Share of the quadratic part in deflection -> angle: a short tap corrects, a long one changes lanes. */
const FINENESS = 0.5;

/**
 * Bound on steady-state lateral acceleration at full deflection [m/s²]:
 * a_max(v) = 5 up to 10 m/s, falling linearly to 3.5 at 30 m/s and above.
 */
export function lateralAccelerationBound(speed: number): number {
  const share = speed <= 10 ? 0 : speed >= 30 ? 1 : (speed - 10) / 20;
  return SLOW_LATERAL_ACCELERATION + share * (FAST_LATERAL_ACCELERATION - SLOW_LATERAL_ACCELERATION);
}

/**
 * Largest road-wheel angle at a speed [rad]. A car with wheelbase L and understeer gradient K settles at
 * a_y = v² δ / (L + K v²), so δ_max(v) = min(MAX_STEER, a_max(v) (L / v² + K)). Never rises with speed.
 */
export function steerLimit(speed: number): number {
  const squared = speed * speed;
  if (squared < 1) return MAX_STEER;
  const limit = lateralAccelerationBound(speed) * (WHEELBASE / squared + UNDERSTEER_GRADIENT);
  return Math.min(limit, MAX_STEER);
}

/**
 * Moves a deflection u (-1..1, left positive) towards the held keys' target r in {-1, 0, 1} for `dt` seconds.
 *
 * Towards the centre u moves at 1 / CENTRING_S, away from it at 1 / T(v), T(v) = DEFLECTION_S + DEFLECTION_ADDED_S
 * min(v / 30, 1); opposite keys cross the centre in the middle of a step. Both rates are constant in u, so n steps of
 * dt / n end where one of dt does.
 */
export function advanceKeyDeflection(u: number, target: number, speed: number, dt: number): number {
  const fast = speed < 0 ? 0 : speed > 30 ? 1 : speed / 30;
  return advance(u, target, 1 / (DEFLECTION_S + DEFLECTION_ADDED_S * fast), 1 / CENTRING_S, dt);
}

/** Follows a stick: the same motion with both rates at 1 / 0.18 s. */
export function advanceStickDeflection(u: number, target: number, dt: number): number {
  return advance(u, target, 1 / STICK_S, 1 / STICK_S, dt);
}

/** Road-wheel angle of a deflection [rad]: δ = δ_max(v) (u + u |u|) / 2. Odd, strictly increasing in u. */
export function steerAngle(u: number, speed: number): number {
  return steerLimit(speed) * fineCentre(u, FINENESS);
}

function advance(u: number, target: number, outRate: number, inRate: number, dt: number): number {
  let time = dt;
  let position = u;
  if (position * target < 0 || (target === 0 && position !== 0) || Math.abs(position) > Math.abs(target)) {
    const stop = position * target > 0 ? target : 0;
    const distance = position > stop ? position - stop : stop - position;
    const needed = distance / inRate;
    if (needed >= time) return position > stop ? position - inRate * time : position + inRate * time;
    position = stop;
    time -= needed;
  }
  const distance = target > position ? target - position : position - target;
  if (outRate * time >= distance) return target;
  return target > position ? position + outRate * time : position - outRate * time;
}
