import type { Road } from '../../sim/road/road.ts';
import { createHighwayView, type HighwayView } from '../../sim/view/highwayView.ts';
import type { CameraMode, CandidateOverlay, ViewFrame } from '../../sim/view/viewFrame.ts';
import { element } from './element.ts';
import { createFrameMeter, type FrameMeter } from './frameMeter.ts';
import type { Preferences } from './preferences.ts';

export const CAMERAS: readonly CameraMode[] = ['chase', 'cockpit', 'top', 'orbit'];

/** The picture behind everything: one canvas, one view, one loop of animation frames. */
export interface Stage {
  readonly element: HTMLElement;
  readonly meter: FrameMeter;
  setRoad(road: Road): void;
  /** Tells how much of the lower edge panels cover [CSS px], so that the car is drawn above them. */
  setCovered(bottom: number): void;
  setCamera(camera: CameraMode): void;
  setQuality(quality: Preferences['quality']): void;
  showCandidates(overlay: CandidateOverlay | null): void;
  /** Starts the loop. `next` is asked once in every animation frame; null leaves the picture as it is. */
  run(next: (elapsedS: number, nowMs: number) => ViewFrame | null): void;
}

/** In `auto` quality: frame rate under which the picture is simplified, and the frames it is judged over. */
const TOO_SLOW = 34;
const JUDGED_FRAMES = 50;

/**
 * Opens the canvas. Without WebGL the page goes on without a picture: drives, recordings and learning work as before.
 * @param onFailure told in words when there is no picture
 */
export function createStage(quality: Preferences['quality'], onFailure: (reason: string) => void): Stage {
  const canvas = element('canvas', {
    class: 'stage__canvas',
    data: { testid: 'scene' },
    attributes: { 'aria-label': '3D view of the highway', role: 'img' },
  });
  const root = element('div', { class: 'stage' }, canvas);
  const meter = createFrameMeter();
  const view = openView(canvas, quality, onFailure);
  let hasRoad = false;
  let covered = 0;
  let mode = quality;
  let simplified = quality === 'low';

  const resize = () => {
    const { clientWidth, clientHeight } = root;
    if (clientWidth > 0 && clientHeight > 0) view?.resize(clientWidth, clientHeight, covered);
  };
  new ResizeObserver(resize).observe(root);
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    onFailure('The graphics card gave the picture up (context lost). Reload the page to get it back.');
  });

  const judgeRate = () => {
    if (mode !== 'auto' || simplified || meter.frames < JUDGED_FRAMES) return;
    if (meter.rate < TOO_SLOW) {
      simplified = true;
      view?.setQuality('low');
    }
    meter.reset();
  };

  return {
    element: root,
    meter,
    setRoad(road) {
      view?.setRoad(road);
      hasRoad = true;
      resize();
      meter.reset();
    },
    setCovered(bottom) {
      if (bottom === covered) return;
      covered = bottom;
      resize();
    },
    setCamera: (camera) => view?.setCamera(camera),
    setQuality(next) {
      mode = next;
      simplified = next === 'low';
      view?.setQuality(simplified ? 'low' : 'high');
      meter.reset();
    },
    showCandidates(overlay) {
      if (hasRoad) view?.showCandidates(overlay);
    },
    run(next) {
      let last = performance.now();
      const loop = (now: number) => {
        requestAnimationFrame(loop);
        const elapsedS = Math.max(0, now - last) / 1000;
        last = now;
        const frame = next(elapsedS, now);
        if (frame && view && hasRoad) view.render(frame);
        meter.frame(elapsedS, performance.now() - now);
        judgeRate();
      };
      requestAnimationFrame(loop);
    },
  };
}

function openView(
  canvas: HTMLCanvasElement,
  quality: Preferences['quality'],
  onFailure: (reason: string) => void,
): HighwayView | null {
  try {
    return createHighwayView(canvas, {
      antialias: quality !== 'low',
      quality: quality === 'low' ? 'low' : 'high',
      pixelRatio: window.devicePixelRatio,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onFailure(`No 3D picture: this browser gives no WebGL2 (${reason}). Everything else works.`);
    return null;
  }
}
