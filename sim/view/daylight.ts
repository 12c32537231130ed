import { type Color, DirectionalLight, HemisphereLight } from 'three';
import { PALETTE, SUN_DIRECTION } from './palette.ts';

/** Strength of the sun and of the sky, in three's units: a white Lambert face shows strength / pi. */
const SUN_STRENGTH = 2.5;
const SKY_STRENGTH = 1.75;
const LENGTH = Math.hypot(...SUN_DIRECTION);
const [SUN_X, SUN_Y, SUN_Z] = SUN_DIRECTION.map((x) => x / LENGTH) as [number, number, number];

/** The lamps of the scene, for vehicles and plants. */
export function createDaylight(): readonly [DirectionalLight, HemisphereLight] {
  const sun = new DirectionalLight(PALETTE.sunLight, SUN_STRENGTH);
  sun.position.set(SUN_X, SUN_Y, SUN_Z);
  return [sun, new HemisphereLight(PALETTE.skyLight, PALETTE.groundLight, SKY_STRENGTH)];
}

/**
 * Writes to `out` what a Lambert face with this normal (any length) shows of white under the same lamps. What never
 * moves is coloured once with it: ground and road fill most of the picture, and are then drawn without lighting.
 */
export function daylightOn(nx: number, ny: number, nz: number, out: Color): Color {
  const length = Math.hypot(nx, ny, nz) || 1;
  const facing = Math.max(0, (nx * SUN_X + ny * SUN_Y + nz * SUN_Z) / length);
  const upward = 0.5 + (0.5 * ny) / length;
  const sun = (SUN_STRENGTH * facing) / Math.PI;
  const sky = (SKY_STRENGTH * upward) / Math.PI;
  const ground = (SKY_STRENGTH * (1 - upward)) / Math.PI;
  const { sunLight, skyLight, groundLight } = PALETTE;
  return out.setRGB(
    sun * sunLight.r + sky * skyLight.r + ground * groundLight.r,
    sun * sunLight.g + sky * skyLight.g + ground * groundLight.g,
    sun * sunLight.b + sky * skyLight.b + ground * groundLight.b,
  );
}
