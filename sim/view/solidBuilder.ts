import { BufferAttribute, BufferGeometry, type Color } from 'three';

type Point = readonly [number, number, number];

/**
 * Builds small solids (cars, trees, gantries) with flat faces. Every vertex has a colour, and two extra numbers that
 * the vehicle shader reads: `paint` (1 takes the vehicle's own colour) and `lamp` (see LAMP).
 */
export interface SolidBuilder {
  /** Colour, paint and lamp of the faces that follow. */
  style(colour: Color, paint?: number, lamp?: number): SolidBuilder;
  /** A face of three or four corners, counter-clockwise from outside. `normals` replace the flat one. */
  face(corners: readonly Point[], normals?: readonly Point[]): SolidBuilder;
  /** A box from its lower to its upper corner. */
  box(min: Point, max: Point): SolidBuilder;
  /** A box whose upper face is drawn in by `inset` [x front, x rear, z sides]. */
  taperedBox(min: Point, max: Point, inset: Point): SolidBuilder;
  /** A disc that faces +z (`side` 1) or -z (-1). */
  disc(centre: Point, radius: number, sides: number, side: number): SolidBuilder;
  /** A pipe along z, open at its ends. */
  tube(centre: Point, radius: number, halfWidth: number, sides: number): SolidBuilder;
  /** The same face mirrored to the other side of the vehicle (z -> -z), together with the original. */
  mirrored(corners: readonly Point[]): SolidBuilder;
  build(): BufferGeometry;
}

export function createSolidBuilder(): SolidBuilder {
  const position: number[] = [];
  const normal: number[] = [];
  const color: number[] = [];
  const extra: number[] = [];
  let tone = { r: 1, g: 1, b: 1 };
  let paint = 0;
  let lamp = 0;

  const index: number[] = [];
  const known = new Map<string, number>();
  const put = (p: Point, n: Point) => {
    // Corners that agree in everything are stored once: hundreds of instances make every vertex count.
    const key = [...p, ...n, tone.r, tone.g, tone.b, paint, lamp].map((x) => Math.round(x * 1e4)).join();
    let at = known.get(key);
    if (at === undefined) {
      at = known.size;
      known.set(key, at);
      position.push(...p);
      normal.push(...n);
      color.push(tone.r, tone.g, tone.b);
      extra.push(paint, lamp);
    }
    index.push(at);
  };
  const builder: SolidBuilder = {
    style(colour, newPaint = 0, newLamp = 0) {
      tone = { r: colour.r, g: colour.g, b: colour.b };
      paint = newPaint;
      lamp = newLamp;
      return builder;
    },
    face(corners, normals) {
      const flat = normalOf(corners);
      for (let i = 1; i + 1 < corners.length; i++) {
        for (const k of [0, i, i + 1]) put(corners[k]!, normals?.[k] ?? flat);
      }
      return builder;
    },
    box: (min, max) => builder.taperedBox(min, max, [0, 0, 0]),
    taperedBox([x0, y0, z0], [x1, y1, z1], [front, rear, sides]) {
      const a: Point = [x0, y0, z0];
      const b: Point = [x1, y0, z0];
      const c: Point = [x1, y0, z1];
      const d: Point = [x0, y0, z1];
      const e: Point = [x0 + rear, y1, z0 + sides];
      const f: Point = [x1 - front, y1, z0 + sides];
      const g: Point = [x1 - front, y1, z1 - sides];
      const h: Point = [x0 + rear, y1, z1 - sides];
      return builder
        .face([h, g, f, e])
        .face([a, b, c, d])
        .face([d, c, g, h])
        .face([b, a, e, f])
        .face([c, b, f, g])
        .face([a, d, h, e]);
    },
    disc([cx, cy, cz], radius, sides, side) {
      const rim = (i: number): Point => {
        const turn = (i / sides) * Math.PI * 2;
        return [cx + radius * Math.cos(turn), cy + radius * side * Math.sin(turn), cz];
      };
      return builder.face(Array.from({ length: sides }, (_, i) => rim(i)));
    },
    tube([cx, cy, cz], radius, halfWidth, sides) {
      for (let i = 0; i < sides; i++) {
        const [t0, t1] = [(i / sides) * Math.PI * 2, ((i + 1) / sides) * Math.PI * 2];
        const [n0, n1]: [Point, Point] = [
          [Math.cos(t0), Math.sin(t0), 0],
          [Math.cos(t1), Math.sin(t1), 0],
        ];
        const at = (n: Point, side: number): Point => [cx + n[0] * radius, cy + n[1] * radius, cz + side * halfWidth];
        builder.face([at(n0, 1), at(n0, -1), at(n1, -1), at(n1, 1)], [n0, n0, n1, n1]);
      }
      return builder;
    },
    mirrored(corners) {
      builder.face(corners);
      return builder.face(corners.map(([x, y, z]): Point => [x, y, -z]).reverse());
    },
    build() {
      const geometry = new BufferGeometry();
      geometry.setAttribute('position', new BufferAttribute(new Float32Array(position), 3));
      geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normal), 3));
      geometry.setAttribute('color', new BufferAttribute(new Float32Array(color), 3));
      geometry.setAttribute('paintLamp', new BufferAttribute(new Float32Array(extra), 2));
      geometry.setIndex(index);
      return geometry;
    },
  };
  return builder;
}

function normalOf(corners: readonly Point[]): Point {
  // Newell's sum is right for any flat polygon, also when two corners coincide.
  let x = 0;
  let y = 0;
  let z = 0;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length]!;
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  }
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}
