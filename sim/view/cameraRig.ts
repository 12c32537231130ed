import type { CameraMode } from './viewFrame.ts';

/** Pose of the car that the camera watches, in scene axes relative to the view's origin. */
export interface CameraSubject {
  x: number;
  z: number;
  /** World yaw [rad], counter-clockwise from above. */
  yaw: number;
  /** Speed [m/s]. */
  speed: number;
  /** Longitudinal acceleration [m/s²]. */
  ax: number;
  roll: number;
  pitch: number;
  /** 1 while something drawn on the road ahead is to be seen, else 0: the chase camera rises. */
  overview: number;
}

/** Where the camera is and looks, in the same axes. */
export interface CameraPose {
  x: number;
  y: number;
  z: number;
  targetX: number;
  targetY: number;
  targetZ: number;
  /** Bank of the picture [rad], positive to the right. */
  bank: number;
  /** Vertical field of view [degrees]. */
  fieldOfView: number;
}

/** What a rig remembers: the heading it looks along and its distance, both behind the car's. */
export interface CameraRig {
  mode: CameraMode;
  /** Lagging yaw [rad]. */
  yaw: number;
  /** Lagging acceleration [m/s²], which stretches the distance. */
  ax: number;
  /** Lagging overview, 0..1. */
  overview: number;
  settled: boolean;
  /** Orbit: angle around the car from behind [rad], elevation [rad], distance [m]. Changed by dragging. */
  orbitTurn: number;
  orbitElevation: number;
  orbitDistance: number;
  /** Height of the top view [m]. */
  topHeight: number;
}

/** Time constants of the chase camera's lag in yaw, in acceleration and in height [s]. */
export const YAW_LAG_S = 0.32;
const AX_LAG_S = 0.45;
const OVERVIEW_LAG_S = 0.8;
/** Gaps in time that are jumps, not frames [s]. */
const JUMP_S = 0.5;
/** Driver's eye in a left-hand drive car: forward of the box centre, above the ground, right of the middle [m]. */
export const DRIVER_EYE = { forward: -0.12, up: 1.2, right: -0.36 } as const;

export function createCameraRig(): CameraRig {
  return {
    mode: 'chase',
    yaw: 0,
    ax: 0,
    overview: 0,
    settled: false,
    orbitTurn: 0.7,
    orbitElevation: 0.32,
    orbitDistance: 13,
    topHeight: 75,
  };
}

/**
 * Moves the rig on by `dt` seconds and writes the camera's pose. The chase camera trails the car's yaw by a first-order
 * lag (the same after a second at any frame rate), moves back and widens with speed, and gives way under acceleration.
 * Going back in time, or forward by more than half a second, puts it straight behind.
 */
export function moveCamera(rig: CameraRig, subject: CameraSubject, dt: number, out: CameraPose): void {
  if (!rig.settled || dt < 0 || dt > JUMP_S) {
    rig.yaw = subject.yaw;
    rig.ax = subject.ax;
    rig.overview = subject.overview;
    rig.settled = true;
  } else {
    rig.yaw += (subject.yaw - rig.yaw) * (1 - Math.exp(-dt / YAW_LAG_S));
    rig.ax += (subject.ax - rig.ax) * (1 - Math.exp(-dt / AX_LAG_S));
    rig.overview += (subject.overview - rig.overview) * (1 - Math.exp(-dt / OVERVIEW_LAG_S));
  }
  const pace = Math.min(1, Math.max(0, subject.speed / 45));
  out.bank = 0;
  if (rig.mode === 'chase') {
    const distance = 6.4 + 2.2 * pace + 4.5 * rig.overview + 0.16 * Math.max(-5, Math.min(4, rig.ax));
    place(out, subject, rig.yaw, -distance, 2.9 + 0.5 * pace + 3.6 * rig.overview, 0);
    aim(out, subject, rig.yaw, 13 + 9 * rig.overview, 0.55, 0);
    out.fieldOfView = 54 + 11 * pace;
  } else if (rig.mode === 'cockpit') {
    place(out, subject, subject.yaw, DRIVER_EYE.forward, DRIVER_EYE.up, DRIVER_EYE.right);
    aim(out, subject, subject.yaw, 30, 0.35 + 30 * subject.pitch * 0.6, DRIVER_EYE.right * 0.7);
    out.bank = subject.roll * 0.7;
    out.fieldOfView = 56 + 6 * pace;
  } else if (rig.mode === 'top') {
    const ahead = 22;
    place(out, subject, rig.yaw, ahead - 0.35 * rig.topHeight, rig.topHeight, 0);
    aim(out, subject, rig.yaw, ahead, 0, 0);
    out.fieldOfView = 50;
  } else {
    const turn = subject.yaw + rig.orbitTurn;
    const flat = rig.orbitDistance * Math.cos(rig.orbitElevation);
    place(out, subject, turn, -flat, 0.8 + rig.orbitDistance * Math.sin(rig.orbitElevation), 0);
    aim(out, subject, subject.yaw, 0, 0.8, 0);
    out.fieldOfView = 50;
  }
}

function place(out: CameraPose, at: CameraSubject, yaw: number, forward: number, up: number, right: number): void {
  out.x = at.x + forward * Math.cos(yaw) + right * Math.sin(yaw);
  out.y = up;
  out.z = at.z - forward * Math.sin(yaw) + right * Math.cos(yaw);
}

function aim(out: CameraPose, at: CameraSubject, yaw: number, forward: number, up: number, right: number): void {
  out.targetX = at.x + forward * Math.cos(yaw) + right * Math.sin(yaw);
  out.targetY = up;
  out.targetZ = at.z - forward * Math.sin(yaw) + right * Math.cos(yaw);
}
