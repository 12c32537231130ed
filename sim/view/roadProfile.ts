import { TAPER_M } from '../road/createRoad.ts';
import { comesIn, leadsOff } from '../road/laneUse.ts';
import type { LaneSpec, Road } from '../road/road.ts';

/** Length of the drawn ramp beyond its lane, and the radius of its bend [m]. */
export const RAMP_ARM_M = 240;
const RAMP_RADIUS_M = 620;
/** Paved strip beside a ramp that has left the road [m]. */
export const RAMP_SHOULDER_M = 1.5;
/** Grass between the carriageways [m]. */
export const MEDIAN_M = 4;

/** Lateral extent of something at one s [m]; empty when left <= right. */
export interface LateralSpan {
  left: number;
  right: number;
}

/** What is drawn of a road across its width: lanes with tapered ends, ramps that bend away, pavement. Pure. */
export interface RoadProfile {
  readonly road: Road;
  /** Extent of a lane, narrowed where it starts or ends; false where there is none. */
  laneSpan(lane: number, s: number, out: LateralSpan): boolean;
  /** Extent of a lane where it has not come to the road yet or has left it; false elsewhere and for other lanes. */
  rampArm(lane: number, s: number, out: LateralSpan): boolean;
  /** Outer edges of the lanes without shoulders [m]. */
  edges(s: number, out: LateralSpan): void;
  /** Outer edges of the pavement with shoulders, without ramps that have left [m]. */
  pavement(s: number, out: LateralSpan): void;
  /** Outer edges of all pavement, ramps included [m]. */
  outerPavement(s: number, out: LateralSpan): void;
  /** Extent of the opposite carriageway's pavement, or null when the road has no rail on its left to part them. */
  readonly opposite: LateralSpan | null;
  /** Boundaries s at which the cross-section changes abruptly, ascending [m]. */
  readonly breaks: readonly number[];
}

/** Derives the drawn cross-section of a road. */
export function createRoadProfile(road: Road): RoadProfile {
  const { lanes, shoulderLeft, shoulderRight, railLeft } = road.spec;
  const mainWidth = lanes.reduce((sum, lane) => sum + (lane.kind === 'main' ? lane.width : 0), 0);
  const starts = lanes.map((lane) => (endless(lane) && lane.from <= 0 ? Number.NEGATIVE_INFINITY : lane.from));
  const ends = lanes.map((lane) =>
    endless(lane) && !leadsOff(lane) && lane.to >= road.length ? Number.POSITIVE_INFINITY : lane.to,
  );
  const span: LateralSpan = { left: 0, right: 0 };

  const present = (lane: number, s: number) => lanes[lane] !== undefined && s >= starts[lane]! && s <= ends[lane]!;

  const laneSpan = (lane: number, s: number, out: LateralSpan): boolean => {
    const { width } = lanes[lane]!;
    const left = road.laneLeftEdge(lane);
    out.left = left;
    out.right = left - width;
    const before = starts[lane]! - s;
    const after = s - ends[lane]!;
    if (before <= 0 && after <= 0) return true;
    const bends = before > 0 ? comesIn(lanes[lane]!) : leadsOff(lanes[lane]!);
    const share = 1 - Math.max(before, after) / TAPER_M;
    if (bends || share <= 0) return false;
    if (present(lane - 1, s) || !present(lane + 1, s)) out.right = left - share * width;
    else out.left = left - width + share * width;
    return true;
  };

  const rampArm = (lane: number, s: number, out: LateralSpan): boolean => {
    const spec = lanes[lane]!;
    const { width } = spec;
    const before = starts[lane]! - s;
    const after = s - ends[lane]!;
    if ((before <= 0 || !comesIn(spec)) && (after <= 0 || !leadsOff(spec))) return false;
    const away = Math.max(before, after);
    if (away > RAMP_ARM_M) return false;
    out.left = road.laneLeftEdge(lane) - (away * away) / (2 * RAMP_RADIUS_M);
    out.right = out.left - width;
    return true;
  };

  const edges = (s: number, out: LateralSpan): void => {
    let left = Number.NEGATIVE_INFINITY;
    let right = Number.POSITIVE_INFINITY;
    for (let i = 0; i < lanes.length; i++) {
      if (!laneSpan(i, s, span)) continue;
      if (span.left > left) left = span.left;
      if (span.right < right) right = span.right;
    }
    out.left = left > right ? left : 0;
    out.right = left > right ? right : -mainWidth;
  };

  const pavement = (s: number, out: LateralSpan): void => {
    edges(s, out);
    out.left += shoulderLeft;
    out.right -= shoulderRight;
  };

  const breaks = new Set<number>();
  for (const [i, lane] of lanes.entries()) {
    for (const s of [starts[i]!, ends[i]!, lane.openFrom, lane.openTo])
      if (s > -1e8 && s < 1e8) for (const at of [s - TAPER_M, s, s + TAPER_M]) breaks.add(at);
  }

  return {
    road,
    laneSpan,
    rampArm,
    edges,
    pavement,
    outerPavement(s, out) {
      pavement(s, out);
      for (let i = 0; i < lanes.length; i++) {
        if (rampArm(i, s, span)) out.right = Math.min(out.right, span.right - RAMP_SHOULDER_M);
      }
    },
    opposite: railLeft
      ? { left: 2 * shoulderLeft + MEDIAN_M + mainWidth + shoulderRight, right: shoulderLeft + MEDIAN_M }
      : null,
    breaks: [...breaks].sort((a, b) => a - b),
  };
}

/** Lanes whose ends at the road's ends are no ends: the drawn road goes on. */
function endless(lane: LaneSpec): boolean {
  return lane.kind === 'main' || lane.kind === 'auxiliary';
}
