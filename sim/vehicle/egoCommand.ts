/** What a driver (a person through the input shaper, or a program) asks of the ego for one substep. */
export interface EgoCommand {
  /** Requested road-wheel angle [rad], left positive; the actuator limits rate and range. */
  steer: number;
  /** Drive request, 0..1 of the force available at the present speed. */
  throttle: number;
  /** Brake request, 0..1 of the ABS limit. */
  brake: number;
  /** Turn indicator: 1 left, 0 off, -1 right. Seen by the renderer and by traffic. */
  indicator: number;
}

/** A command that asks for nothing: straight wheels, no pedals. */
export function neutralCommand(): EgoCommand {
  return { steer: 0, throttle: 0, brake: 0, indicator: 0 };
}
