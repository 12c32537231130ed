import type { SolidBuilder } from './solidBuilder.ts';

type Point = readonly [number, number, number];

/**
 * Adds a smooth skin through cross-sections: `rings[i][j]` is point j of section i. Sections go from rear to front,
 * points of the right-hand half (z >= 0) from bottom to top; the left half is mirrored. Normals are averaged over
 * neighbouring faces.
 */
export function addLoft(solid: SolidBuilder, rings: readonly (readonly Point[])[]): void {
  const rows = rings.length;
  const columns = rings[0]!.length;
  const normals: [number, number, number][][] = rings.map((ring) => ring.map(() => [0, 0, 0]));
  for (let i = 0; i + 1 < rows; i++) {
    for (let j = 0; j + 1 < columns; j++) {
      const [a, b, c, d] = [rings[i]![j]!, rings[i + 1]![j]!, rings[i + 1]![j + 1]!, rings[i]![j + 1]!];
      const n = cross(minus(c, a), minus(d, b));
      for (const [k, l] of [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const) {
        const sum = normals[k]![l]!;
        for (const axis of [0, 1, 2] as const) sum[axis] += n[axis];
      }
    }
  }
  const unit = (i: number, j: number): Point => {
    const n = normals[i]![j]!;
    // On the plane of symmetry both halves meet: their common normal has no sideways part.
    const z = rings[i]![j]![2] === 0 ? 0 : n[2];
    const length = Math.hypot(n[0], n[1], z) || 1;
    return [n[0] / length, n[1] / length, z / length];
  };
  const flip = ([x, y, z]: Point): Point => [x, y, -z];
  for (let i = 0; i + 1 < rows; i++) {
    for (let j = 0; j + 1 < columns; j++) {
      const places = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const;
      const corners = places.map(([k, l]) => rings[k]![l]!);
      const shades = places.map(([k, l]) => unit(k, l));
      solid.face(corners, shades);
      solid.face(corners.map(flip).reverse(), shades.map(flip).reverse());
    }
  }
}

function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
