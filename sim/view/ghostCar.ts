import { Group, InstancedBufferAttribute, InstancedMesh, Matrix4, Vector3 } from 'three';
import type { Road } from '../road/road.ts';
import { GHOST_COLOUR } from './bodyColours.ts';
import { CAR_LENGTH, CAR_WIDTH, createCarModels } from './carModel.ts';
import { indicatorLit } from './indicatorBlink.ts';
import { createTextLabel } from './textLabel.ts';
import { createVehicleMaterial } from './vehicleMaterial.ts';
import { createAttitude, type ViewOrigin, vehicleMatrix } from './vehiclePose.ts';
import type { GhostFrame } from './viewFrame.ts';

/** Height of the label above the road [m]. */
const LABEL_M = 2.35;

/** The translucent second ego with its label. */
export function createGhostCar() {
  const [geometry, ...unused] = createCarModels();
  for (const model of unused) model.dispose();
  if (!geometry) throw new Error('There is no car model to draw the ghost with.');
  const lamps = new InstancedBufferAttribute(new Float32Array(3), 3);
  const { r, g, b } = GHOST_COLOUR;
  geometry.setAttribute('bodyColour', new InstancedBufferAttribute(new Float32Array([r, g, b]), 3));
  geometry.setAttribute('lampState', lamps);
  const material = createVehicleMaterial(0.5);
  material.emissive.copy(GHOST_COLOUR).multiplyScalar(0.22);
  const mesh = new InstancedMesh(geometry, material, 1);
  mesh.frustumCulled = false;
  mesh.renderOrder = 6;
  const label = createTextLabel('#ffcf94', 0.62);
  const group = new Group();
  group.add(mesh, label.sprite);
  group.visible = false;
  const matrix = new Matrix4();
  const place = new Vector3();
  const at = createAttitude();
  return {
    group,
    update(road: Road, ghost: GhostFrame | null | undefined, timeS: number, origin: ViewOrigin): void {
      group.visible = ghost != null;
      if (!ghost) return;
      at.s = ghost.s;
      at.d = ghost.d;
      at.headingOffset = ghost.headingOffset;
      at.scaleX = ghost.length / CAR_LENGTH;
      at.scaleZ = ghost.width / CAR_WIDTH;
      mesh.setMatrixAt(0, vehicleMatrix(road, origin, at, matrix));
      mesh.instanceMatrix.needsUpdate = true;
      const lit = ghost.indicator !== 0 && indicatorLit(timeS, 0);
      lamps.setXYZ(0, ghost.braking ? 1 : 0, lit && ghost.indicator > 0 ? 1 : 0, lit && ghost.indicator < 0 ? 1 : 0);
      lamps.needsUpdate = true;
      label.sprite.visible = ghost.label !== undefined && ghost.label !== '';
      if (ghost.label) label.write(ghost.label);
      label.sprite.position.copy(place.setFromMatrixPosition(matrix)).setY(LABEL_M);
    },
    dispose(): void {
      geometry.dispose();
      material.dispose();
      mesh.dispose();
      label.dispose();
    },
  };
}
