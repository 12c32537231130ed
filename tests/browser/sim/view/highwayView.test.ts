import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRoad, mainLane } from '../../../../sim/road/createRoad.ts';
import { createHighwayView, type HighwayView } from '../../../../sim/view/highwayView.ts';
import type { CameraMode, ViewFrame } from '../../../../sim/view/viewFrame.ts';
import { createViewVehicles } from '../../../../sim/view/viewVehicles.ts';

const WIDTH = 320;
const HEIGHT = 180;
const straight = createRoad({
  pieces: [{ kind: 'straight', length: 25_000_000 }],
  lanes: [mainLane(3.6, 36), mainLane(3.6, 36), mainLane(3.6, 33)],
  shoulderLeft: 1,
  shoulderRight: 2.5,
  railLeft: true,
  railRight: true,
});

let canvas: HTMLCanvasElement;
let view: HighwayView;

beforeEach(() => {
  canvas = document.createElement('canvas');
  view = createHighwayView(canvas, { antialias: false, preserveDrawingBuffer: true });
  view.resize(WIDTH, HEIGHT);
  view.setRoad(straight);
});
afterEach(() => view.dispose());

/** An ego and others ahead and behind, of every kind. */
function frame(count: number, s: number, patch: Partial<ViewFrame> = {}): ViewFrame {
  const vehicles = createViewVehicles(Math.max(1, count));
  vehicles.count = count;
  vehicles.timeS = patch.timeS ?? 0;
  for (let i = 0; i < count; i++) {
    const truck = i > 0 && i % 5 === 0;
    vehicles.id[i] = i;
    vehicles.kind[i] = i === 0 ? 0 : i % 17 === 0 ? 2 : i % 23 === 0 ? 3 : truck ? 1 : 0;
    vehicles.s[i] = s + (i === 0 ? 0 : 15 + 9 * i - (i % 4 === 0 ? 400 : 0));
    vehicles.d[i] = straight.laneCentre(i === 0 ? 1 : i % 3);
    vehicles.sDot[i] = 30;
    vehicles.length[i] = truck ? (i % 2 ? 9 : 15.5) : 4.5;
    vehicles.width[i] = truck ? 2.5 : 1.8;
    vehicles.braking[i] = i % 3 === 0 ? 1 : 0;
    vehicles.indicator[i] = i % 7 === 0 ? 1 : 0;
  }
  return { timeS: 0, vehicles, speed: 30, ...patch };
}

function pixels(): Uint8Array {
  const gl = canvas.getContext('webgl2')!;
  const out = new Uint8Array(WIDTH * HEIGHT * 4);
  gl.readPixels(0, 0, WIDTH, HEIGHT, gl.RGBA, gl.UNSIGNED_BYTE, out);
  expect(gl.getError()).toBe(gl.NO_ERROR);
  return out;
}

/** Mean absolute difference of two pictures, 0..255. */
function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

const overlay = {
  motions: [-1, 0, 1].map((side) => ({
    s: Float64Array.from({ length: 51 }, (_, k) => 500 + 0.8 * k),
    d: Float64Array.from({ length: 51 }, (_, k) => straight.laneCentre(1) + side * 0.06 * k),
  })),
  merit: [0.1, 0.9, 0.5],
  refused: [1, 0, 0],
  chosen: 1,
};

describe('highway view', () => {
  it('draws 60 vehicles, a ghost and candidates in at most 50 draw calls with every camera', () => {
    const ghost = {
      s: 510,
      d: -2,
      headingOffset: 0,
      length: 4.6,
      width: 1.8,
      braking: true,
      indicator: 0,
      label: 'you',
    };
    view.showCandidates(overlay);
    for (const mode of ['chase', 'cockpit', 'top', 'orbit'] satisfies CameraMode[]) {
      view.setCamera(mode);
      view.render(frame(60, 500, { ghost, egoSteer: 0.01, egoAx: -2, egoAy: 1 }));
      expect(view.info.drawCalls, mode).toBeLessThanOrEqual(50);
      expect(view.info.drawCalls, mode).toBeGreaterThan(15);
      const picture = pixels();
      const colours = new Set<number>();
      for (let i = 0; i < picture.length; i += 4) {
        colours.add((picture[i]! << 16) | (picture[i + 1]! << 8) | picture[i + 2]!);
      }
      expect(colours.size, mode).toBeGreaterThan(500);
    }
  });

  it('lights the brake lamps', () => {
    const off = frame(1, 500);
    off.vehicles.braking[0] = 0;
    view.render(off);
    const dark = pixels();
    off.vehicles.braking[0] = 1;
    view.render(off);
    const bright = pixels();
    let redder = 0;
    for (let i = 0; i < dark.length; i += 4) if (bright[i]! - dark[i]! > 40) redder++;
    expect(redder).toBeGreaterThan(15);
  });

  it('blinks an indicator with time', () => {
    const blinking = frame(1, 500);
    blinking.vehicles.braking[0] = 0;
    blinking.vehicles.indicator[0] = -1;
    const at = (timeS: number) => {
      blinking.vehicles.timeS = timeS;
      view.render({ ...blinking, timeS: 0 });
      return pixels();
    };
    const on = at(0.1);
    expect(difference(on, at(0.45))).toBeGreaterThan(0.02);
    expect(difference(on, at(0.75))).toBe(0);
  });

  it('draws the same car 20 000 km down the road, where float32 knows places to 2 m', () => {
    // The scenery repeats nowhere, so only what moves along is compared: the car.
    const near = (() => {
      view.render(frame(1, 600));
      return pixels();
    })();
    view.render(frame(1, 600 + 20_000_000));
    const far = pixels();
    let sum = 0;
    let count = 0;
    for (let y = Math.round(HEIGHT * 0.22); y < HEIGHT * 0.4; y++) {
      for (let x = Math.round(WIDTH * 0.455); x < WIDTH * 0.545; x++) {
        for (let c = 0; c < 3; c++) {
          sum += Math.abs(near[(y * WIDTH + x) * 4 + c]! - far[(y * WIDTH + x) * 4 + c]!);
          count++;
        }
      }
    }
    expect(sum / count).toBeLessThan(0.5);
  });

  it('moves smoothly there: five centimetres change less than a metre, but something', () => {
    const at = (s: number) => {
      view.render(frame(1, s));
      return pixels();
    };
    const here = at(20_000_000);
    const step = difference(here, at(20_000_000.05));
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(0.5 * difference(here, at(20_000_001)));
  });

  it('shows candidates until they are taken away', () => {
    const still = frame(1, 500);
    view.setCamera('top');
    view.render(still);
    const without = pixels();
    view.showCandidates(overlay);
    view.render(still);
    expect(difference(without, pixels())).toBeGreaterThan(0.1);
    view.showCandidates(null);
    view.render(still);
    expect(difference(without, pixels())).toBe(0);
  });

  it('rebuilds for another quality and another road', () => {
    view.render(frame(10, 500));
    const high = view.info.triangles;
    view.setQuality('low');
    view.render(frame(10, 500));
    expect(view.info.triangles).toBeLessThan(0.85 * high);
    view.setRoad(createRoad({ ...straight.spec, pieces: [{ kind: 'arc', length: 2000, curvature: 1 / 600 }] }));
    view.render(frame(10, 500));
    expect(view.info.drawCalls).toBeGreaterThan(10);
  });

  it('refuses frames and overlays that make no sense', () => {
    expect(() => view.render(frame(0, 0))).toThrow(/slot 0/);
    expect(() => view.showCandidates({ ...overlay, chosen: 7 })).toThrow(/chosen is 7/);
    expect(() => view.showCandidates({ ...overlay, merit: [1] })).toThrow(/3 motions, but 1 merits/);
    const empty = createHighwayView(document.createElement('canvas'));
    expect(() => empty.render(frame(1, 0))).toThrow(/call setRoad first/);
    empty.dispose();
  });
});
