import type { EgoState } from '../../../sim/vehicle/egoState.ts';

/** What is drawn of the ego at one substep. */
export interface EgoPose {
  s: number;
  d: number;
  headingOffset: number;
  sDot: number;
  ax: number;
  ay: number;
  steer: number;
}

export function emptyPose(): EgoPose {
  return { s: 0, d: 0, headingOffset: 0, sDot: 0, ax: 0, ay: 0, steer: 0 };
}

/** Copies what is drawn of an ego. */
export function copyPose(from: Readonly<EgoPose> | Readonly<EgoState>, to: EgoPose): void {
  to.s = from.s;
  to.d = from.d;
  to.headingOffset = from.headingOffset;
  to.sDot = from.sDot;
  to.ax = from.ax;
  to.ay = from.ay;
  to.steer = from.steer;
}

/** Writes the pose at `fraction` of the way from `a` to `b`. */
export function blendPoses(
  a: Readonly<EgoPose>,
  b: Readonly<EgoPose> | Readonly<EgoState>,
  fraction: number,
  out: EgoPose,
) {
  const blend = (from: number, to: number) => from + fraction * (to - from);
  out.s = blend(a.s, b.s);
  out.d = blend(a.d, b.d);
  out.headingOffset = blend(a.headingOffset, b.headingOffset);
  out.sDot = blend(a.sDot, b.sDot);
  out.ax = blend(a.ax, b.ax);
  out.ay = blend(a.ay, b.ay);
  out.steer = blend(a.steer, b.steer);
}
