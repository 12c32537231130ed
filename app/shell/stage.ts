import type { Road } from '../../sim/road/road.ts';
import { createHighwayView, type HighwayView } from '../../sim/view/highwayView.ts';
import type { CameraMode, CandidateOverlay, ViewFrame, ViewQuality } from '../../sim/view/viewFrame.ts';
import { element } from './element.ts';
import { createFrameMeter, type FrameMeter } from './frameMeter.ts';
import type { PreferenceStore, Preferences } from './preferences.ts';

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

/** What `auto` quality goes through, from the best picture to the cheapest; `scale` is picture pixels per CSS pixel. */
const AUTO_LEVELS = [
  { quality: 'high', scale: 1 },
  { quality: 'low', scale: 1 },
  { quality: 'low', scale: 0.7 },
] as const;
/** Frame rate under which `auto` takes the next level, and the time and frames it is judged over. */
const TOO_SLOW = 34;
const JUDGED_S = 2;
const JUDGED_FRAMES = 6;

/**
 * Opens the canvas. Without WebGL the page goes on without a picture: drives, recordings and learning work as before.
 * @param onFailure told in words when there is no picture
 */
export function createStage(preferences: PreferenceStore, onFailure: (reason: string) => void): Stage {
  const canvas = element('canvas', {
    class: 'stage__canvas',
    data: { testid: 'scene' },
    attributes: { 'aria-label': '3D view of the highway', role: 'img' },
  });
  const root = element('div', { class: 'stage' }, canvas);
  const meter = createFrameMeter();
  let hasRoad = false;
  let covered = 0;
  let mode = preferences.current.quality;
  let level = Math.min(Math.max(Math.trunc(preferences.current.autoLevel), 0), AUTO_LEVELS.length - 1);
  const present = () => (mode === 'auto' ? AUTO_LEVELS[level]! : { quality: mode, scale: 1 });
  const view = openView(canvas, present().quality, onFailure);

  const resize = () => {
    const { clientWidth, clientHeight } = root;
    const { scale } = present();
    if (clientWidth > 0 && clientHeight > 0) {
      view?.resize(Math.round(clientWidth * scale), Math.round(clientHeight * scale), covered * scale);
    }
  };
  const applyQuality = () => {
    view?.setQuality(present().quality);
    resize();
    meter.reset();
  };
  new ResizeObserver(resize).observe(root);
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    onFailure('The graphics card gave the picture up (context lost). Reload the page to get it back.');
  });

  const judgeRate = () => {
    if (mode !== 'auto' || level === AUTO_LEVELS.length - 1 || meter.frames < JUDGED_FRAMES) return;
    if (meter.seconds < JUDGED_S) return;
    if (meter.rate < TOO_SLOW) {
      level++;
      preferences.set({ autoLevel: level });
      applyQuality();
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
      if (next === mode) return;
      mode = next;
      level = 0;
      preferences.set({ autoLevel: 0 });
      applyQuality();
    },
    showCandidates(overlay) {
      if (hasRoad) view?.showCandidates(overlay);
    },
    run(next) {
      let last = performance.now();
      const loop = (now: number) => {
        requestAnimationFrame(loop);
        const start = performance.now();
        const elapsedS = Math.max(0, now - last) / 1000;
        last = now;
        const frame = next(elapsedS, now);
        if (frame && view && hasRoad) view.render(frame);
        meter.frame(elapsedS, performance.now() - start);
        judgeRate();
      };
      requestAnimationFrame(loop);
    },
  };
}

function openView(
  canvas: HTMLCanvasElement,
  quality: ViewQuality,
  onFailure: (reason: string) => void,
): HighwayView | null {
  try {
    return createHighwayView(canvas, {
      antialias: quality === 'high',
      quality,
      pixelRatio: window.devicePixelRatio,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onFailure(`No 3D picture: this browser gives no WebGL2 (${reason}). Everything else works.`);
    return null;
  }
}
