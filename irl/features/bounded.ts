/** x limited to [low, high]; NaN gives `low`, so that a feature stays finite whatever comes in. */
export function bounded(x: number, low: number, high: number): number {
  return x > low ? Math.min(x, high) : low;
}
