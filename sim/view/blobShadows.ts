import { InstancedMesh, Matrix4, MeshBasicMaterial, PlaneGeometry } from 'three';
import type { Road } from '../road/road.ts';
import { SUN_DIRECTION } from './palette.ts';
import { createSoftSprite } from './softSprite.ts';
import { uploadFirst } from './uploadRange.ts';
import { createAttitude, type ViewOrigin, vehicleMatrix } from './vehiclePose.ts';
import type { ViewVehicles } from './viewVehicles.ts';

/** Margin of the shadow around a vehicle's box, along and across [m], and its height over the road. */
const MARGIN_LONG_M = 1.1;
const MARGIN_WIDE_M = 1.0;
/** How far the sun pushes it aside [m]. */
const SHIFT_M = 0.28;

/** Soft shadows under all vehicles. */
export function createBlobShadows(capacity: number) {
  const geometry = new PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
  const texture = createSoftSprite(0.62, true);
  const material = new MeshBasicMaterial({
    color: 0x0a0d12,
    map: texture,
    transparent: true,
    opacity: 0.62,
    depthWrite: false,
  });
  material.polygonOffset = true;
  material.polygonOffsetFactor = -1;
  material.polygonOffsetUnits = -4;
  const mesh = new InstancedMesh(geometry, material, capacity);
  mesh.frustumCulled = false;
  mesh.renderOrder = 2;
  const matrix = new Matrix4();
  const at = createAttitude();
  return {
    mesh,
    update(road: Road, vehicles: ViewVehicles, origin: ViewOrigin): void {
      mesh.count = vehicles.count;
      for (let i = 0; i < vehicles.count; i++) {
        at.s = vehicles.s[i]!;
        at.d = vehicles.d[i]!;
        at.headingOffset = vehicles.headingOffset[i]!;
        at.scaleX = vehicles.length[i]! + MARGIN_LONG_M;
        at.scaleZ = vehicles.width[i]! + MARGIN_WIDE_M;
        vehicleMatrix(road, origin, at, matrix);
        matrix.elements[12] -= SUN_DIRECTION[0] * SHIFT_M;
        matrix.elements[13] = 0.012;
        matrix.elements[14] -= SUN_DIRECTION[2] * SHIFT_M;
        mesh.setMatrixAt(i, matrix);
      }
      uploadFirst(mesh.instanceMatrix, mesh.count);
    },
    dispose(): void {
      geometry.dispose();
      texture.dispose();
      material.dispose();
      mesh.dispose();
    },
  };
}
