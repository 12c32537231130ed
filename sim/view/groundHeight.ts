import { fractalNoise2, smoothStep } from './groundNoise.ts';

/** Distance from the pavement up to which the ground follows the road in strips [m]; the open country begins there. */
export const VERGE_M = 110;

/**
 * Height of the ground [m] at a distance from the pavement: a shallow ditch, a bank, then rolling country.
 * @param distance from the pavement's edge [m]
 * @param x world place [m]
 * @param y world place [m]
 */
export function groundHeight(distance: number, x: number, y: number): number {
  const ditch = -0.04 - 0.7 * smoothStep(1.2, 5, distance) + 0.45 * smoothStep(6, 16, distance);
  const open = smoothStep(14, 240, distance);
  const rolling = (fractalNoise2(x / 420, y / 420) - 0.42) * 46;
  const bank = smoothStep(8, 40, distance) * (fractalNoise2(x / 85 + 40, y / 85) - 0.5) * 2.6;
  return ditch + bank + open * rolling;
}
