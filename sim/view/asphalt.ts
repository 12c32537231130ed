import { Color, Mesh, MeshBasicMaterial, type Texture } from 'three';
import { noise2 } from './groundNoise.ts';
import { createGrowingGeometry } from './growingGeometry.ts';
import { PALETTE } from './palette.ts';
import { addRibbon } from './ribbonMesh.ts';
import { type LateralSpan, RAMP_SHOULDER_M, type RoadProfile } from './roadProfile.ts';
import type { RoadRows } from './roadRows.ts';
import { ASPHALT_TILE_M } from './surfaceTextures.ts';

/** A part of the scenery that is rebuilt as the drawn stretch of road moves on. */
export interface RoadPart {
  readonly mesh: Mesh;
  rebuild(profile: RoadProfile, rows: RoadRows): void;
  dispose(): void;
}

/** Distance of the wheel tracks from a lane's centre [m], and their half width. */
const TRACK_M = 0.85;
const TRACK_HALF_M = 0.35;

/** The pavement of both carriageways and of ramps, with darker wheel tracks. */
export function createAsphalt(texture: Texture): RoadPart {
  const surface = createGrowingGeometry(8000, true);
  const material = new MeshBasicMaterial({ map: texture, vertexColors: true });
  // Paint lies on it without a gap: it yields in depth instead of in height, at every distance.
  material.polygonOffset = true;
  material.polygonOffsetFactor = 1;
  material.polygonOffsetUnits = 2;
  const mesh = new Mesh(surface.geometry, material);
  mesh.frustumCulled = false;
  mesh.renderOrder = -3;
  const span: LateralSpan = { left: 0, right: 0 };
  const tone = new Color();

  return {
    mesh,
    rebuild(profile, rows) {
      surface.clear();
      const columns = crossSection(profile);
      addRibbon(
        surface,
        rows,
        columns.length,
        (row, column, out) => {
          const s = rows.s[row]!;
          if (column === 0) profile.pavement(s, span);
          const { d, wear } = columns[column]!;
          out.d = Math.min(span.left, Math.max(span.right, d));
          out.h = 0;
          out.normalLeft = 0;
          out.normalUp = 1;
          const patch = 0.94 + 0.12 * noise2(s / 70, out.d / 9);
          tone.copy(PALETTE.asphalt).lerp(wear < 0 ? PALETTE.shoulder : PALETTE.wheelTrack, Math.abs(wear));
          out.r = tone.r * patch;
          out.g = tone.g * patch;
          out.b = tone.b * patch;
          return true;
        },
        ASPHALT_TILE_M,
      );
      for (let lane = 0; lane < profile.road.laneCount; lane++) {
        addPlain(surface, rows, (s, out) => {
          if (!profile.rampArm(lane, s, out)) return false;
          out.left += RAMP_SHOULDER_M;
          out.right -= RAMP_SHOULDER_M;
          return true;
        });
      }
      const { opposite } = profile;
      if (opposite) {
        addPlain(surface, rows, (_, out) => {
          out.left = opposite.left;
          out.right = opposite.right;
          return true;
        });
      }
      surface.commit();
    },
    dispose() {
      surface.geometry.dispose();
      material.dispose();
    },
  };
}

/** Columns over the whole width, left to right: `wear` 1 in a wheel track, -1 on a shoulder. */
function crossSection(profile: RoadProfile): { d: number; wear: number }[] {
  const { road } = profile;
  const columns = [{ d: Number.POSITIVE_INFINITY, wear: -1 }];
  columns.push({ d: 0, wear: -0.5 });
  for (let lane = 0; lane < road.laneCount; lane++) {
    const centre = road.laneCentre(lane);
    for (const side of [1, -1]) {
      columns.push({ d: centre + side * TRACK_M + TRACK_HALF_M, wear: 0 });
      columns.push({ d: centre + side * TRACK_M, wear: 1 });
      columns.push({ d: centre + side * TRACK_M - TRACK_HALF_M, wear: 0 });
    }
  }
  columns.push({ d: road.laneLeftEdge(road.laneCount - 1) - road.laneWidth(road.laneCount - 1), wear: -0.5 });
  columns.push({ d: Number.NEGATIVE_INFINITY, wear: -1 });
  return columns;
}

function addPlain(
  surface: ReturnType<typeof createGrowingGeometry>,
  rows: RoadRows,
  extent: (s: number, out: LateralSpan) => boolean,
): void {
  const span: LateralSpan = { left: 0, right: 0 };
  let there = false;
  addRibbon(
    surface,
    rows,
    2,
    (row, column, out) => {
      if (column === 0) there = extent(rows.s[row]!, span);
      if (!there) return false;
      out.d = column === 0 ? span.left : span.right;
      out.h = 0;
      out.normalLeft = 0;
      out.normalUp = 1;
      out.r = PALETTE.asphalt.r;
      out.g = PALETTE.asphalt.g;
      out.b = PALETTE.asphalt.b;
      return true;
    },
    ASPHALT_TILE_M,
  );
}
