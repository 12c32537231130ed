import { Color, Group, Matrix4, Mesh, MeshLambertMaterial } from 'three';
import { EGO_COLOUR } from './bodyColours.ts';
import { DRIVER_EYE } from './cameraRig.ts';
import { createSolidBuilder, type SolidBuilder } from './solidBuilder.ts';

/** Steering-wheel angle over road-wheel angle. */
const STEERING_RATIO = 15;
/** Centre of the steering wheel in the car, its radius [m] and its rake [rad]. */
const WHEEL = { x: 0.5, y: 0.885, radius: 0.185, rake: 0.36 } as const;

const DARK = new Color('#33363b');
const DARKER = new Color('#212327');
const SOFT = new Color('#43474d');
const LINER = new Color('#8f9192');
const CHROME = new Color('#a9adb1');
const MIRROR_SKY = new Color('#a9c4dc');
const MIRROR_ROAD = new Color('#6d7474');

type Point = readonly [number, number, number];

/** What the driver sees of the own car: bonnet, dashboard, pillars, mirror, and the steering wheel, which turns. */
export function createCockpit() {
  const material = new MeshLambertMaterial({ vertexColors: true, fog: false });
  // Light that comes in by all windows: faces turned down are not black.
  material.emissive.setRGB(0.012, 0.013, 0.014);
  const body = new Mesh(createInterior(), material);
  const wheel = new Mesh(createWheel(), material);
  const group = new Group();
  group.add(body, wheel);
  for (const mesh of [body, wheel]) {
    mesh.frustumCulled = false;
    mesh.matrixAutoUpdate = false;
    mesh.renderOrder = 7;
  }
  group.visible = false;
  const turn = new Matrix4();
  const rake = new Matrix4().makeRotationZ(WHEEL.rake);
  const mount = new Matrix4().makeTranslation(WHEEL.x, WHEEL.y, DRIVER_EYE.right).multiply(rake);
  return {
    group,
    /** @param car matrix of the ego @param steer road-wheel angle [rad], left positive */
    update(car: Matrix4, steer: number): void {
      body.matrix.copy(car);
      turn.makeRotationX(-steer * STEERING_RATIO);
      wheel.matrix.copy(car).multiply(mount).multiply(turn);
    },
    dispose(): void {
      body.geometry.dispose();
      wheel.geometry.dispose();
      material.dispose();
    },
  };
}

function createInterior() {
  const solid = createSolidBuilder();
  // Bonnet: two planes with a crease, falling to the nose.
  solid.style(EGO_COLOUR);
  for (const [x0, x1, y0, y1] of [
    [1.0, 1.6, 0.9, 0.86],
    [1.6, 2.12, 0.86, 0.76],
  ] as const) {
    solid.mirrored([
      [x0, y0 + 0.035, 0],
      [x0, y0 + 0.035, 0.32],
      [x1, y1 + 0.03, 0.3],
      [x1, y1 + 0.03, 0],
    ]);
    solid.mirrored([
      [x0, y0 + 0.035, 0.32],
      [x0, y0, 0.82],
      [x1, y1, 0.76],
      [x1, y1 + 0.03, 0.3],
    ]);
  }
  // Dashboard: top, face, hood over the instruments.
  solid.style(SOFT);
  solid.face([
    [0.66, 0.9, 0.85],
    [1.04, 0.905, 0.85],
    [1.04, 0.905, -0.85],
    [0.66, 0.9, -0.85],
  ]);
  solid.style(DARK);
  solid.face([
    [0.66, 0.9, -0.85],
    [0.58, 0.5, -0.85],
    [0.58, 0.5, 0.85],
    [0.66, 0.9, 0.85],
  ]);
  const z = DRIVER_EYE.right;
  solid.style(DARKER).taperedBox([0.62, 0.88, z - 0.2], [0.86, 0.965, z + 0.2], [0.1, 0.02, 0.05]);
  solid.style(new Color('#0b0d10')).box([0.628, 0.89, z - 0.165], [0.634, 0.95, z + 0.165]);
  solid.style(new Color('#3f86a8'));
  for (const dial of [-0.09, 0.09]) solid.box([0.622, 0.898, z + dial - 0.045], [0.63, 0.94, z + dial + 0.045]);
  // Screen in the middle of the dashboard.
  solid.style(DARKER).taperedBox([0.64, 0.86, 0.02], [0.68, 0.99, 0.27], [0.01, 0.01, 0.005]);
  solid.style(new Color('#2c4a5e')).face([
    [0.6395, 0.87, 0.03],
    [0.6395, 0.87, 0.26],
    [0.6485, 0.98, 0.255],
    [0.6485, 0.98, 0.035],
  ]);
  addFrame(solid);
  return solid.build();
}

/** Pillars, roof edge, doors and mirrors around the windscreen. */
function addFrame(solid: SolidBuilder): void {
  solid.style(DARK);
  for (const side of [-1, 1]) {
    const low = side * 0.86;
    const high = side * 0.66;
    const w = side * 0.055;
    const pillar = [
      [1.02, 0.9, low],
      [1.02, 0.9, low - w * 1.6],
      [0.22, 1.43, high - w],
      [0.22, 1.43, high],
    ] as const;
    solid.face(pillar);
    solid.face([...pillar].reverse());
    const inner = [
      [1.02, 0.9, low - w * 1.6],
      [0.9, 0.9, low - w * 1.6],
      [0.12, 1.43, high - w],
      [0.22, 1.43, high - w],
    ] as const;
    solid.face(inner);
    solid.face([...inner].reverse());
    const door = [
      [-1.2, 0.93, side * 0.86],
      [1.02, 0.9, side * 0.86],
      [1.02, 0.5, side * 0.86],
      [-1.2, 0.5, side * 0.86],
    ] as const;
    solid.face(door);
    solid.face([...door].reverse());
    const mirror = side * 1.0;
    solid.style(EGO_COLOUR).taperedBox([0.82, 0.93, mirror - 0.1], [0.9, 1.06, mirror + 0.1], [0.02, 0, 0.02]);
    addGlass(solid, [0.814, 0.942, mirror - 0.085], [0.82, 1.048, mirror + 0.085]);
    solid.style(DARK);
  }
  solid.style(LINER).box([-0.4, 1.43, -0.68], [0.24, 1.48, 0.68]);
  solid.style(DARK).box([0.2, 1.42, -0.66], [0.26, 1.46, 0.66]);
  solid.style(DARKER).taperedBox([0.4, 1.33, -0.11], [0.43, 1.39, 0.11], [0, 0, 0.01]);
  addGlass(solid, [0.394, 1.337, -0.1], [0.4, 1.383, 0.1]);
  solid.style(DARKER).box([0.4, 1.38, -0.01], [0.42, 1.43, 0.01]);
}

/** A mirror's face towards the driver: bright sky above, road below. */
function addGlass(solid: SolidBuilder, [x, y0, z0]: Point, [, y1, z1]: Point): void {
  const horizon = y0 + 0.45 * (y1 - y0);
  const band = (low: number, high: number, colour: Color) =>
    solid.style(colour).face([
      [x, low, z0],
      [x, low, z1],
      [x, high, z1],
      [x, high, z0],
    ]);
  band(y0, horizon, MIRROR_ROAD);
  band(horizon, y1, MIRROR_SKY);
}

/** Ring with three spokes in the plane x = 0, which is turned about x. */
function createWheel() {
  const solid = createSolidBuilder();
  const { radius } = WHEEL;
  const [around, across] = [28, 8];
  const tube = 0.017;
  solid.style(DARKER);
  const at = (i: number, j: number) => {
    const [t, p] = [(i / around) * Math.PI * 2, (j / across) * Math.PI * 2];
    const r = radius + tube * Math.cos(p);
    return [tube * Math.sin(p), r * Math.cos(t), r * Math.sin(t)] as const;
  };
  const outward = (i: number, j: number) => {
    const [t, p] = [(i / around) * Math.PI * 2, (j / across) * Math.PI * 2];
    return [Math.sin(p), Math.cos(p) * Math.cos(t), Math.cos(p) * Math.sin(t)] as const;
  };
  for (let i = 0; i < around; i++) {
    for (let j = 0; j < across; j++) {
      const corners = [
        [i, j],
        [i, j + 1],
        [i + 1, j + 1],
        [i + 1, j],
      ] as const;
      solid.face(
        corners.map(([a, b]) => at(a, b)),
        corners.map(([a, b]) => outward(a, b)),
      );
    }
  }
  solid.style(DARK).box([-0.02, -0.055, -0.075], [0.015, 0.05, 0.075]);
  solid.style(SOFT).box([-0.012, -0.018, -radius], [0.006, 0.018, radius]);
  solid.box([-0.012, -radius, -0.02], [0.006, 0, 0.02]);
  solid.style(CHROME).box([-0.024, -0.012, -0.018], [-0.019, 0.012, 0.018]);
  return solid.build();
}
