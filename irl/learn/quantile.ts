/**
 * Quantile of a sample, with linear interpolation between order statistics (type 7 of Hyndman & Fan 1996).
 * @param share in [0, 1]
 * @throws RangeError for an empty sample
 */
export function quantile(sample: ArrayLike<number>, share: number): number {
  if (sample.length === 0) throw new RangeError('quantile: the sample is empty');
  const sorted = Float64Array.from(sample).sort();
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
