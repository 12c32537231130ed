import { AdditiveBlending, Color, DoubleSide, InstancedMesh, Matrix4, MeshBasicMaterial, PlaneGeometry } from 'three';
import type { Road } from '../road/road.ts';
import { HAZARD_LIGHTS, VEHICLE_KIND } from '../traffic/vehicleColumns.ts';
import { indicatorLit } from './indicatorBlink.ts';
import { createSoftSprite } from './softSprite.ts';
import { uploadFirst } from './uploadRange.ts';
import { createAttitude, type ViewOrigin, vehicleMatrix } from './vehiclePose.ts';
import type { ViewVehicles } from './viewVehicles.ts';

const BRAKE_GLOW = new Color(0.8, 0.04, 0.025);
const INDICATOR_GLOW = new Color(0.85, 0.4, 0.03);
/** Glows of one vehicle at most: two brake lamps, and hazard lights at each end. */
const PER_VEHICLE = 6;

/** Halos of lit brake lamps and indicators, behind and before the vehicles. */
export function createLampGlow(capacity: number) {
  const geometry = new PlaneGeometry(1, 1).rotateY(-Math.PI / 2);
  const texture = createSoftSprite(0.05, false);
  const material = new MeshBasicMaterial({
    map: texture,
    transparent: true,
    blending: AdditiveBlending,
    depthWrite: false,
    side: DoubleSide,
    fog: false,
  });
  const mesh = new InstancedMesh(geometry, material, capacity * PER_VEHICLE);
  mesh.frustumCulled = false;
  mesh.renderOrder = 5;
  const vehicle = new Matrix4();
  const matrix = new Matrix4();
  const at = createAttitude();

  const put = (x: number, y: number, z: number, size: number, colour: Color) => {
    matrix.makeScale(1, size, size).setPosition(x, y, z).premultiply(vehicle);
    mesh.setMatrixAt(mesh.count, matrix);
    mesh.setColorAt(mesh.count, colour);
    mesh.count++;
  };
  return {
    mesh,
    update(road: Road, vehicles: ViewVehicles, origin: ViewOrigin, hideEgo: boolean): void {
      mesh.count = 0;
      for (let i = hideEgo ? 1 : 0; i < vehicles.count; i++) {
        const indicator = vehicles.indicator[i]!;
        const lit = indicator !== 0 && indicatorLit(vehicles.timeS, vehicles.id[i]!);
        if (!vehicles.braking[i] && !lit) continue;
        at.s = vehicles.s[i]!;
        at.d = vehicles.d[i]!;
        at.headingOffset = vehicles.headingOffset[i]!;
        vehicleMatrix(road, origin, at, vehicle);
        const half = vehicles.length[i]! / 2;
        const side = vehicles.width[i]! / 2;
        const truck = vehicles.kind[i] === VEHICLE_KIND.truck;
        const height = truck ? 0.95 : 0.8;
        const out = side * (truck ? 0.63 : 0.66);
        if (vehicles.braking[i]) for (const z of [-out, out]) put(-half - 0.08, height, z, 0.72, BRAKE_GLOW);
        if (lit) {
          for (const towards of indicator === HAZARD_LIGHTS ? [-1, 1] : [indicator]) {
            const z = -towards * side * 0.87;
            put(-half - 0.06, height, z, 0.7, INDICATOR_GLOW);
            put(half + 0.05, 0.62, z, 0.6, INDICATOR_GLOW);
          }
        }
      }
      mesh.visible = mesh.count > 0;
      uploadFirst(mesh.instanceMatrix, mesh.count);
      if (mesh.instanceColor) uploadFirst(mesh.instanceColor, mesh.count);
    },
    dispose(): void {
      geometry.dispose();
      texture.dispose();
      material.dispose();
      mesh.dispose();
    },
  };
}
