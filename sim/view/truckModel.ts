import { type BufferGeometry, Color } from 'three';
import { createSolidBuilder, type SolidBuilder } from './solidBuilder.ts';
import { LAMP, PAINT } from './vehicleMaterial.ts';

/** Boxes that the models fill [m]. */
export const TRUCK_WIDTH = 2.5;
export const RIGID_LENGTH = 9;
export const SEMI_LENGTH = 15.5;

const BODY = new Color('#ffffff');
const BOX = new Color('#f1f1ee');
const GLASS = new Color('#11161c');
const TRIM = new Color('#222326');
const TYRE = new Color('#151618');
const RIM = new Color('#9a9ea2');
const RED = new Color('#a01216');
const AMBER = new Color('#b8611a');
const LENS = new Color('#dfe4e8');
const HALF = TRUCK_WIDTH / 2;
const WHEEL = 0.5;

/** Rigid box truck. */
export function createRigidTruckModel(): BufferGeometry {
  const solid = createSolidBuilder();
  const [rear, front] = [-RIGID_LENGTH / 2, RIGID_LENGTH / 2];
  addCab(solid, front, 2.95);
  addBox(solid, rear, front - 2.25, 3.55);
  addAxles(solid, [front - 1.35, rear + 2.1]);
  addTail(solid, rear);
  return solid.build();
}

/** Tractor with semi-trailer, drawn as one stiff body. */
export function createSemiTruckModel(): BufferGeometry {
  const solid = createSolidBuilder();
  const [rear, front] = [-SEMI_LENGTH / 2, SEMI_LENGTH / 2];
  addCab(solid, front, 3.65);
  addBox(solid, rear, front - 2.75, 3.95);
  addAxles(solid, [front - 1.4, front - 4.7, rear + 4.6, rear + 3.3, rear + 2]);
  // Side guards and fuel tank between the axles.
  solid.style(TRIM).box([front - 4, 0.5, -1.1], [front - 2, 1.05, 1.1]);
  for (const z of [-1.2, 1.17]) solid.box([rear + 5.4, 0.55, z], [front - 5.6, 0.95, z + 0.03]);
  addTail(solid, rear);
  return solid.build();
}

function addCab(solid: SolidBuilder, front: number, height: number): void {
  const back = front - 2.1;
  const z = HALF - 0.04;
  // Bumper and lower cab, then the part with the windows leaning back, then the roof spoiler.
  solid.style(BODY, PAINT.body).taperedBox([back, 0.95, -z], [front, 1.85, z], [0.03, 0, 0.01]);
  solid.taperedBox([back, 1.85, -z + 0.01], [front - 0.03, 2.75, z - 0.01], [0.22, 0, 0.06]);
  solid.taperedBox([back, 2.75, -z + 0.08], [front - 0.3, height, z - 0.08], [0.75, 0, 0.12]);
  solid.style(TRIM).box([back, 0.35, -z], [front + 0.02, 0.97, z]);
  solid.box([front - 0.02, 1.12, -0.8], [front + 0.012, 1.5, 0.8]);
  solid.style(GLASS, PAINT.glass);
  solid.face([
    [front - 0.045, 1.92, z - 0.12],
    [front - 0.045, 1.92, -z + 0.12],
    [front - 0.2, 2.65, -z + 0.16],
    [front - 0.2, 2.65, z - 0.16],
  ]);
  solid.mirrored([
    [front - 1.3, 1.95, z + 0.004],
    [front - 0.22, 1.95, z + 0.004],
    [front - 0.36, 2.62, z - 0.04],
    [front - 1.3, 2.62, z - 0.04],
  ]);
  for (const side of [-1, 1]) {
    solid.style(TRIM);
    const m = side * (z + 0.16);
    solid.box([front - 0.32, 1.85, m - 0.1], [front - 0.18, 2.55, m + 0.1]);
    const [inner, outer] = [side * 0.72, side * 1.08];
    solid.style(LENS, PAINT.glass, LAMP.head);
    solid.box([front - 0.1, 0.66, Math.min(inner, outer)], [front + 0.035, 0.84, Math.max(inner, outer)]);
    solid.style(AMBER, PAINT.glass, side < 0 ? LAMP.left : LAMP.right);
    const corner = side * 1.2;
    solid.box([front - 0.2, 0.66, Math.min(corner, outer)], [front + 0.03, 0.84, Math.max(corner, outer)]);
  }
}

function addBox(solid: SolidBuilder, rear: number, front: number, height: number): void {
  // The box takes a third of the firm's colour; stripe and frame all of it.
  solid.style(BOX, 0.3).box([rear, 1.15, -HALF], [front, height, HALF]);
  solid
    .style(BODY, PAINT.body)
    .box([rear + 0.4, height * 0.52, -HALF - 0.006], [front - 0.4, height * 0.66, HALF + 0.006]);
  solid.style(TRIM).box([rear, 0.9, -HALF + 0.12], [front + 0.5, 1.16, HALF - 0.12]);
  for (const y of [1.15, height - 0.07]) {
    solid.style(new Color('#c9cbcb')).box([rear - 0.012, y, -HALF - 0.01], [front + 0.01, y + 0.07, HALF + 0.01]);
  }
  // Rear doors: frame, centre gap, locking bars.
  solid.box([rear - 0.015, 1.15, -HALF - 0.01], [rear + 0.02, height, -HALF + 0.07]);
  solid.box([rear - 0.015, 1.15, HALF - 0.07], [rear + 0.02, height, HALF + 0.01]);
  solid.style(TRIM).box([rear - 0.012, 1.22, -0.012], [rear, height - 0.07, 0.012]);
  solid.style(new Color('#9fa3a6'));
  for (const z of [-0.85, -0.35, 0.35, 0.85])
    solid.box([rear - 0.03, 1.25, z - 0.018], [rear, height - 0.1, z + 0.018]);
}

function addAxles(solid: SolidBuilder, places: readonly number[]): void {
  for (const x of places) {
    for (const side of [-1, 1]) {
      solid
        .style(TYRE)
        .tube([x, WHEEL, side * 1.02], WHEEL, 0.2, 12)
        .disc([x, WHEEL, side * 1.22], WHEEL, 12, side);
      solid.style(RIM).disc([x, WHEEL, side * 1.224], WHEEL * 0.58, 9, side);
      solid.style(TRIM).disc([x, WHEEL, side * 1.228], WHEEL * 0.22, 6, side);
    }
    solid.style(TRIM).box([x - 0.62, 1.03, -HALF + 0.02], [x + 0.62, 1.08, HALF - 0.02]);
  }
}

function addTail(solid: SolidBuilder, rear: number): void {
  // Underrun bar with the lamps, and the red and white plates that European trailers carry.
  solid.style(TRIM).box([rear + 0.02, 0.48, -1.18], [rear + 0.16, 0.66, 1.18]);
  solid.box([rear + 0.02, 0.82, -1.2], [rear + 0.1, 1.14, 1.2]);
  for (const side of [-1, 1]) {
    const box = (z0: number, z1: number) => {
      const [a, b] = [Math.min(side * z0, side * z1), Math.max(side * z0, side * z1)];
      solid.box([rear - 0.02, 0.86, a], [rear + 0.04, 1.06, b]);
    };
    solid.style(RED, PAINT.glass, LAMP.brake);
    box(0.62, 0.96);
    solid.style(AMBER, PAINT.glass, side < 0 ? LAMP.left : LAMP.right);
    box(0.98, 1.18);
  }
}
