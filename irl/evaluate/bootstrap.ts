import { createRandomStream } from '../../sim/core/randomStream.ts';
import { quantile } from '../learn/quantile.ts';

/** An interval, lower end first. */
export type Interval = readonly [low: number, high: number];

/**
 * 95 % percentile interval of a mean over scenes by resampling drivers (cluster bootstrap): scenes of one driver hang
 * together, drivers do not.
 * @param driverOf index of the driver of each scene. Shape: [scenes].
 * @param values Shape: [scenes].
 * @throws RangeError without scenes
 */
export function bootstrapMean(
  driverOf: ArrayLike<number>,
  values: ArrayLike<number>,
  { resamples = 1000, seed = 0 }: { readonly resamples?: number; readonly seed?: number } = {},
): Interval {
  if (values.length === 0) throw new RangeError('bootstrap: there are no scenes; expected at least one');
  const drivers = Array.from(driverOf).reduce((highest, driver) => Math.max(highest, driver), 0) + 1;
  const sum = new Float64Array(drivers);
  const count = new Float64Array(drivers);
  for (let i = 0; i < values.length; i++) {
    sum[driverOf[i]!]! += values[i]!;
    count[driverOf[i]!]! += 1;
  }
  const stream = createRandomStream(seed, 'bootstrap');
  const means = Float64Array.from({ length: resamples }, () => {
    let total = 0;
    let scenes = 0;
    while (scenes === 0) {
      for (let n = 0; n < drivers; n++) {
        const driver = Math.floor(stream.uniform() * drivers);
        total += sum[driver]!;
        scenes += count[driver]!;
      }
    }
    return total / scenes;
  });
  return [quantile(means, 0.025), quantile(means, 0.975)];
}
