import { SUBSTEP_S, SUBSTEPS_PER_TICK } from '../../../sim/core/time.ts';
import type { World } from '../../../sim/core/world.ts';
import { captureVehicles, type ViewVehicles } from '../../../sim/view/viewVehicles.ts';
import { blendPoses, type EgoPose } from './egoPose.ts';

/**
 * The vehicles of a running world at an instant within its last substep. The ego lies between its last two poses; the
 * others, which the world holds at the last whole tick, move on (or back) as the traffic model itself moves them: with
 * constant acceleration over the tick. So everything is drawn one substep late and nothing jumps at a tick.
 *
 * @param before pose of the ego before the last substep
 * @param fraction 0 at `before`, 1 at the world's present state
 * @param ego receives the drawn pose
 * @param out receives the vehicles; slot 0 is the ego
 */
export function captureLive(
  world: World,
  before: Readonly<EgoPose>,
  fraction: number,
  ego: EgoPose,
  out: ViewVehicles,
): void {
  const timeS = (world.tick * SUBSTEPS_PER_TICK + world.substep - 1 + fraction) * SUBSTEP_S;
  captureVehicles(world.vehicles, timeS, out);
  const sinceTick = (world.substep - 1 + fraction) * SUBSTEP_S;
  const { dDot } = world.vehicles;
  for (let i = 1; i < out.count; i++) {
    out.s[i] = out.s[i]! + (out.sDot[i]! + (out.a[i]! * sinceTick) / 2) * sinceTick;
    out.d[i] = out.d[i]! + dDot[i]! * sinceTick;
    out.sDot[i] = out.sDot[i]! + out.a[i]! * sinceTick;
  }
  blendPoses(before, world.ego, fraction, ego);
  out.s[0] = ego.s;
  out.d[0] = ego.d;
  out.headingOffset[0] = ego.headingOffset;
  out.sDot[0] = ego.sDot;
  out.a[0] = ego.ax;
}
