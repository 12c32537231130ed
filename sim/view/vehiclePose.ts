import { Euler, type Matrix4, Quaternion, Vector3 } from 'three';
import type { Road, WorldPose } from '../road/road.ts';

/**
 * World place [m] that the instances of a frame are relative to; near the camera, so that float32 holds them to a
 * micrometre.
 */
export interface ViewOrigin {
  x: number;
  y: number;
}

const pose: WorldPose = { x: 0, y: 0, heading: 0 };
const euler = new Euler(0, 0, 0, 'YZX');
const turn = new Quaternion();
const place = new Vector3();
const size = new Vector3();

/** What is drawn of a vehicle's attitude and size. */
export interface VehicleAttitude {
  s: number;
  d: number;
  headingOffset: number;
  /** [rad], positive to the right. */
  roll: number;
  /** [rad], positive nose up. */
  pitch: number;
  /** Scale along, up and across the model. */
  scaleX: number;
  scaleY: number;
  scaleZ: number;
}

export function createAttitude(): VehicleAttitude {
  return { s: 0, d: 0, headingOffset: 0, roll: 0, pitch: 0, scaleX: 1, scaleY: 1, scaleZ: 1 };
}

/** Matrix of a vehicle model (x forward, y up, z right) standing on the road. */
export function vehicleMatrix(road: Road, origin: ViewOrigin, at: VehicleAttitude, out: Matrix4): Matrix4 {
  road.toWorld(at.s, at.d, pose);
  euler.set(at.roll, pose.heading + at.headingOffset, at.pitch);
  turn.setFromEuler(euler);
  place.set(pose.x - origin.x, 0, origin.y - pose.y);
  return out.compose(place, turn, size.set(at.scaleX, at.scaleY, at.scaleZ));
}
