import type { RandomStream } from '../../sim/core/randomStream.ts';
import { drawIndex } from './drawIndex.ts';

const ROUNDS_AT_MOST = 100;

/**
 * Cluster of each point by Lloyd's algorithm from a k-means++ start (Arthur & Vassilvitskii 2007).
 * @param points Shape: [count][dimensions].
 * @param k number of clusters, 1..count
 * @returns index of each point's cluster. Shape: [count].
 */
export function kMeans(points: readonly Float64Array[], k: number, stream: RandomStream): number[] {
  const centres = [points[Math.floor(stream.uniform() * points.length)]!.slice()];
  while (centres.length < k) {
    const distance = points.map((point) => Math.min(...centres.map((centre) => squaredDistance(point, centre))));
    // All points are alike when every distance is 0.
    const chosen = distance.some((value) => value > 0) ? drawIndex(distance, stream) : 0;
    centres.push(points[chosen]!.slice());
  }
  let labels = points.map(() => 0);
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const next = points.map((point) => nearest(point, centres));
    for (const [c, centre] of centres.entries()) {
      const members = points.filter((_, i) => next[i] === c);
      if (members.length === 0) continue;
      for (let i = 0; i < centre.length; i++) {
        centre[i] = members.reduce((sum, member) => sum + member[i]!, 0) / members.length;
      }
    }
    const settled = round > 0 && next.every((label, i) => label === labels[i]);
    labels = next;
    if (settled) break;
  }
  return labels;
}

function nearest(point: Float64Array, centres: readonly Float64Array[]): number {
  let best = 0;
  for (let c = 1; c < centres.length; c++) {
    if (squaredDistance(point, centres[c]!) < squaredDistance(point, centres[best]!)) best = c;
  }
  return best;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!);
  return sum;
}
