import { Fog, Group, Matrix4, PerspectiveCamera, Scene, WebGLRenderer } from 'three';
import type { Road, WorldPose } from '../road/road.ts';
import { createBlobShadows } from './blobShadows.ts';
import { createBodyMotion, settleBody } from './bodyMotion.ts';
import { attachCameraDrag } from './cameraDrag.ts';
import { type CameraPose, type CameraSubject, createCameraRig, moveCamera } from './cameraRig.ts';
import { createCandidateRibbons } from './candidateRibbons.ts';
import { CAR_LENGTH, CAR_WIDTH } from './carModel.ts';
import { createCockpit } from './cockpit.ts';
import { createDaylight } from './daylight.ts';
import { createGhostCar } from './ghostCar.ts';
import { createHills } from './hills.ts';
import { createLampGlow } from './lampGlow.ts';
import { PALETTE } from './palette.ts';
import { createRoadScenery, type RoadScenery } from './roadScenery.ts';
import { createSky } from './sky.ts';
import { createVehicleFleet } from './vehicleFleet.ts';
import { createVehicleMaterial } from './vehicleMaterial.ts';
import { createAttitude, type ViewOrigin, vehicleMatrix } from './vehiclePose.ts';
import type { CameraMode, CandidateOverlay, ViewFrame, ViewQuality } from './viewFrame.ts';

/** What was drawn in the last frame. */
export interface ViewInfo {
  readonly drawCalls: number;
  readonly triangles: number;
}

export interface HighwayViewOptions {
  /**
   * Smooths edges; costs about a quarter of the frame rate without a graphics card. Cannot be changed later. Default
   * true.
   */
  readonly antialias?: boolean;
  /** Default `high`. */
  readonly quality?: ViewQuality;
  /** Most vehicles that can be drawn. Default 512. */
  readonly capacity?: number;
  /** Device pixels per CSS pixel; at most 2 in `high` quality, always 0.75 in `low`. Default 1. */
  readonly pixelRatio?: number;
  /** Keeps the picture readable after drawing, for screenshots. Default false. */
  readonly preserveDrawingBuffer?: boolean;
}

/** A 3D picture of the highway. It draws frames, not worlds: a live drive, a recording and a rollout look alike. */
export interface HighwayView {
  /** The road of the frames to come. Rebuilds all scenery. */
  setRoad(road: Road): void;
  setCamera(mode: CameraMode): void;
  readonly camera: CameraMode;
  setQuality(quality: ViewQuality): void;
  /** Shows the agent's candidates until the next call; null hides them. */
  showCandidates(candidates: CandidateOverlay | null): void;
  /** @throws Error before `setRoad`, or when the frame has no vehicle in slot 0. */
  render(frame: ViewFrame): void;
  /**
   * Size of the picture in CSS pixels.
   * @param coveredBottom height at the lower edge that panels cover; what matters is drawn above it
   */
  resize(width: number, height: number, coveredBottom?: number): void;
  dispose(): void;
  readonly info: ViewInfo;
}

/** Where haze begins and where it has swallowed everything [m]. */
const HAZE_FROM_M = 160;
const HAZE_TO_M = 1750;
const FAR_M = 6000;
/** Device pixels per CSS pixel in low quality, which is for machines that draw in software. */
const LOW_PIXEL_RATIO = 0.75;

/**
 * Opens a view on a canvas.
 * @throws Error when the browser gives no WebGL2 context.
 */
export function createHighwayView(canvas: HTMLCanvasElement, options: HighwayViewOptions = {}): HighwayView {
  const { antialias = true, capacity = 512, pixelRatio = 1, preserveDrawingBuffer = false } = options;
  let quality = options.quality ?? 'high';
  const renderer = new WebGLRenderer({ canvas, antialias, preserveDrawingBuffer, powerPreference: 'high-performance' });
  const scene = new Scene();
  scene.fog = new Fog(PALETTE.haze, HAZE_FROM_M, HAZE_TO_M);
  const camera = new PerspectiveCamera(60, 16 / 9, 0.4, FAR_M);
  const rig = createCameraRig();
  const detachDrag = attachCameraDrag(canvas, rig);

  scene.add(...createDaylight());
  const sky = createSky();
  const hills = createHills();
  const backdrop = new Group();
  backdrop.add(sky.mesh, hills.mesh);
  // What stands in the world is a child of `world`, which is shifted so that the ego is near the scene's origin.
  const world = new Group();
  const material = createVehicleMaterial();
  const fleet = createVehicleFleet(material, capacity);
  const shadows = createBlobShadows(capacity);
  const glow = createLampGlow(capacity);
  const ghost = createGhostCar();
  const cockpit = createCockpit();
  const candidates = createCandidateRibbons();
  world.add(candidates.mesh);
  scene.add(backdrop, world, ...fleet.meshes, shadows.mesh, glow.mesh, ghost.group, cockpit.group);

  let road: Road | null = null;
  let scenery: RoadScenery | null = null;
  let lastTimeS = Number.NaN;
  const origin: ViewOrigin = { x: 0, y: 0 };
  const pose: WorldPose = { x: 0, y: 0, heading: 0 };
  const body = createBodyMotion();
  const subject: CameraSubject = { x: 0, z: 0, yaw: 0, speed: 0, ax: 0, roll: 0, pitch: 0, overview: 0 };
  const eye: CameraPose = { x: 0, y: 0, z: 0, targetX: 0, targetY: 0, targetZ: 0, bank: 0, fieldOfView: 60 };
  const egoMatrix = new Matrix4();
  const egoAttitude = createAttitude();
  const info = { drawCalls: 0, triangles: 0 };

  const applyQuality = () => {
    renderer.setPixelRatio(quality === 'high' ? Math.min(pixelRatio, 2) : LOW_PIXEL_RATIO);
  };
  applyQuality();
  const buildScenery = (next: Road) => {
    scenery?.dispose();
    scenery = createRoadScenery(next, quality);
    world.add(scenery.group);
  };

  const aimCamera = () => {
    camera.position.set(eye.x, eye.y, eye.z);
    camera.up.set(0, 1, 0);
    camera.lookAt(eye.targetX, eye.targetY, eye.targetZ);
    camera.rotateZ(-eye.bank);
    camera.near = rig.mode === 'cockpit' ? 0.12 : rig.mode === 'top' ? 5 : 0.6;
    camera.fov = eye.fieldOfView;
    camera.updateProjectionMatrix();
    backdrop.position.set(eye.x, 0, eye.z);
  };

  return {
    setRoad(next) {
      road = next;
      buildScenery(next);
      candidates.show(next, null);
      rig.settled = false;
      lastTimeS = Number.NaN;
    },
    setCamera(mode) {
      rig.mode = mode;
    },
    get camera() {
      return rig.mode;
    },
    setQuality(next) {
      if (next === quality) return;
      quality = next;
      applyQuality();
      if (road) buildScenery(road);
    },
    showCandidates(overlay) {
      if (!road) throw new Error('HighwayView.showCandidates: there is no road yet; call setRoad first.');
      candidates.show(road, overlay);
    },
    render(frame) {
      if (!road || !scenery) throw new Error('HighwayView.render: there is no road yet; call setRoad first.');
      const { vehicles, timeS } = frame;
      if (vehicles.count < 1) throw new Error('HighwayView.render: the frame is empty; slot 0 has to hold the ego.');
      const dt = Number.isNaN(lastTimeS) ? -1 : timeS - lastTimeS;
      lastTimeS = timeS;
      settleBody(body, frame.egoAx ?? vehicles.a[0]!, frame.egoAy ?? 0, dt);

      const s = vehicles.s[0]!;
      road.toWorld(s, vehicles.d[0]!, pose);
      origin.x = pose.x;
      origin.y = pose.y;
      world.position.set(-origin.x, 0, origin.y);
      scenery.update(s);
      const inside = rig.mode === 'cockpit';
      fleet.update(road, vehicles, origin, body, inside);
      shadows.update(road, vehicles, origin);
      glow.update(road, vehicles, origin, inside);
      ghost.update(road, frame.ghost, timeS, origin);

      subject.yaw = pose.heading + vehicles.headingOffset[0]!;
      subject.speed = frame.speed;
      subject.ax = frame.egoAx ?? vehicles.a[0]!;
      subject.roll = body.roll;
      subject.pitch = body.pitch;
      subject.overview = candidates.mesh.visible ? 1 : 0;
      moveCamera(rig, subject, dt, eye);
      aimCamera();
      cockpit.group.visible = inside;
      if (inside) {
        egoAttitude.s = s;
        egoAttitude.d = vehicles.d[0]!;
        egoAttitude.headingOffset = vehicles.headingOffset[0]!;
        egoAttitude.scaleX = vehicles.length[0]! / CAR_LENGTH;
        egoAttitude.scaleZ = vehicles.width[0]! / CAR_WIDTH;
        cockpit.update(vehicleMatrix(road, origin, egoAttitude, egoMatrix), frame.egoSteer ?? 0);
      }
      renderer.render(scene, camera);
      info.drawCalls = renderer.info.render.calls;
      info.triangles = renderer.info.render.triangles;
    },
    resize(width, height, coveredBottom = 0) {
      renderer.setSize(width, height, false);
      camera.aspect = width / Math.max(1, height);
      if (coveredBottom > 0) camera.setViewOffset(width, height, 0, 0.6 * coveredBottom, width, height);
      else camera.clearViewOffset();
    },
    dispose() {
      detachDrag();
      for (const part of [scenery, sky, hills, fleet, shadows, glow, ghost, cockpit, candidates]) part?.dispose();
      material.dispose();
      renderer.dispose();
    },
    info,
  };
}
