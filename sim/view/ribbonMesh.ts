import type { GrowingGeometry } from './growingGeometry.ts';
import type { RoadRows } from './roadRows.ts';

/** One vertex of a ribbon's cross-section. */
export interface RibbonVertex {
  /** Offset to the left of the reference line [m]. */
  d: number;
  /** Height [m]. */
  h: number;
  /** Normal: towards the left, and up. */
  normalLeft: number;
  normalUp: number;
  /** Colour, linear 0..1. */
  r: number;
  g: number;
  b: number;
}

export function createRibbonVertex(): RibbonVertex {
  return { d: 0, h: 0, normalLeft: 0, normalUp: 1, r: 1, g: 1, b: 1 };
}

const vertex = createRibbonVertex();

/**
 * Extrudes a cross-section along the road.
 * @param columns vertices in the cross-section, from left to right as seen along the road (so that the upper side faces
 * up)
 * @param sample writes the vertex of a row and column; returns false where the ribbon is interrupted
 * @param tile side of the square of road that one texture covers [m]; 0 for none
 */
export function addRibbon(
  target: GrowingGeometry,
  rows: RoadRows,
  columns: number,
  sample: (row: number, column: number, out: RibbonVertex) => boolean,
  tile = 0,
): void {
  let before = -1;
  // Whole tiles only, so that the texture stays where it is when the rows move on.
  const textureStart = tile > 0 ? Math.floor(rows.s[0]! / tile) * tile : 0;
  for (let row = 0; row < rows.count; row++) {
    const sin = rows.sin[row]!;
    const cos = rows.cos[row]!;
    let first = -1;
    for (let column = 0; column < columns; column++) {
      if (!sample(row, column, vertex)) {
        first = -1;
        break;
      }
      const { d, normalLeft } = vertex;
      const index = target.vertex(
        rows.x[row]! - d * sin,
        vertex.h,
        rows.z[row]! - d * cos,
        -normalLeft * sin,
        vertex.normalUp,
        -normalLeft * cos,
        vertex.r,
        vertex.g,
        vertex.b,
      );
      if (column === 0) first = index;
      if (tile > 0) target.texture(d / tile, (rows.s[row]! - textureStart) / tile);
    }
    if (first >= 0 && before >= 0) {
      for (let column = 0; column + 1 < columns; column++)
        target.quad(before + column + 1, first + column + 1, first + column, before + column);
    }
    before = first;
  }
}
