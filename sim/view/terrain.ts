import { Color, Mesh, MeshBasicMaterial, type Texture } from 'three';
import type { WorldPose } from '../road/road.ts';
import type { RoadPart } from './asphalt.ts';
import { groundColour } from './groundColour.ts';
import { groundHeight, VERGE_M } from './groundHeight.ts';
import { createGrowingGeometry } from './growingGeometry.ts';
import type { LateralSpan, RoadProfile } from './roadProfile.ts';
import type { RoadRows } from './roadRows.ts';
import { GRASS_TILE_M } from './surfaceTextures.ts';

/** Side of the drawn country [m]. */
const SIDE_M = 3600;
/** Side of one texture tile [m]. */
const TILE_M = 3 * GRASS_TILE_M;
/** How far the country lies below the verge where the verge covers it [m]. */
const SUNK_M = 4;
/** Distance between the points of the road that distances are measured to [m]. */
const PROBE_M = 30;

/**
 * Open country around the viewer: a grid that stays on world coordinates, so that hills stand still while it moves on.
 * @param cell of the grid [m]
 */
export function createTerrain(texture: Texture, cell: number): RoadPart {
  const cells = 2 * Math.round(SIDE_M / cell / 2);
  const side = cells + 1;
  const ground = createGrowingGeometry(side * side, true);
  const material = new MeshBasicMaterial({ map: texture, vertexColors: true });
  material.polygonOffset = true;
  material.polygonOffsetFactor = 3;
  material.polygonOffsetUnits = 10;
  const mesh = new Mesh(ground.geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 1;
  const heights = new Float64Array(side * side);
  const distances = new Float64Array(side * side);
  const tone = new Color();

  return {
    mesh,
    rebuild(profile, rows) {
      const half = (cells / 2) * cell;
      const left = Math.round(rows.originX / cell) * cell - half;
      const bottom = Math.round(rows.originY / cell) * cell - half;
      measureDistances(profile, rows, left, bottom, cell, side, distances);
      for (let j = 0; j < side; j++) {
        for (let i = 0; i < side; i++) {
          const distance = distances[j * side + i]!;
          const covered = distance < VERGE_M - cell * 0.75;
          heights[j * side + i] = groundHeight(distance, left + i * cell, bottom + j * cell) - (covered ? SUNK_M : 0);
        }
      }
      // Whole tiles only, so that the texture stays where it is when the grid moves on.
      const tileLeft = Math.floor(left / TILE_M) * TILE_M;
      const tileBottom = Math.floor(bottom / TILE_M) * TILE_M;
      ground.clear();
      for (let j = 0; j < side; j++) {
        for (let i = 0; i < side; i++) {
          const x = left + i * cell;
          const y = bottom + j * cell;
          const at = j * side + i;
          const east = (heights[i < cells ? at + 1 : at]! - heights[i > 0 ? at - 1 : at]!) / (2 * cell);
          const north = (heights[j < cells ? at + side : at]! - heights[j > 0 ? at - side : at]!) / (2 * cell);
          groundColour(distances[at]!, x, y, tone);
          ground.vertex(x - rows.originX, heights[at]!, rows.originY - y, -east, 1, north, tone.r, tone.g, tone.b);
          ground.texture((x - tileLeft) / TILE_M, (y - tileBottom) / TILE_M);
        }
      }
      for (let j = 0; j < cells; j++) {
        for (let i = 0; i < cells; i++) {
          const at = j * side + i;
          ground.quad(at, at + 1, at + side + 1, at + side);
        }
      }
      ground.commit();
    },
    dispose() {
      ground.geometry.dispose();
      material.dispose();
    },
  };
}

const pose: WorldPose = { x: 0, y: 0, heading: 0 };
const span: LateralSpan = { left: 0, right: 0 };

/** Distance of each grid point from the pavement [m], by the nearest of the points probed along the road. */
function measureDistances(
  profile: RoadProfile,
  rows: RoadRows,
  left: number,
  bottom: number,
  cell: number,
  side: number,
  out: Float64Array,
): void {
  const reach = SIDE_M * 0.75;
  const middle = (rows.s[0]! + rows.s[rows.count - 1]!) / 2;
  const probes: number[] = [];
  for (let s = middle - reach; s <= middle + reach; s += PROBE_M) {
    profile.outerPavement(s, span);
    const far = profile.opposite?.left ?? span.left;
    profile.road.toWorld(s, (far + span.right) / 2, pose);
    probes.push(pose.x, pose.y, (far - span.right) / 2);
  }
  for (let j = 0; j < side; j++) {
    const y = bottom + j * cell;
    for (let i = 0; i < side; i++) {
      const x = left + i * cell;
      let nearest = Number.POSITIVE_INFINITY;
      let halfWidth = 0;
      for (let k = 0; k < probes.length; k += 3) {
        const dx = x - probes[k]!;
        const dy = y - probes[k + 1]!;
        const squared = dx * dx + dy * dy;
        if (squared < nearest) {
          nearest = squared;
          halfWidth = probes[k + 2]!;
        }
      }
      out[j * side + i] = Math.sqrt(nearest) - halfWidth;
    }
  }
}
