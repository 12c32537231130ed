import { type BufferGeometry, Color } from 'three';
import { CAR_WIDTH } from './carModel.ts';
import { createSolidBuilder } from './solidBuilder.ts';
import { LAMP, PAINT } from './vehicleMaterial.ts';

const BODY = new Color('#ffffff');
const GLASS = new Color('#11161c');
const TYRE = new Color('#151618');
const RED = new Color('#a01216');
const AMBER = new Color('#b8611a');
const LENS = new Color('#dfe4e8');

/** A car of a hundred triangles, for those that are a few pixels tall. Fills the same box as the others. */
export function createFarCarModel(): BufferGeometry {
  const solid = createSolidBuilder();
  const half = CAR_WIDTH / 2 - 0.02;
  solid.style(BODY, PAINT.body).taperedBox([-2.3, 0.28, -half], [2.3, 0.92, half], [0.25, 0.06, 0.06]);
  solid.style(GLASS, PAINT.glass).taperedBox([-1.9, 0.92, -0.83], [1.05, 1.42, 0.83], [0.8, 0.65, 0.19]);
  solid.style(BODY, PAINT.body).taperedBox([-1.28, 1.4, -0.66], [0.28, 1.47, 0.66], [0.1, 0.1, 0.06]);
  solid.style(TYRE).box([-1.68, 0, -0.9], [-1.04, 0.6, 0.9]).box([1.08, 0, -0.9], [1.72, 0.6, 0.9]);
  for (const side of [-1, 1]) {
    const lens = (x: number, z0: number, z1: number) => {
      const [a, b] = [Math.min(side * z0, side * z1), Math.max(side * z0, side * z1)];
      solid.box([x - 0.03, 0.66, a], [x + 0.03, 0.84, b]);
    };
    solid.style(RED, PAINT.glass, LAMP.brake);
    lens(-2.28, 0.44, 0.74);
    solid.style(LENS, PAINT.glass, LAMP.head);
    lens(2.16, 0.46, 0.74);
    solid.style(AMBER, PAINT.glass, side < 0 ? LAMP.left : LAMP.right);
    lens(-2.27, 0.74, 0.9);
    lens(2.15, 0.74, 0.88);
  }
  return solid.build();
}
