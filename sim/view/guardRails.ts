import { BoxGeometry, DoubleSide, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial, MeshLambertMaterial } from 'three';
import { comesIn, leadsOff } from '../road/laneUse.ts';
import { createGrowingGeometry } from './growingGeometry.ts';
import { PALETTE } from './palette.ts';
import { addRibbon } from './ribbonMesh.ts';
import { type LateralSpan, RAMP_SHOULDER_M, type RoadProfile } from './roadProfile.ts';
import { placeOnRoad, type RoadRows, type ScenePlace } from './roadRows.ts';

/** Guard rails of a road: beams and their posts. */
export interface GuardRails {
  readonly beams: Mesh;
  readonly posts: InstancedMesh;
  rebuild(profile: RoadProfile, rows: RoadRows, centre: number): void;
  dispose(): void;
}

/** Distance between posts [m], how far from the viewer they are drawn [m], and the most there can be. */
const POST_SPACING_M = 4;
const POST_REACH_M = 360;
const MOST_POSTS = 800;
const POST_CLEARANCE_M = 6;
/** W-beam cross-section: height [m], bulge towards the road [m]. */
const W_BEAM = [
  [0.78, 0.0],
  [0.72, 0.075],
  [0.66, 0.02],
  [0.62, 0.02],
  [0.56, 0.075],
  [0.47, 0.0],
] as const;

/** One line of rail: where it stands at s, and on which side the road lies (-1: to the right of the rail). */
interface RailLine {
  readonly roadSide: 1 | -1;
  at(s: number): number;
}

/** Steel guard rails at the outer edges of the shoulders, along the median, and beside ramps. */
export function createGuardRails(): GuardRails {
  const steel = createGrowingGeometry(8000);
  const material = new MeshBasicMaterial({ vertexColors: true, side: DoubleSide });
  const beams = new Mesh(steel.geometry, material);
  beams.frustumCulled = false;
  const postMaterial = new MeshLambertMaterial({ color: PALETTE.steelDark });
  const posts = new InstancedMesh(new BoxGeometry(0.1, 0.8, 0.06).translate(0, 0.38, 0), postMaterial, MOST_POSTS);
  posts.frustumCulled = false;
  posts.count = 0;
  const place: ScenePlace = { x: 0, z: 0, heading: 0 };
  const matrix = new Matrix4();
  const { r, g, b } = PALETTE.steel;

  return {
    beams,
    posts,
    rebuild(profile, rows, centre) {
      steel.clear();
      posts.count = 0;
      for (const line of railLines(profile)) {
        let d = Number.NaN;
        addRibbon(steel, rows, W_BEAM.length, (row, column, out) => {
          if (column === 0) d = line.at(rows.s[row]!);
          if (Number.isNaN(d)) return false;
          const [height, bulge] = W_BEAM[column]!;
          const above = W_BEAM[Math.max(0, column - 1)]!;
          const below = W_BEAM[Math.min(W_BEAM.length - 1, column + 1)]!;
          out.d = d + line.roadSide * bulge;
          out.h = height;
          out.normalLeft = line.roadSide * 0.8;
          out.normalUp = ((below[1] - above[1]) / (above[0] - below[0])) * 0.9;
          const shade = column === 2 || column === 3 ? 0.72 : column === W_BEAM.length - 1 ? 0.8 : 1;
          out.r = r * shade;
          out.g = g * shade;
          out.b = b * shade;
          return true;
        });
        const first = Math.ceil((centre - POST_REACH_M / 3) / POST_SPACING_M) * POST_SPACING_M;
        for (let s = first; s < centre + POST_REACH_M && posts.count < MOST_POSTS; s += POST_SPACING_M) {
          const d = line.at(s);
          // A beam ends at the last row before its opening; posts stand only where it goes on to both sides.
          if (Number.isNaN(d + line.at(s - POST_CLEARANCE_M) + line.at(s + POST_CLEARANCE_M))) continue;
          placeOnRoad(profile.road, rows, s, d - line.roadSide * 0.06, place);
          matrix.makeRotationY(place.heading).setPosition(place.x, 0, place.z);
          posts.setMatrixAt(posts.count++, matrix);
        }
      }
      posts.instanceMatrix.needsUpdate = true;
      steel.commit();
    },
    dispose() {
      steel.geometry.dispose();
      material.dispose();
      posts.geometry.dispose();
      postMaterial.dispose();
      posts.dispose();
    },
  };
}

function railLines(profile: RoadProfile): RailLine[] {
  const { road, opposite } = profile;
  const span: LateralSpan = { left: 0, right: 0 };
  const arm: LateralSpan = { left: 0, right: 0 };
  const lines: RailLine[] = [];
  if (road.spec.railLeft) {
    lines.push({
      roadSide: -1,
      at(s) {
        profile.pavement(s, span);
        return span.left;
      },
    });
  }
  if (opposite) {
    lines.push({ roadSide: 1, at: () => opposite.right });
    lines.push({ roadSide: -1, at: () => opposite.left });
  }
  if (road.spec.railRight) {
    lines.push({
      roadSide: 1,
      at(s) {
        profile.pavement(s, span);
        // The rail opens where a ramp comes through it.
        for (let lane = 0; lane < road.laneCount; lane++) {
          if (profile.rampArm(lane, s, arm) && span.right > arm.right - RAMP_SHOULDER_M - 0.5) {
            if (span.right < arm.left + RAMP_SHOULDER_M + 0.5) return Number.NaN;
          }
        }
        return span.right;
      },
    });
    for (let lane = 0; lane < road.laneCount; lane++) {
      const spec = road.spec.lanes[lane]!;
      if (!comesIn(spec) && !leadsOff(spec)) continue;
      lines.push({
        roadSide: 1,
        at: (s) => (profile.rampArm(lane, s, arm) ? arm.right - RAMP_SHOULDER_M : Number.NaN),
      });
    }
  }
  return lines;
}
