import { findBaselineDriver } from '../irl/agent/baselineDrivers.ts';
import { buildScenario } from '../scenarios/buildScenario.ts';
import { advanceTick } from '../sim/core/advanceWorld.ts';
import { createWorld } from '../sim/core/world.ts';
import { createHighwayView } from '../sim/view/highwayView.ts';
import type { CameraMode } from '../sim/view/viewFrame.ts';
import { captureVehicles, createViewVehicles } from '../sim/view/viewVehicles.ts';

/** A picture to be taken: a scenario, who drives it, when the picture is taken [s], and from where. */
export interface ScenarioPicture {
  readonly id: string;
  readonly driver: string;
  readonly at: number;
  readonly camera: CameraMode;
}

declare global {
  interface Window {
    drawScenario(picture: ScenarioPicture, width: number, height: number): void;
  }
}

/** Seconds before the picture in which frames are drawn, so that the camera has caught up. */
const SETTLING_S = 3;

const canvas = document.querySelector<HTMLCanvasElement>('#scene')!;
const view = createHighwayView(canvas, { preserveDrawingBuffer: true });

window.drawScenario = ({ id, driver: name, at, camera }, width, height) => {
  const world = createWorld(buildScenario(id).spec);
  const driver = findBaselineDriver(name).create();
  driver.start(world);
  // Seen from above, what is behind the ego matters as well.
  view.resize(width, height, camera === 'top' ? height / 3 : 0);
  view.setRoad(world.road);
  view.setCamera(camera);
  const vehicles = createViewVehicles(world.vehicles.capacity);
  while (world.tick < at * 10) {
    advanceTick(world, driver);
    if (world.tick < (at - SETTLING_S) * 10) continue;
    captureVehicles(world.vehicles, world.tick / 10, vehicles);
    const { sDot, ax, ay, steer } = world.ego;
    view.render({ timeS: world.tick / 10, vehicles, speed: sDot, egoSteer: steer, egoAx: ax, egoAy: ay });
  }
};
