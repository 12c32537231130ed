import type { Color } from 'three';
import { fractalNoise2, hash2, noise2, smoothStep } from './groundNoise.ts';
import { PALETTE } from './palette.ts';

/** Size of a field [m], and the angle of the fields to the compass. */
const FIELD_M = 190;
const FIELD_SIN = 0.42;
const FIELD_COS = 0.9075;

/**
 * Colour of the ground at a world place: mown grass near the road, meadow with dry patches beyond it, then a patchwork
 * of fields.
 * @param distance from the pavement's edge [m]
 */
export function groundColour(distance: number, x: number, y: number, out: Color): Color {
  const dry = smoothStep(0.42, 0.75, fractalNoise2(x / 60, y / 60));
  const dark = smoothStep(0.5, 0.8, noise2(x / 23 + 71, y / 23));
  out
    .copy(PALETTE.grass)
    .lerp(PALETTE.grassDry, 0.65 * dry)
    .lerp(PALETTE.grassDark, 0.5 * dark);
  const fields = smoothStep(90, 150, distance);
  if (fields > 0) {
    const u = (x * FIELD_COS + y * FIELD_SIN) / FIELD_M;
    const v = (y * FIELD_COS - x * FIELD_SIN) / (FIELD_M * 1.6);
    const draw = hash2(Math.floor(u), Math.floor(v));
    const crop =
      draw < 0.3 ? PALETTE.wheat : draw < 0.4 ? PALETTE.soil : draw < 0.65 ? PALETTE.grassDark : PALETTE.grass;
    out.lerp(crop, 0.8 * fields);
  }
  return out;
}
