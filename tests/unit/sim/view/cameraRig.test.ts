import { describe, expect, it } from 'vitest';
import { createBodyMotion, settleBody } from '../../../../sim/view/bodyMotion.ts';
import {
  type CameraPose,
  type CameraSubject,
  createCameraRig,
  moveCamera,
  YAW_LAG_S,
} from '../../../../sim/view/cameraRig.ts';
import { indicatorLit } from '../../../../sim/view/indicatorBlink.ts';

const subject = (patch: Partial<CameraSubject> = {}): CameraSubject => ({
  x: 0,
  z: 0,
  yaw: 0,
  speed: 30,
  ax: 0,
  roll: 0,
  pitch: 0,
  overview: 0,
  ...patch,
});
const emptyPose = (): CameraPose => ({
  x: 0,
  y: 0,
  z: 0,
  targetX: 0,
  targetY: 0,
  targetZ: 0,
  bank: 0,
  fieldOfView: 0,
});

describe('chase camera', () => {
  it('stands behind and above a car that drives east, and looks ahead of it', () => {
    const pose = emptyPose();
    moveCamera(createCameraRig(), subject(), 0, pose);
    expect(pose.x).toBeLessThan(-6);
    expect(pose.z).toBeCloseTo(0, 9);
    expect(pose.y).toBeGreaterThan(2);
    expect(pose.targetX).toBeGreaterThan(5);
  });

  it('is south of a car that drives north (scene z points south)', () => {
    const pose = emptyPose();
    moveCamera(createCameraRig(), subject({ yaw: Math.PI / 2 }), 0, pose);
    expect(pose.z).toBeGreaterThan(6);
    expect(pose.targetZ).toBeLessThan(-5);
  });

  it('trails a turn by its time constant, at any frame rate', () => {
    for (const rate of [20, 60, 240]) {
      const rig = createCameraRig();
      const pose = emptyPose();
      moveCamera(rig, subject(), 0, pose);
      const turned = subject({ yaw: 0.2 });
      for (let i = 0; i < Math.round(0.3 * rate); i++) moveCamera(rig, turned, 1 / rate, pose);
      expect(rig.yaw).toBeCloseTo(0.2 * (1 - Math.exp(-0.3 / YAW_LAG_S)), 9);
    }
  });

  it('moves back and widens with speed', () => {
    const slow = emptyPose();
    const fast = emptyPose();
    moveCamera(createCameraRig(), subject({ speed: 5 }), 0, slow);
    moveCamera(createCameraRig(), subject({ speed: 40 }), 0, fast);
    expect(fast.x).toBeLessThan(slow.x);
    expect(fast.fieldOfView).toBeGreaterThan(slow.fieldOfView);
  });

  it('rises over the road while there is something to see on it', () => {
    const rig = createCameraRig();
    const pose = emptyPose();
    moveCamera(rig, subject(), 0, pose);
    const low = pose.y;
    for (let i = 0; i < 300; i++) moveCamera(rig, subject({ overview: 1 }), 1 / 60, pose);
    expect(pose.y).toBeGreaterThan(low + 3);
  });

  it('is straight behind at once after a jump in time', () => {
    for (const dt of [-3, 5]) {
      const rig = createCameraRig();
      const pose = emptyPose();
      moveCamera(rig, subject(), 0, pose);
      moveCamera(rig, subject({ yaw: 1 }), dt, pose);
      expect(rig.yaw).toBe(1);
    }
  });
});

describe('other cameras', () => {
  it('sits left of the middle in the cockpit', () => {
    const rig = createCameraRig();
    rig.mode = 'cockpit';
    const pose = emptyPose();
    moveCamera(rig, subject(), 0, pose);
    expect(pose.z).toBeLessThan(-0.2);
    expect(pose.y).toBeCloseTo(1.2, 6);
  });

  it('keeps its distance in orbit', () => {
    const rig = createCameraRig();
    rig.mode = 'orbit';
    const pose = emptyPose();
    for (const turn of [0, 1, 2.5]) {
      rig.orbitTurn = turn;
      moveCamera(rig, subject({ x: 5, z: -3 }), 0.016, pose);
      expect(Math.hypot(pose.x - 5, pose.y - 0.8, pose.z + 3)).toBeCloseTo(rig.orbitDistance, 9);
    }
  });
});

describe('body motion', () => {
  const settle = (ax: number, ay: number, seconds: number, rate = 60) => {
    const body = createBodyMotion();
    for (let i = 0; i < Math.round(seconds * rate); i++) settleBody(body, ax, ay, 1 / rate);
    return body;
  };

  it('rolls right in a left turn and dives when braking, by the steady angles', () => {
    const body = settle(-8, 5, 3);
    expect(body.roll).toBeCloseTo(0.0057 * 5, 5);
    expect(body.pitch).toBeCloseTo(-0.0032 * 8, 5);
  });

  it('overshoots as a system with damping 0.42 does', () => {
    const body = createBodyMotion();
    let peak = 0;
    for (let i = 0; i < 120; i++) {
      settleBody(body, 0, 5, 1 / 120);
      peak = Math.max(peak, body.roll);
    }
    const zeta = 0.42;
    expect(peak / (0.0057 * 5)).toBeCloseTo(1 + Math.exp((-Math.PI * zeta) / Math.sqrt(1 - zeta * zeta)), 1);
  });

  it('stands still while time does', () => {
    const body = settle(0, 5, 0.1);
    const before = { ...body };
    settleBody(body, 0, 5, 0);
    expect(body).toEqual(before);
  });
});

describe('indicators', () => {
  it('blink half of every 0.7 s', () => {
    const lit = Array.from({ length: 700 }, (_, ms) => indicatorLit(ms / 1000, 12)).filter(Boolean).length;
    expect(lit).toBeGreaterThan(340);
    expect(lit).toBeLessThan(360);
    expect(indicatorLit(0.1, 0)).toBe(true);
    expect(indicatorLit(0.4, 0)).toBe(false);
  });
});
