import { type BufferGeometry, Color } from 'three';
import { createSolidBuilder } from './solidBuilder.ts';
import { LAMP, PAINT } from './vehicleMaterial.ts';

/** Boxes that the models fill [m]. */
export const MOTORCYCLE_LENGTH = 2.2;
export const MOTORCYCLE_WIDTH = 0.8;
export const OBSTACLE_LENGTH = 1;
export const OBSTACLE_WIDTH = 1;

const TRIM = new Color('#202124');
const TYRE = new Color('#151618');
const STEEL = new Color('#9a9ea2');

/** Motorcycle with its rider. */
export function createMotorcycleModel(): BufferGeometry {
  const solid = createSolidBuilder();
  for (const x of [-0.74, 0.76]) {
    solid.style(TYRE).tube([x, 0.32, 0], 0.32, 0.07, 14);
    for (const side of [-1, 1]) {
      solid.style(TYRE).disc([x, 0.32, side * 0.07], 0.32, 14, side);
      solid.style(STEEL).disc([x, 0.32, side * 0.074], 0.2, 10, side);
    }
  }
  solid.style(TRIM).taperedBox([-0.5, 0.3, -0.16], [0.42, 0.62, 0.16], [0.05, 0.05, 0.02]);
  solid.style(new Color('#ffffff'), PAINT.body).taperedBox([-0.1, 0.6, -0.17], [0.48, 0.92, 0.17], [0.15, 0.1, 0.06]);
  solid.taperedBox([-1.02, 0.66, -0.1], [-0.4, 0.84, 0.1], [0, 0.1, 0.03]);
  solid.taperedBox([0.42, 0.7, -0.2], [0.86, 1.12, 0.2], [0.25, 0, 0.08]);
  solid.style(TRIM).box([0.36, 0.98, -0.38], [0.42, 1.03, 0.38]);
  // Rider: legs, leaning torso, arms, helmet.
  solid.style(new Color('#2b2f3a'));
  for (const z of [-0.22, 0.22]) {
    solid.box([-0.42, 0.42, z - 0.08], [0.08, 0.62, z + 0.08]);
    solid.box([-0.1, 0.5, z - 0.08], [0.1, 0.86, z + 0.08]);
    solid.box([0.05, 1.0, z - 0.06], [0.4, 1.14, z + 0.06]);
  }
  solid.taperedBox([-0.46, 0.82, -0.22], [0.08, 1.4, 0.22], [-0.12, 0.2, 0.03]);
  solid
    .style(new Color('#ffffff'), PAINT.body)
    .taperedBox([-0.16, 1.38, -0.14], [0.18, 1.66, 0.14], [0.06, 0.06, 0.05]);
  solid.style(new Color('#a01216'), PAINT.glass, LAMP.brake).box([-1.06, 0.7, -0.08], [-1.0, 0.79, 0.08]);
  for (const side of [-1, 1]) {
    solid.style(new Color('#b8611a'), PAINT.glass, side < 0 ? LAMP.left : LAMP.right);
    solid.box([-1.0, 0.7, side * 0.2 - 0.04], [-0.94, 0.77, side * 0.2 + 0.04]);
  }
  solid.style(new Color('#dfe4e8'), PAINT.glass, LAMP.head).box([0.84, 0.78, -0.1], [0.9, 0.92, 0.1]);
  return solid.build();
}

/** Striped barrier that fills its box, 1 m high. */
export function createObstacleModel(): BufferGeometry {
  const solid = createSolidBuilder();
  solid.style(new Color('#8f8f8a')).box([-0.5, 0, -0.5], [0.5, 0.12, 0.5]);
  const stripes = 6;
  for (let i = 0; i < stripes; i++) {
    solid.style(new Color(i % 2 ? '#f4f4f0' : '#d3261f'));
    solid.box([-0.46, 0.12, -0.46 + (0.92 * i) / stripes], [0.46, 1, -0.46 + (0.92 * (i + 1)) / stripes]);
  }
  return solid.build();
}
