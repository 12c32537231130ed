import { type BufferGeometry, InstancedBufferAttribute, InstancedMesh, Matrix4, type MeshLambertMaterial } from 'three';
import type { Road } from '../road/road.ts';
import { HAZARD_LIGHTS, VEHICLE_KIND } from '../traffic/vehicleColumns.ts';
import { bodyColour, EGO_COLOUR } from './bodyColours.ts';
import type { BodyMotion } from './bodyMotion.ts';
import { CAR_LENGTH, CAR_WIDTH, createCarModels } from './carModel.ts';
import { createFarCarModel } from './farCarModel.ts';
import { hash2 } from './groundNoise.ts';
import { indicatorLit } from './indicatorBlink.ts';
import {
  createMotorcycleModel,
  createObstacleModel,
  MOTORCYCLE_LENGTH,
  MOTORCYCLE_WIDTH,
  OBSTACLE_LENGTH,
  OBSTACLE_WIDTH,
} from './smallModels.ts';
import { createRigidTruckModel, createSemiTruckModel, RIGID_LENGTH, SEMI_LENGTH, TRUCK_WIDTH } from './truckModel.ts';
import { uploadFirst } from './uploadRange.ts';
import { createAttitude, type ViewOrigin, vehicleMatrix } from './vehiclePose.ts';
import type { ViewVehicles } from './viewVehicles.ts';

/** All vehicles, one instanced mesh a model. */
export interface VehicleFleet {
  readonly meshes: readonly InstancedMesh[];
  /** Places every vehicle of a frame; the ego (slot 0) is left out if `hideEgo`, and leans as `ego` says. */
  update(road: Road, vehicles: ViewVehicles, origin: ViewOrigin, ego: BodyMotion, hideEgo: boolean): void;
  dispose(): void;
}

/** Trucks longer than this are drawn as tractor and trailer [m]. */
const SEMI_FROM_M = 11.5;
/** Cars farther from the ego than this are drawn with few faces [m]. */
const FAR_M = 110;
/** Pitch of other vehicles per acceleration [rad s²/m]; they have no springs of their own. */
const PITCH_PER_ACCELERATION = 0.0028;

interface Model {
  readonly mesh: InstancedMesh;
  readonly length: number;
  readonly width: number;
  readonly colour: InstancedBufferAttribute;
  readonly lamps: InstancedBufferAttribute;
}

/** Builds the models with room for `capacity` vehicles each. */
export function createVehicleFleet(material: MeshLambertMaterial, capacity: number): VehicleFleet {
  const cars = createCarModels().map((geometry) => createModel(geometry, CAR_LENGTH, CAR_WIDTH, material, capacity));
  const farCar = createModel(createFarCarModel(), CAR_LENGTH, CAR_WIDTH, material, capacity);
  const rigid = createModel(createRigidTruckModel(), RIGID_LENGTH, TRUCK_WIDTH, material, capacity);
  const semi = createModel(createSemiTruckModel(), SEMI_LENGTH, TRUCK_WIDTH, material, capacity);
  const motorcycle = createModel(createMotorcycleModel(), MOTORCYCLE_LENGTH, MOTORCYCLE_WIDTH, material, capacity);
  const obstacle = createModel(createObstacleModel(), OBSTACLE_LENGTH, OBSTACLE_WIDTH, material, capacity);
  const models = [...cars, farCar, rigid, semi, motorcycle, obstacle];
  const matrix = new Matrix4();
  const at = createAttitude();

  const modelOf = (vehicles: ViewVehicles, i: number): Model => {
    const kind = vehicles.kind[i]!;
    if (kind === VEHICLE_KIND.truck) return vehicles.length[i]! > SEMI_FROM_M ? semi : rigid;
    if (kind === VEHICLE_KIND.motorcycle) return motorcycle;
    if (kind === VEHICLE_KIND.obstacle) return obstacle;
    if (Math.abs(vehicles.s[i]! - vehicles.s[0]!) > FAR_M) return farCar;
    const draw = hash2(vehicles.id[i]!, 31);
    return cars[i === 0 || draw < 0.45 ? 0 : draw < 0.72 ? 1 : 2]!;
  };

  return {
    meshes: models.map((model) => model.mesh),
    update(road, vehicles, origin, ego, hideEgo) {
      for (const { mesh } of models) mesh.count = 0;
      for (let i = hideEgo ? 1 : 0; i < vehicles.count; i++) {
        const model = modelOf(vehicles, i);
        const { mesh, colour, lamps } = model;
        const slot = mesh.count++;
        const isEgo = i === 0;
        const kind = vehicles.kind[i]!;
        const standing = kind === VEHICLE_KIND.obstacle;
        at.s = vehicles.s[i]!;
        at.d = vehicles.d[i]!;
        at.headingOffset = vehicles.headingOffset[i]!;
        at.roll = isEgo ? ego.roll : 0;
        at.pitch = isEgo ? ego.pitch : standing ? 0 : PITCH_PER_ACCELERATION * vehicles.a[i]!;
        at.scaleX = vehicles.length[i]! / model.length;
        at.scaleZ = vehicles.width[i]! / model.width;
        at.scaleY = 1;
        mesh.setMatrixAt(slot, vehicleMatrix(road, origin, at, matrix));
        const id = vehicles.id[i]!;
        const paint = isEgo ? EGO_COLOUR : bodyColour(id, kind === VEHICLE_KIND.truck);
        colour.setXYZ(slot, paint.r, paint.g, paint.b);
        const indicator = vehicles.indicator[i]!;
        const lit = indicator !== 0 && indicatorLit(vehicles.timeS, id);
        lamps.setXYZ(
          slot,
          vehicles.braking[i]! ? 1 : 0,
          lit && indicator > 0 ? 1 : 0,
          lit && (indicator < 0 || indicator === HAZARD_LIGHTS) ? 1 : 0,
        );
      }
      for (const { mesh, colour, lamps } of models) {
        mesh.visible = mesh.count > 0;
        uploadFirst(mesh.instanceMatrix, mesh.count);
        uploadFirst(colour, mesh.count);
        uploadFirst(lamps, mesh.count);
      }
    },
    dispose() {
      for (const { mesh } of models) {
        mesh.geometry.dispose();
        mesh.dispose();
      }
    },
  };
}

function createModel(
  geometry: BufferGeometry,
  length: number,
  width: number,
  material: MeshLambertMaterial,
  capacity: number,
): Model {
  const colour = new InstancedBufferAttribute(new Float32Array(capacity * 3), 3);
  const lamps = new InstancedBufferAttribute(new Float32Array(capacity * 3), 3);
  geometry.setAttribute('bodyColour', colour);
  geometry.setAttribute('lampState', lamps);
  const mesh = new InstancedMesh(geometry, material, capacity);
  mesh.frustumCulled = false;
  mesh.renderOrder = -5;
  mesh.count = 0;
  return { mesh, length, width, colour, lamps };
}
