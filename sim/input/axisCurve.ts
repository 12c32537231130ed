/**
 * Cuts the dead zone out of an axis and stretches the rest, so that the output starts at 0 where the zone ends:
 * sign(x) * max(0, (|x| - zone) / (1 - zone)).
 * @param x axis, clamped to -1..1
 * @param zone half width of the dead zone, 0 <= zone < 1
 */
export function withoutDeadZone(x: number, zone: number): number {
  const clamped = x < -1 ? -1 : Math.min(x, 1);
  const magnitude = clamped < 0 ? -clamped : clamped;
  if (magnitude <= zone) return 0;
  const stretched = (magnitude - zone) / (1 - zone);
  return clamped < 0 ? -stretched : stretched;
}

/**
 * Makes an axis finer near its centre without losing its ends: (1 - fineness) x + fineness x |x|.
 * Odd, strictly increasing, maps -1..1 onto itself.
 * @param fineness 0 (straight line) to below 1 (parabola)
 */
export function fineCentre(x: number, fineness: number): number {
  return (1 - fineness) * x + fineness * x * (x < 0 ? -x : x);
}
