import { TAPER_M } from '../road/createRoad.ts';
import type { LateralSpan, RoadProfile } from './roadProfile.ts';

/** Receives one painted quad: from s0 to s1, centred on d0 at s0 and d1 at s1, `width` wide [m]. */
export type Paint = (s0: number, d0: number, s1: number, d1: number, width: number) => void;

/** Widths and pattern of the paint [m]. */
export const EDGE_LINE_M = 0.2;
export const LANE_LINE_M = 0.15;
/**
 * Lane lines are 6 m of paint and 12 m of gap; where ramps and auxiliary lanes may be crossed, wide 6 m blocks with 6 m
 * gaps.
 */
export const DASH_M = 6;
export const DASH_PERIOD_M = 18;
export const BLOCK_LINE_M = 0.3;
export const BLOCK_PERIOD_M = 12;
/** Distance of an edge line from the lane's edge [m]. */
const EDGE_INSET_M = 0.12;
/** Length of one painted piece of a solid line [m]; divides every period. */
const PIECE_M = 6;

/** Sections are taken this far inside a stretch, so that its ends belong to it [m]. */
const INSIDE_M = 1e-4;

const here: LateralSpan = { left: 0, right: 0 };
const ahead: LateralSpan = { left: 0, right: 0 };

/**
 * Lays all markings of a stretch of road. Pieces start at multiples of 6 m, so that dashes stay where they are while
 * the drawn stretch moves.
 */
export function layMarkings(profile: RoadProfile, from: number, to: number, paint: Paint): void {
  const { road } = profile;
  const first = Math.floor(from / PIECE_M);
  const last = Math.ceil(to / PIECE_M);
  let next = 0;
  for (let piece = first; piece < last; piece++) {
    const end = (piece + 1) * PIECE_M;
    for (let lane = 1; lane < road.laneCount; lane++) layBoundary(profile, lane, piece, paint);
    // Solid lines are cut where a lane starts or ends, since the edge jumps there.
    let start = piece * PIECE_M;
    while (next < profile.breaks.length && profile.breaks[next]! <= start) next++;
    for (let k = next; k < profile.breaks.length && profile.breaks[k]! < end; k++) {
      layEdges(profile, start, profile.breaks[k]!, paint);
      start = profile.breaks[k]!;
    }
    layEdges(profile, start, end, paint);
  }
  layOpposite(profile, first, last, paint);
}

/** Edge lines of the road and of ramps that have left it, on a stretch without breaks inside. */
function layEdges(profile: RoadProfile, s0: number, s1: number, paint: Paint): void {
  if (s1 - s0 < 3 * INSIDE_M) return;
  profile.edges(s0 + INSIDE_M, here);
  profile.edges(s1 - INSIDE_M, ahead);
  paint(s0, here.left - EDGE_INSET_M, s1, ahead.left - EDGE_INSET_M, EDGE_LINE_M);
  paint(s0, here.right + EDGE_INSET_M, s1, ahead.right + EDGE_INSET_M, EDGE_LINE_M);
  for (let lane = 0; lane < profile.road.laneCount; lane++) layRampArm(profile, lane, s0, s1, paint);
}

/** The line between a lane and its left neighbour. */
function layBoundary(profile: RoadProfile, lane: number, piece: number, paint: Paint): void {
  const { road } = profile;
  const spec = road.spec.lanes[lane]!;
  const s0 = piece * PIECE_M;
  const s1 = s0 + PIECE_M;
  if (!profile.laneSpan(lane - 1, s0, here)) return;
  const starts = profile.laneSpan(lane, s0, here);
  const goesOn = profile.laneSpan(lane, s1, ahead);
  if (!starts && !goesOn) return;
  const d = road.laneLeftEdge(lane);
  const ramp = spec.kind !== 'main';
  // Where the lane is open to its very end the dashes go on along the taper.
  const opensAt = spec.openFrom <= spec.from ? spec.openFrom - TAPER_M : spec.openFrom;
  const closesAt = spec.openTo >= spec.to ? spec.openTo + TAPER_M : spec.openTo;
  const open = s0 >= opensAt && s0 < closesAt;
  if (!open) {
    paint(starts ? s0 : spec.from, d, goesOn ? s1 : Math.max(s0, spec.to), d, ramp ? EDGE_LINE_M : LANE_LINE_M);
    return;
  }
  const period = (ramp ? BLOCK_PERIOD_M : DASH_PERIOD_M) / PIECE_M;
  if (((piece % period) + period) % period !== 0) return;
  paint(s0, d, s0 + DASH_M, d, ramp ? BLOCK_LINE_M : LANE_LINE_M);
}

/** Both edges of a ramp that has left the road, and hatching in the wedge between. */
function layRampArm(profile: RoadProfile, lane: number, s0: number, s1: number, paint: Paint): void {
  if (!profile.rampArm(lane, s0 + INSIDE_M, here) || !profile.rampArm(lane, s1 - INSIDE_M, ahead)) return;
  paint(s0, here.right + EDGE_INSET_M, s1, ahead.right + EDGE_INSET_M, EDGE_LINE_M);
  paint(s0, here.left - EDGE_INSET_M, s1, ahead.left - EDGE_INSET_M, EDGE_LINE_M);
  const { road } = profile;
  const edge = road.laneLeftEdge(lane);
  const gap = Math.min(edge - here.left, edge - ahead.left);
  if (gap < 0.5 || gap > 3.5) return;
  const lean = here.left > ahead.left ? -1 : 1;
  const middle = (s0 + s1) / 2;
  const reach = gap * 0.5;
  const inner = lean > 0 ? middle - reach : middle + reach;
  const outer = lean > 0 ? middle + reach : middle - reach;
  if (inner < outer) paint(inner, edge, outer, edge - gap, 0.35);
  else paint(outer, edge - gap, inner, edge, 0.35);
}

/** The opposite carriageway: edge lines and as many lanes as ours has main ones. */
function layOpposite(profile: RoadProfile, first: number, last: number, paint: Paint): void {
  const { opposite, road } = profile;
  if (!opposite) return;
  const inner = opposite.right + road.spec.shoulderLeft;
  const widths = road.spec.lanes.filter((lane) => lane.kind === 'main').map((lane) => lane.width);
  for (let piece = first; piece < last; piece++) {
    const s0 = piece * PIECE_M;
    const s1 = s0 + PIECE_M;
    let d = inner;
    paint(s0, d + EDGE_INSET_M, s1, d + EDGE_INSET_M, EDGE_LINE_M);
    const dash = ((piece % 3) + 3) % 3 === 0;
    for (const [i, width] of widths.entries()) {
      d += width;
      if (i === widths.length - 1) paint(s0, d - EDGE_INSET_M, s1, d - EDGE_INSET_M, EDGE_LINE_M);
      else if (dash) paint(s0, d, s1, d, LANE_LINE_M);
    }
  }
}
