/** Roll and pitch of the drawn body; nothing else in the simulator knows of them. */
export interface BodyMotion {
  /** [rad], positive to the right. */
  roll: number;
  /** [rad/s] */
  rollRate: number;
  /** [rad], positive nose up. */
  pitch: number;
  /** [rad/s] */
  pitchRate: number;
}

/** Steady angle per acceleration [rad s²/m]: 3.2 degrees of roll and 1.8 of pitch at 1 g, as a firm saloon has. */
const ROLL_PER_ACCELERATION = 0.0057;
const PITCH_PER_ACCELERATION = 0.0032;
/** Natural frequency [rad/s] (1.4 Hz) and damping ratio of the body on its springs. */
const FREQUENCY = 8.8;
const DAMPING = 0.42;
/** Longest step that is integrated at once [s], and the longest gap that is not a jump. */
const STEP_S = 1 / 120;
const JUMP_S = 0.5;

export function createBodyMotion(): BodyMotion {
  return { roll: 0, rollRate: 0, pitch: 0, pitchRate: 0 };
}

/**
 * Lets the body settle for `dt` seconds under an acceleration, as a second-order system:
 * θ'' = ω² (g a - θ) - 2 ζ ω θ'. Left acceleration rolls it right, forward acceleration lifts its nose.
 * Going back in time, or forward by more than half a second, settles it at once.
 * @param ax longitudinal acceleration [m/s²]
 * @param ay lateral acceleration [m/s²], left positive
 */
export function settleBody(body: BodyMotion, ax: number, ay: number, dt: number): void {
  const rollTarget = ROLL_PER_ACCELERATION * ay;
  const pitchTarget = PITCH_PER_ACCELERATION * ax;
  if (dt < 0 || dt > JUMP_S) {
    body.roll = rollTarget;
    body.pitch = pitchTarget;
    body.rollRate = 0;
    body.pitchRate = 0;
    return;
  }
  const steps = Math.ceil(dt / STEP_S);
  const h = dt / steps;
  for (let i = 0; i < steps; i++) {
    body.rollRate += h * (FREQUENCY * FREQUENCY * (rollTarget - body.roll) - 2 * DAMPING * FREQUENCY * body.rollRate);
    body.pitchRate +=
      h * (FREQUENCY * FREQUENCY * (pitchTarget - body.pitch) - 2 * DAMPING * FREQUENCY * body.pitchRate);
    body.roll += h * body.rollRate;
    body.pitch += h * body.pitchRate;
  }
}
