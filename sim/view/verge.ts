import { Color, Mesh, MeshBasicMaterial, type Texture } from 'three';
import type { RoadPart } from './asphalt.ts';
import { groundColour } from './groundColour.ts';
import { groundHeight, VERGE_M } from './groundHeight.ts';
import { createGrowingGeometry } from './growingGeometry.ts';
import { PALETTE } from './palette.ts';
import { addRibbon } from './ribbonMesh.ts';
import type { LateralSpan } from './roadProfile.ts';
import { GRASS_TILE_M } from './surfaceTextures.ts';

/** Distances from the pavement at which the verge has vertices [m]; the first lies under the pavement's edge. */
const DISTANCES = [-0.4, 0.6, 2.2, 5, 9, 16, 28, 48, 76, VERGE_M] as const;
/** How far the verge's last row dives below the open country, so that no gap shows [m]. */
const HEM_M = 1.2;

/** Grass beside the road and on the median, in strips that follow the road. */
export function createVerge(texture: Texture): RoadPart {
  const grass = createGrowingGeometry(9000, true);
  const material = new MeshBasicMaterial({ map: texture, vertexColors: true });
  material.polygonOffset = true;
  material.polygonOffsetFactor = 2;
  material.polygonOffsetUnits = 6;
  const mesh = new Mesh(grass.geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -1;
  const span: LateralSpan = { left: 0, right: 0 };
  const inner: LateralSpan = { left: 0, right: 0 };
  const tone = new Color();

  return {
    mesh,
    rebuild(profile, rows) {
      grass.clear();
      const last = DISTANCES.length - 1;
      const strip = (side: 1 | -1) => {
        // The right side has one more column: the ground between the road and a ramp that has left it.
        const extra = side < 0 ? 1 : 0;
        const columns = DISTANCES.length + extra;
        addRibbon(
          grass,
          rows,
          columns,
          (row, column, out) => {
            if (column === 0) {
              profile.outerPavement(rows.s[row]!, span);
              profile.pavement(rows.s[row]!, inner);
            }
            const order = side > 0 ? last - column : column - extra;
            const between = order < 0;
            const distance = between ? -0.4 : DISTANCES[order]!;
            const edge = side > 0 ? (profile.opposite?.left ?? span.left) : between ? inner.right : span.right;
            out.d = edge + side * distance;
            const x = rows.originX + rows.x[row]! - out.d * rows.sin[row]!;
            const y = rows.originY - rows.z[row]! + out.d * rows.cos[row]!;
            out.h = groundHeight(distance, x, y) - (order === last ? HEM_M : 0);
            const rise = (groundHeight(distance + 1, x, y) - groundHeight(distance - 1, x, y)) / 2;
            out.normalLeft = -side * rise;
            out.normalUp = 1;
            groundColour(distance, x, y, tone);
            // Dust and gravel where the pavement ends.
            if (distance < 2) tone.lerp(PALETTE.grassDry, 0.55);
            out.r = tone.r;
            out.g = tone.g;
            out.b = tone.b;
            return true;
          },
          GRASS_TILE_M,
        );
      };
      strip(1);
      strip(-1);
      if (profile.opposite) addMedian(profile.opposite.right);
      grass.commit();

      function addMedian(outer: number): void {
        addRibbon(
          grass,
          rows,
          3,
          (row, column, out) => {
            if (column === 0) profile.pavement(rows.s[row]!, span);
            const middle = (outer + span.left) / 2;
            out.d = column === 0 ? outer + 0.4 : column === 1 ? middle : span.left - 0.4;
            out.h = column === 1 ? 0.12 : -0.03;
            out.normalLeft = 0;
            out.normalUp = 1;
            tone.copy(PALETTE.grass).lerp(PALETTE.grassDry, column === 1 ? 0.25 : 0.6);
            out.r = tone.r;
            out.g = tone.g;
            out.b = tone.b;
            return true;
          },
          GRASS_TILE_M,
        );
      }
    },
    dispose() {
      grass.geometry.dispose();
      material.dispose();
    },
  };
}
