import { cos, sin } from '../core/deterministicMath.ts';

/**
 * Distance along the most separating axis of two oriented rectangles [m] (separating axis theorem, Gottschalk et al.
 * 1996, in the plane). Negative when they overlap (then its size is the penetration); never above the true distance.
 */
export function boxSeparation(
  x1: number,
  y1: number,
  yaw1: number,
  length1: number,
  width1: number,
  x2: number,
  y2: number,
  yaw2: number,
  length2: number,
  width2: number,
): number {
  const dx = x2 - x1;
  const dy = y2 - y1;
  const cos1 = cos(yaw1);
  const sin1 = sin(yaw1);
  const cos2 = cos(yaw2);
  const sin2 = sin(yaw2);
  const cosBetween = Math.abs(cos1 * cos2 + sin1 * sin2);
  const sinBetween = Math.abs(sin2 * cos1 - cos2 * sin1);
  const l1 = length1 / 2;
  const w1 = width1 / 2;
  const l2 = length2 / 2;
  const w2 = width2 / 2;
  const along1 = Math.abs(dx * cos1 + dy * sin1) - l1 - l2 * cosBetween - w2 * sinBetween;
  const across1 = Math.abs(dy * cos1 - dx * sin1) - w1 - l2 * sinBetween - w2 * cosBetween;
  const along2 = Math.abs(dx * cos2 + dy * sin2) - l2 - l1 * cosBetween - w1 * sinBetween;
  const across2 = Math.abs(dy * cos2 - dx * sin2) - w2 - l1 * sinBetween - w1 * cosBetween;
  return Math.max(along1, across1, along2, across2);
}
