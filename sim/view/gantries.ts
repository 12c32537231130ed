import { CanvasTexture, Mesh, MeshBasicMaterial, SRGBColorSpace } from 'three';
import type { Road } from '../road/road.ts';
import { createGrowingGeometry, type GrowingGeometry } from './growingGeometry.ts';
import { PALETTE } from './palette.ts';
import type { LateralSpan, RoadProfile } from './roadProfile.ts';
import { placeOnRoad, type RoadRows, type ScenePlace } from './roadRows.ts';

/** Distance between gantries [m], the first one's place, and the clearance under them [m]. */
const SPACING_M = 1200;
const FIRST_M = 420;
const CLEARANCE_M = 5.7;
/** Side of a sign [m]. */
const SIGN_M = 1.7;
const CELL = 128;

/** Overhead gantries with the speed limit of each lane. */
export interface Gantries {
  readonly meshes: readonly Mesh[];
  rebuild(profile: RoadProfile, rows: RoadRows): void;
  dispose(): void;
}

/** Paints the signs of a road's limits and builds gantries where the drawn stretch has them. */
export function createGantries(road: Road): Gantries {
  const limits = [...new Set(road.spec.lanes.map((lane) => Math.round(lane.speedLimit * 3.6)))].sort((a, b) => a - b);
  const texture = paintSigns(limits);
  const frame = createGrowingGeometry(600);
  const signs = createGrowingGeometry(100, true);
  const frameMaterial = new MeshBasicMaterial({ vertexColors: true });
  const signMaterial = new MeshBasicMaterial({ map: texture });
  const meshes = [new Mesh(frame.geometry, frameMaterial), new Mesh(signs.geometry, signMaterial)];
  for (const mesh of meshes) mesh.frustumCulled = false;
  const span: LateralSpan = { left: 0, right: 0 };

  return {
    meshes,
    rebuild(profile, rows) {
      frame.clear();
      signs.clear();
      const from = rows.s[0]!;
      const to = rows.s[rows.count - 1]!;
      for (let k = Math.ceil((from - FIRST_M) / SPACING_M); k * SPACING_M + FIRST_M <= to; k++) {
        const s = k * SPACING_M + FIRST_M;
        profile.pavement(s, span);
        const left = span.left + 0.75;
        const right = span.right - 0.75;
        const box = beamOn(road, rows, s, frame);
        box(left, 0, 0.22, CLEARANCE_M + 1.1, 0.22);
        box(right, 0, 0.22, CLEARANCE_M + 1.1, 0.22);
        for (const [low, high] of [
          [CLEARANCE_M, CLEARANCE_M + 0.16],
          [CLEARANCE_M + 0.9, CLEARANCE_M + 1.06],
        ] as const)
          box((left + right) / 2, low, (left - right) / 2, high, 0.12);
        for (let d = right + 0.7; d < left; d += 1.4) box(d, CLEARANCE_M, 0.05, CLEARANCE_M + 1, 0.05);
        for (let lane = 0; lane < road.laneCount; lane++) {
          if (!road.laneExists(lane, s)) continue;
          const limit = limits.indexOf(Math.round(road.speedLimit(lane) * 3.6));
          hangSign(road, rows, s - 0.3, road.laneCentre(lane), limit, limits.length, signs);
        }
      }
      frame.commit();
      signs.commit();
    },
    dispose() {
      for (const mesh of meshes) mesh.geometry.dispose();
      frameMaterial.dispose();
      signMaterial.dispose();
      texture.dispose();
    },
  };
}

const place: ScenePlace = { x: 0, z: 0, heading: 0 };

/**
 * Returns a function that adds a box across the road: middle d, bottom, half width across, top, half depth along [m].
 */
function beamOn(road: Road, rows: RoadRows, s: number, target: GrowingGeometry) {
  const { r, g, b } = PALETTE.steel;
  return (d: number, bottom: number, half: number, top: number, depth: number) => {
    placeOnRoad(road, rows, s, d, place);
    const c = Math.cos(place.heading);
    const n = Math.sin(place.heading);
    const corner = (along: number, left: number, y: number, na: number, nl: number, ny: number) =>
      target.vertex(
        place.x + along * c - left * n,
        y,
        place.z - along * n - left * c,
        na * c - nl * n,
        ny,
        -na * n - nl * c,
        r,
        g,
        b,
      );
    const side = (na: number, nl: number, ny: number, points: readonly (readonly [number, number, number])[]) => {
      const [p, q, u, v] = points.map(([a, l, y]) => corner(a, l, y, na, nl, ny));
      target.quad(p!, q!, u!, v!);
    };
    const [x, l] = [depth, half];
    side(-1, 0, 0, [
      [-x, l, bottom],
      [-x, -l, bottom],
      [-x, -l, top],
      [-x, l, top],
    ]);
    side(1, 0, 0, [
      [x, -l, bottom],
      [x, l, bottom],
      [x, l, top],
      [x, -l, top],
    ]);
    side(0, 1, 0, [
      [x, l, bottom],
      [-x, l, bottom],
      [-x, l, top],
      [x, l, top],
    ]);
    side(0, -1, 0, [
      [-x, -l, bottom],
      [x, -l, bottom],
      [x, -l, top],
      [-x, -l, top],
    ]);
    side(0, 0, 1, [
      [-x, l, top],
      [-x, -l, top],
      [x, -l, top],
      [x, l, top],
    ]);
    side(0, 0, -1, [
      [-x, -l, bottom],
      [-x, l, bottom],
      [x, l, bottom],
      [x, -l, bottom],
    ]);
  };
}

function hangSign(
  road: Road,
  rows: RoadRows,
  s: number,
  d: number,
  cell: number,
  cells: number,
  target: GrowingGeometry,
): void {
  const h = SIGN_M / 2;
  const middle = CLEARANCE_M + 0.45;
  const corners = [
    [d + h, middle - h, cell / cells, 0],
    [d - h, middle - h, (cell + 1) / cells, 0],
    [d - h, middle + h, (cell + 1) / cells, 1],
    [d + h, middle + h, cell / cells, 1],
  ] as const;
  const [a, b, c, e] = corners.map(([at, y, u, v]) => {
    placeOnRoad(road, rows, s, at, place);
    const index = target.vertex(place.x, y, place.z, 0, 0, 1, 1, 1, 1);
    target.texture(u, v);
    return index;
  });
  target.quad(a!, b!, c!, e!);
  // The back, dark by pointing at the panel's border.
  const [p, q, t, w] = corners.map(([at, y]) => {
    placeOnRoad(road, rows, s + 0.02, at, place);
    const index = target.vertex(place.x, y, place.z, 0, 0, -1, 1, 1, 1);
    target.texture((cell + 0.03) / cells, 0.03);
    return index;
  });
  target.quad(q!, p!, w!, t!);
}

/** One dark panel with a red ring for each limit [km/h], side by side. */
function paintSigns(limits: readonly number[]): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = CELL * limits.length;
  canvas.height = CELL;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gives no 2D canvas context; the view paints its signs on one.');
  for (const [i, limit] of limits.entries()) {
    context.fillStyle = '#17191c';
    context.fillRect(i * CELL, 0, CELL, CELL);
    context.beginPath();
    context.arc((i + 0.5) * CELL, CELL / 2, CELL * 0.39, 0, Math.PI * 2);
    context.lineWidth = CELL * 0.085;
    context.strokeStyle = '#ff3b30';
    context.stroke();
    context.fillStyle = '#f7f7f2';
    context.font = `bold ${Math.round(CELL * (limit >= 100 ? 0.34 : 0.42))}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(String(limit), (i + 0.5) * CELL, CELL * 0.52);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;
}
