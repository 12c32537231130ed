import { cos, sin } from '../core/deterministicMath.ts';

/** A place in the frame of a curve's start: x along its tangent, y to the left of it. */
export interface LocalPose {
  /** [m] */
  x: number;
  /** [m] */
  y: number;
  /** Heading against the tangent at the start [rad]. */
  heading: number;
}

/**
 * Largest turn of a cell [rad] and the nodes and weights of the four-point Gauss-Legendre rule on [0, 1] (Abramowitz &
 * Stegun 1964, table 25.4). The rule's error is below (n!)⁴ / ((2n + 1) (2n)!³) times the integrand's eighth
 * derivative, which for a turn of 0.2 rad is 2e-15 of the length: no coarser than the arithmetic.
 */
export const CELL_TURN = 0.2;
const NODE = [0.06943184420297371, 0.33000947820757187, 0.66999052179242813, 0.9305681557970263] as const;
const WEIGHT = [0.17392742256872692, 0.32607257743127305, 0.32607257743127305, 0.17392742256872692] as const;

/** Cells into which a clothoid is cut so that none turns by more than `CELL_TURN`. */
export function clothoidCells(length: number, startCurvature: number, endCurvature: number): number {
  const sharpest = Math.max(Math.abs(startCurvature), Math.abs(endCurvature));
  return Math.max(1, Math.ceil((length * sharpest) / CELL_TURN));
}

/**
 * Place on a curve whose curvature grows linearly: k(u) = curvature + rate u.
 * @param curvature at the start [1/m], left positive
 * @param rate [1/m²]
 * @param u distance along the curve [m]; the turn up to there is at most about `CELL_TURN`
 */
export function clothoidPose(curvature: number, rate: number, u: number, out: LocalPose): void {
  let x = 0;
  let y = 0;
  for (let i = 0; i < 4; i++) {
    const at = u * NODE[i]!;
    const turn = at * (curvature + (rate * at) / 2);
    x += WEIGHT[i]! * cos(turn);
    y += WEIGHT[i]! * sin(turn);
  }
  out.x = u * x;
  out.y = u * y;
  out.heading = u * (curvature + (rate * u) / 2);
}

/** Newton steps; each at least halves the bracket, and near the root they double the digits. */
const STEPS = 60;
/** Distance along the curve that no longer matters [m]. */
const RESOLUTION = 1e-11;

const POSE: LocalPose = { x: 0, y: 0, heading: 0 };

/**
 * Foot of the perpendicular from a point of the local frame onto a clothoid cell: Newton's method on the distance along
 * the tangent, kept inside a bracket. Before its start and behind its end the curve is taken to go on straight, so that
 * every point has one foot, and a point beside a neighbouring piece is told from one beside this one.
 * @param along x of the point [m]
 * @param across y of the point [m]
 * @param out x: distance along the curve [m], below 0 or above `length` outside; y: distance to its left [m]; heading:
 * of the curve there [rad]
 */
export function projectOntoClothoid(
  curvature: number,
  rate: number,
  length: number,
  along: number,
  across: number,
  out: LocalPose,
): void {
  if (along <= 0) {
    out.x = along;
    out.y = across;
    out.heading = 0;
    return;
  }
  let low = 0;
  let high = length;
  let u = length;
  for (let step = 0; step < STEPS; step++) {
    clothoidPose(curvature, rate, u, POSE);
    const c = cos(POSE.heading);
    const s = sin(POSE.heading);
    const dx = along - POSE.x;
    const dy = across - POSE.y;
    const ahead = dx * c + dy * s;
    out.y = dy * c - dx * s;
    out.heading = POSE.heading;
    if (u === length && ahead >= 0) {
      out.x = length + ahead;
      return;
    }
    out.x = u;
    if (ahead > 0) low = u;
    else high = u;
    const stretch = 1 - (curvature + rate * u) * out.y;
    let next = stretch > 0 ? u + ahead / stretch : (low + high) / 2;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - u) < RESOLUTION) return;
    u = next;
  }
}
