import { hash2 } from './groundNoise.ts';

/** Period of indicator lamps [s] (UN ECE R6 allows 60 to 120 blinks a minute). */
export const BLINK_PERIOD_S = 0.7;

/** Whether an indicator that is switched on is lit at a time; vehicles do not blink in step. */
export function indicatorLit(timeS: number, id: number): boolean {
  const phase = timeS / BLINK_PERIOD_S + (id === 0 ? 0 : hash2(id, 5));
  return phase - Math.floor(phase) < 0.5;
}
