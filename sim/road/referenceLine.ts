import { atan2, cos, sin } from '../core/deterministicMath.ts';
import { clothoidCells, clothoidPose, type LocalPose, projectOntoClothoid } from './clothoid.ts';
import type { RoadPiece, RoadPoint, WorldPose } from './road.ts';

/**
 * A piece, or a cell of a clothoid, with the pose of its start; the first and last reach to infinity so that every s
 * has a place.
 */
interface PlacedPiece {
  /** s of the point (x, y) [m]. */
  readonly origin: number;
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
  readonly sinHeading: number;
  readonly cosHeading: number;
  /** At the start [1/m]. */
  readonly curvature: number;
  /** Growth of the curvature along the piece [1/m²]; 0 for straights and arcs. */
  readonly curvatureRate: number;
}

/**
 * Arcs flatter than this are drawn straight [1/m]: dividing by their curvature would cost more than a straight departs.
 */
const FLATTEST_ARC = 1e-9;

const LOCAL: LocalPose = { x: 0, y: 0, heading: 0 };

/**
 * The road's reference line: straights, arcs and clothoids joined with continuous heading, continued straight beyond
 * both ends.
 */
export interface ReferenceLine {
  /** [m] */
  readonly length: number;
  curvature(s: number): number;
  toWorld(s: number, d: number, out: WorldPose): void;
  toRoad(x: number, y: number, hint: number, out: RoadPoint): void;
}

/** Places the pieces one after the other, from the origin towards +x. */
export function createReferenceLine(pieces: readonly RoadPiece[]): ReferenceLine {
  const placed = placePieces(pieces);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);

  // Whoever asks mostly asks again nearby: the piece of the last answer is tried first.
  let last = 0;
  const indexAt = (s: number): number => {
    if (s >= placed[last]!.from && s < placed[last]!.to) return last;
    last = 0;
    while (last < placed.length - 1 && s >= placed[last]!.to) last++;
    return last;
  };

  return {
    length,
    curvature(s) {
      const piece = placed[indexAt(s)]!;
      return piece.curvatureRate === 0 ? piece.curvature : piece.curvature + piece.curvatureRate * (s - piece.origin);
    },
    toWorld(s, d, out) {
      const piece = placed[indexAt(s)]!;
      const ds = s - piece.origin;
      if (piece.curvatureRate !== 0) {
        poseOnClothoid(piece, ds, out);
        const { heading } = out;
        out.x -= d * sin(heading);
        out.y += d * cos(heading);
        return;
      }
      if (piece.curvature === 0) {
        out.x = piece.x + ds * piece.cosHeading - d * piece.sinHeading;
        out.y = piece.y + ds * piece.sinHeading + d * piece.cosHeading;
        out.heading = piece.heading;
        return;
      }
      const heading = piece.heading + ds * piece.curvature;
      const sinHere = sin(heading);
      const cosHere = cos(heading);
      out.x = piece.x + (sinHere - piece.sinHeading) / piece.curvature - d * sinHere;
      out.y = piece.y - (cosHere - piece.cosHeading) / piece.curvature + d * cosHere;
      out.heading = heading;
    },
    toRoad(x, y, hint, out) {
      let i = indexAt(hint);
      // A walk to the piece whose own projection lies inside it; at a joint two neighbours may each point at the other.
      for (let step = 0; step < placed.length; step++) {
        projectOnto(placed[i]!, x, y, out);
        if (out.s < placed[i]!.from && i > 0) {
          projectOnto(placed[i - 1]!, x, y, out);
          if (out.s >= placed[i - 1]!.to) return;
          i--;
        } else if (out.s >= placed[i]!.to && i < placed.length - 1) {
          i++;
        } else {
          return;
        }
      }
    },
  };
}

function placePieces(pieces: readonly RoadPiece[]): PlacedPiece[] {
  const straight = (from: number, to: number, x: number, y: number, heading: number): PlacedPiece => ({
    origin: from,
    from,
    to,
    x,
    y,
    heading,
    sinHeading: sin(heading),
    cosHeading: cos(heading),
    curvature: 0,
    curvatureRate: 0,
  });
  const reach = 1e9;
  const placed: PlacedPiece[] = [{ ...straight(0, 0, 0, 0, 0), from: -reach }];
  let s = 0;
  let x = 0;
  let y = 0;
  let heading = 0;
  for (const piece of pieces) {
    const isClothoid = piece.kind === 'clothoid' && (piece.endCurvature - piece.startCurvature) / piece.length !== 0;
    if (isClothoid) {
      const cells = clothoidCells(piece.length, piece.startCurvature, piece.endCurvature);
      const curvatureRate = (piece.endCurvature - piece.startCurvature) / piece.length;
      const length = piece.length / cells;
      const start = s;
      for (let cell = 0; cell < cells; cell++) {
        const to = cell === cells - 1 ? start + piece.length : s + length;
        const curvature = piece.startCurvature + curvatureRate * (cell * length);
        const placedCell = { ...straight(s, to, x, y, heading), curvature, curvatureRate };
        placed.push(placedCell);
        poseOnClothoid(placedCell, to - s, POSE);
        ({ x, y, heading } = POSE);
        s = to;
      }
      continue;
    }
    const bend = piece.kind === 'clothoid' ? piece.startCurvature : piece.kind === 'arc' ? piece.curvature : 0;
    const curvature = Math.abs(bend) < FLATTEST_ARC ? 0 : bend;
    const start = { ...straight(s, s + piece.length, x, y, heading), curvature };
    placed.push(start);
    s += piece.length;
    if (curvature === 0) {
      x += piece.length * start.cosHeading;
      y += piece.length * start.sinHeading;
    } else {
      heading += piece.length * curvature;
      x += (sin(heading) - start.sinHeading) / curvature;
      y -= (cos(heading) - start.cosHeading) / curvature;
    }
  }
  placed.push(straight(s, reach, x, y, heading));
  return placed;
}

const POSE: WorldPose = { x: 0, y: 0, heading: 0 };

/** World pose of the reference line `ds` after the start of a clothoid's cell. */
function poseOnClothoid(piece: PlacedPiece, ds: number, out: WorldPose): void {
  clothoidPose(piece.curvature, piece.curvatureRate, ds, LOCAL);
  out.x = piece.x + LOCAL.x * piece.cosHeading - LOCAL.y * piece.sinHeading;
  out.y = piece.y + LOCAL.x * piece.sinHeading + LOCAL.y * piece.cosHeading;
  out.heading = piece.heading + LOCAL.heading;
}

function projectOnto(piece: PlacedPiece, x: number, y: number, out: RoadPoint): void {
  const dx = x - piece.x;
  const dy = y - piece.y;
  const along = dx * piece.cosHeading + dy * piece.sinHeading;
  const across = dy * piece.cosHeading - dx * piece.sinHeading;
  const k = piece.curvature;
  if (piece.curvatureRate !== 0) {
    projectOntoClothoid(k, piece.curvatureRate, piece.to - piece.from, along, across, LOCAL);
    out.s = piece.origin + LOCAL.x;
    out.d = LOCAL.y;
    out.heading = piece.heading + LOCAL.heading;
    return;
  }
  if (k === 0) {
    out.s = piece.origin + along;
    out.d = across;
    out.heading = piece.heading;
    return;
  }
  // In the piece's own frame the arc's centre is at (0, 1/k).
  const radial = 1 - k * across;
  const angle = atan2(k * along, radial);
  out.s = piece.origin + angle / k;
  // (1 - hypotenuse) / k, without its cancellation.
  out.d =
    (2 * across - k * (along * along + across * across)) / (1 + Math.sqrt(k * k * along * along + radial * radial));
  out.heading = piece.heading + angle;
}
