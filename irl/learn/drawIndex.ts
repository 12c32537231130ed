import type { RandomStream } from '../../sim/core/randomStream.ts';

/** An index drawn with chances in proportion to the weights, which are >= 0 and not all 0. */
export function drawIndex(weights: readonly number[], stream: RandomStream): number {
  let left = stream.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  let index = -1;
  do {
    index++;
    left -= weights[index]!;
  } while (left >= 0 && index < weights.length - 1);
  return index;
}
