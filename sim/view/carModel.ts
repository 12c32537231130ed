import { type BufferGeometry, Color } from 'three';
import { addLoft } from './loft.ts';
import { createSolidBuilder, type SolidBuilder } from './solidBuilder.ts';
import { LAMP, PAINT } from './vehicleMaterial.ts';

/**
 * Box that the car models fill [m]; instances are scaled from it. x forward, y up, z right; the origin is on the ground
 * under the box centre.
 */
export const CAR_LENGTH = 4.6;
export const CAR_WIDTH = 1.85;

/** What makes a body style: heights and places of its outline [m]. */
interface BodyStyle {
  /** Height of the roof. */
  readonly roof: number;
  /** Where the roof ends behind and in front. */
  readonly roofRear: number;
  readonly roofFront: number;
  /** Where rear window and windscreen meet the body. */
  readonly rearBase: number;
  readonly frontBase: number;
  /** Height of body at tail, waist line and bonnet's front edge. */
  readonly tail: number;
  readonly waist: number;
  readonly nose: number;
  readonly wheel: number;
}

const SEDAN: BodyStyle = {
  roof: 1.44,
  roofRear: -0.95,
  roofFront: 0.18,
  rearBase: -1.68,
  frontBase: 1.02,
  tail: 1.0,
  waist: 0.94,
  nose: 0.68,
  wheel: 0.33,
};
const ESTATE: BodyStyle = {
  roof: 1.5,
  roofRear: -1.72,
  roofFront: 0.22,
  rearBase: -2.16,
  frontBase: 1.02,
  tail: 0.96,
  waist: 0.95,
  nose: 0.7,
  wheel: 0.33,
};
const TALL: BodyStyle = {
  roof: 1.72,
  roofRear: -1.66,
  roofFront: 0.3,
  rearBase: -2.1,
  frontBase: 1.12,
  tail: 1.1,
  waist: 1.08,
  nose: 0.86,
  wheel: 0.37,
};

const BODY = new Color('#ffffff');
const GLASS = new Color('#11161c');
const TRIM = new Color('#1b1c1f');
const TYRE = new Color('#151618');
const RIM = new Color('#b4b8bc');
const PLATE = new Color('#e9e6d8');
const RED = new Color('#a01216');
const AMBER = new Color('#b8611a');
const LENS = new Color('#dfe4e8');
/** Half width of the body at its widest. */
const HALF = 0.905;

/** The three body styles in one order: sedan, estate, sport utility. */
export function createCarModels(): BufferGeometry[] {
  return [SEDAN, ESTATE, TALL].map(createCarModel);
}

function createCarModel(style: BodyStyle): BufferGeometry {
  const solid = createSolidBuilder();
  addShell(solid, style);
  addCabin(solid, style);
  addWheels(solid, style);
  addFront(solid, style);
  addRear(solid, style);
  return solid.build();
}

type Ring = (readonly [number, number, number])[];

/** Body below the windows. */
function addShell(solid: SolidBuilder, style: BodyStyle): void {
  const { tail, waist, nose } = style;
  // x, top height, half width
  const sections: readonly (readonly [number, number, number])[] = [
    [-2.3, tail - 0.3, 0.76],
    [-2.26, tail - 0.1, 0.84],
    [-2.12, tail, 0.87],
    [-1.5, tail - 0.005, HALF],
    [-0.6, waist + 0.01, HALF],
    [0.5, waist, HALF],
    [1.05, waist - 0.02, HALF],
    [1.6, (waist + nose) / 2 + 0.05, 0.89],
    [2.05, nose + 0.03, 0.84],
    [2.24, nose - 0.05, 0.76],
    [2.3, nose - 0.22, 0.66],
  ];
  const rings = sections.map(
    ([x, top, half]): Ring => [
      [x, 0.24, half * 0.95],
      [x, 0.42, half * 0.99],
      [x, 0.3 + top * 0.4, half],
      [x, top - 0.1, half * 0.975],
      [x, top - 0.02, half * 0.9],
      [x, top, half * 0.78],
      [x, top + 0.02, 0],
    ],
  );
  solid.style(BODY, PAINT.body);
  addLoft(solid, rings);
  const outline = (ring: Ring): Ring => [
    ...ring,
    ...ring
      .slice(0, -1)
      .map(([x, y, z]) => [x, y, -z] as const)
      .reverse(),
  ];
  solid.face(outline(rings[0]!));
  solid.face(outline(rings.at(-1)!).reverse());
  // Dark sills, bumper undersides and floor.
  solid.style(TRIM).box([-2.27, 0.17, -0.82], [2.26, 0.3, 0.82]);
  solid.box([-0.95, 0.2, -0.88], [0.95, 0.32, 0.88]);
  // Door seams.
  for (const x of [-0.95, 0.02, 0.98]) solid.box([x, 0.34, -HALF - 0.004], [x + 0.012, waist - 0.08, HALF + 0.004]);
  solid.style(BODY, PAINT.body);
  // Mirrors and door handles.
  for (const side of [-1, 1]) {
    const z = side * (HALF + 0.06);
    solid.box([0.72, waist - 0.01, z - 0.09], [0.84, waist + 0.13, z + 0.09]);
  }
}

/** Windows and roof. */
function addCabin(solid: SolidBuilder, style: BodyStyle): void {
  const { roof, roofRear, roofFront, rearBase, frontBase, waist, tail } = style;
  const low = 0.83;
  const high = 0.63;
  const edge = roof - 0.07;
  const rearLow = Math.max(tail - 0.02, waist);
  // Pillars and frames are the painted sides; glass lies a hair outside them.
  solid.style(BODY, PAINT.body);
  solid.mirrored([
    [rearBase, waist, low],
    [frontBase, waist, low],
    [roofFront + 0.1, edge, high],
    [roofRear - 0.08, edge, high],
  ]);
  addLoft(solid, [
    [
      [roofRear - 0.08, edge, high],
      [roofRear - 0.06, edge + 0.01, high - 0.04],
      [roofRear - 0.05, edge + 0.02, 0],
    ],
    [
      [roofRear + 0.04, edge + 0.02, high],
      [roofRear + 0.06, roof - 0.01, high - 0.09],
      [roofRear + 0.08, roof + 0.01, 0],
    ],
    [
      [roofFront - 0.35, edge + 0.02, high],
      [roofFront - 0.35, roof, high - 0.09],
      [roofFront - 0.35, roof + 0.02, 0],
    ],
    [
      [roofFront + 0.1, edge, high],
      [roofFront + 0.08, edge + 0.015, high - 0.05],
      [roofFront + 0.07, edge + 0.03, 0],
    ],
  ]);
  solid.style(GLASS, PAINT.glass);
  solid.face([
    [frontBase, waist - 0.03, low],
    [frontBase, waist - 0.03, -low],
    [roofFront + 0.1, edge, -high],
    [roofFront + 0.1, edge, high],
  ]);
  solid.face([
    [rearBase, rearLow, -low],
    [rearBase, rearLow, low],
    [roofRear - 0.08, edge, high],
    [roofRear - 0.08, edge, -high],
  ]);
  const pane = (x0: number, x1: number, t0: number, t1: number) => {
    // Height as a share of the side's, so that panes stay in its plane.
    const at = (x: number, t: number): readonly [number, number, number] => [
      x,
      waist + t * (edge - waist),
      low + t * (high - low) + 0.008,
    ];
    const front = (t: number) => Math.min(x1, frontBase - 0.12 + t * (roofFront + 0.02 - frontBase));
    const rear = (t: number) => Math.max(x0, rearBase + 0.16 + t * (roofRear - rearBase));
    solid.mirrored([at(rear(t0), t0), at(front(t0), t0), at(front(t1), t1), at(rear(t1), t1)]);
  };
  pane(0.02, 3, 0.08, 0.9);
  pane(-0.92, -0.06, 0.08, 0.9);
  // Between the rear door and a steep tail there is a third pane; a saloon's thick pillar has none.
  if (roofRear < -1.2) pane(-3, -1.0, 0.1, 0.88);
}

function addWheels(solid: SolidBuilder, style: BodyStyle): void {
  const r = style.wheel;
  for (const x of [-1.36, 1.4]) {
    for (const side of [-1, 1]) {
      // From the wheel house outwards, each a hair before the last.
      solid.style(TRIM).disc([x, r + 0.03, side * 0.911], r + 0.06, 14, side);
      solid
        .style(TYRE)
        .tube([x, r, side * 0.8], r, 0.118, 14)
        .disc([x, r, side * 0.918], r, 14, side);
      solid.style(RIM).disc([x, r, side * 0.921], r * 0.66, 10, side);
      solid.style(TRIM).disc([x, r, side * 0.924], r * 0.2, 6, side);
    }
  }
}

function addFront(solid: SolidBuilder, style: BodyStyle): void {
  const { nose } = style;
  solid.style(TRIM).box([2.22, 0.3, -0.52], [2.315, 0.46, 0.52]);
  solid.box([2.2, nose - 0.2, -0.36], [2.305, nose - 0.09, 0.36]);
  solid.style(PLATE).box([2.3, 0.34, -0.26], [2.322, 0.44, 0.26]);
  for (const side of [-1, 1]) {
    solid
      .style(LENS, PAINT.glass, LAMP.head)
      .box(...span(2.1, 2.275, nose - 0.17, nose - 0.06, side * 0.46, side * 0.72));
    solid.style(AMBER, PAINT.glass, side < 0 ? LAMP.left : LAMP.right);
    solid.box(...span(2.0, 2.235, nose - 0.16, nose - 0.07, side * 0.71, side * 0.815));
  }
}

function addRear(solid: SolidBuilder, style: BodyStyle): void {
  const { tail, roofRear, roof } = style;
  solid.style(TRIM).box([-2.315, 0.26, -0.7], [-2.2, 0.42, 0.7]);
  solid.style(PLATE).box([-2.322, tail - 0.46, -0.26], [-2.28, tail - 0.35, 0.26]);
  for (const side of [-1, 1]) {
    solid
      .style(RED, PAINT.glass, LAMP.brake)
      .box(...span(-2.318, -2.16, tail - 0.29, tail - 0.12, side * 0.47, side * 0.74));
    solid.style(AMBER, PAINT.glass, side < 0 ? LAMP.left : LAMP.right);
    solid.box(...span(-2.3, -2.1, tail - 0.29, tail - 0.12, side * 0.745, side * 0.865));
  }
  solid
    .style(RED, PAINT.glass, LAMP.brake)
    .box([roofRear - 0.17, roof - 0.1, -0.2], [roofRear - 0.08, roof - 0.07, 0.2]);
}

/** Corners of a box from any two opposite z. */
function span(x0: number, x1: number, y0: number, y1: number, z0: number, z1: number) {
  return [
    [x0, y0, Math.min(z0, z1)],
    [x1, y1, Math.max(z0, z1)],
  ] as const;
}
