import { type BufferGeometry, Color, InstancedMesh, Matrix4, MeshLambertMaterial, Quaternion, Vector3 } from 'three';
import { groundHeight } from './groundHeight.ts';
import { fractalNoise2, hash2 } from './groundNoise.ts';
import { createBroadleafModel, createBushModel, createConiferModel, createFarBroadleafModel } from './plantModels.ts';
import type { LateralSpan, RoadProfile } from './roadProfile.ts';
import { placeOnRoad, type RoadRows, type ScenePlace } from './roadRows.ts';

/** Trees and bushes beside the road. */
export interface Vegetation {
  readonly meshes: readonly InstancedMesh[];
  /** @param centre s of the viewer [m] @param density 0..1 of the places that could bear a plant. */
  rebuild(profile: RoadProfile, rows: RoadRows, centre: number, density: number): void;
  dispose(): void;
}

/** Length of road that is planted at once [m], and the places on each of its sides. */
const CELL_M = 14;
const PLACES = 5;
/** Trees within this distance along the road have many leaves [m]. */
const NEAR_M = 260;
const MOST_OF_A_KIND = 700;

/** Plants woods, hedges and single trees; the same place always bears the same plant. */
export function createVegetation(): Vegetation {
  const material = new MeshLambertMaterial({ vertexColors: true });
  const grow = (model: BufferGeometry) => {
    const mesh = new InstancedMesh(model, material, MOST_OF_A_KIND);
    mesh.frustumCulled = false;
    mesh.count = 0;
    return mesh;
  };
  const broadleaf = grow(createBroadleafModel());
  const farBroadleaf = grow(createFarBroadleafModel());
  const conifer = grow(createConiferModel());
  const bush = grow(createBushModel());
  const meshes = [broadleaf, farBroadleaf, conifer, bush];
  const span: LateralSpan = { left: 0, right: 0 };
  const place: ScenePlace = { x: 0, z: 0, heading: 0 };
  const matrix = new Matrix4();
  const position = new Vector3();
  const turn = new Quaternion();
  const size = new Vector3();
  const up = new Vector3(0, 1, 0);
  const tint = new Color();

  return {
    meshes,
    rebuild(profile, rows, centre, density) {
      for (const mesh of meshes) mesh.count = 0;
      const first = Math.ceil(rows.s[0]! / CELL_M);
      const last = Math.floor(rows.s[rows.count - 1]! / CELL_M);
      for (let cell = first; cell <= last; cell++) {
        for (const side of [1, -1] as const) {
          const wood = fractalNoise2((cell * CELL_M) / 260 + side * 37, side * 11.3);
          for (let k = 0; k < PLACES; k++) plant(cell, side, k, wood);
        }
      }
      for (const mesh of meshes) {
        mesh.instanceMatrix.needsUpdate = true;
        if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
      }

      function plant(cell: number, side: 1 | -1, k: number, wood: number): void {
        const draw = (n: number) => hash2(cell * 8 + k, side * 1009 + n * 7919);
        const likely = wood > 0.52 ? 0.85 : wood > 0.44 ? 0.3 : 0.09;
        if (draw(0) > likely || draw(6) > density) return;
        const near = draw(1);
        const distance = 13 + 95 * near * near + (k >= 3 ? 30 + 120 * draw(7) : 0);
        const s = (cell + draw(2)) * CELL_M;
        profile.outerPavement(s, span);
        const edge = side > 0 ? (profile.opposite?.left ?? span.left) : span.right;
        placeOnRoad(profile.road, rows, s, edge + side * distance, place);
        const height = groundHeight(distance, rows.originX + place.x, rows.originY - place.z);
        const kindDraw = draw(3);
        const conifers = fractalNoise2((cell * CELL_M) / 700 + 90, side * 5) > 0.5;
        const low = distance < 17 || kindDraw < 0.22;
        const mesh = low
          ? bush
          : conifers === kindDraw < 0.8
            ? conifer
            : Math.abs(s - centre) < NEAR_M
              ? broadleaf
              : farBroadleaf;
        if (mesh.count >= MOST_OF_A_KIND) return;
        const tall = low ? 1.1 + 1.7 * draw(4) : 6.5 + 8.5 * draw(4);
        const wide = tall * (0.85 + 0.35 * draw(5));
        position.set(place.x, height - 0.1, place.z);
        turn.setFromAxisAngle(up, draw(8) * Math.PI * 2);
        matrix.compose(position, turn, size.set(wide, tall, wide));
        mesh.setMatrixAt(mesh.count, matrix);
        mesh.setColorAt(mesh.count, tint.setRGB(0.85 + 0.35 * draw(9), 0.9 + 0.2 * draw(10), 0.75 + 0.3 * draw(11)));
        mesh.count++;
      }
    },
    dispose() {
      for (const mesh of meshes) {
        mesh.geometry.dispose();
        mesh.dispose();
      }
      material.dispose();
    },
  };
}
