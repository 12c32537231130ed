import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { MOTION_SAMPLES } from '../../../../irl/features/motion.ts';
import { oraclePrediction } from '../../../../irl/features/oraclePrediction.ts';
import type { Prediction } from '../../../../irl/features/prediction.ts';
import { crowdedScene } from '../../../fixtures/irl/crowdedScene.ts';
import { wanderingTrace } from '../../../fixtures/irl/wanderingTrace.ts';

/** The nearest vehicle ahead, of equally far ones the first, that reaches into the lane of this one's centre, or -1. */
function leaderOf({ scene, lanes, count, baseS, d, occupiedLeft, occupiedRight }: Prediction, i: number, k: number) {
  const at = k * count;
  const s = baseS[at + i]!;
  const lane = scene.road.laneAt(s, d[at + i]!);
  let leader = -1;
  for (let j = 0; j < count; j++) {
    const there = baseS[at + j]!;
    const isAhead = there > s || (there === s && j > i);
    const inLane = occupiedRight[at + j]! < lanes.edge[lane]! && occupiedLeft[at + j]! > lanes.edge[lane + 1]!;
    if (isAhead && inLane && (leader < 0 || there < baseS[at + leader]!)) leader = j;
  }
  return leader;
}

it('knows who is near, and their bodies and speeds', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (seed) => {
      const scene = crowdedScene(seed);
      const { ego, others } = scene;
      const near = Array.from(others.s, (_, i) => i).filter(
        (i) => others.s[i]! - ego.s <= 250 && others.s[i]! - ego.s >= -120,
      );
      const prediction = createPrediction(scene);
      expect([...prediction.source]).toEqual(near);
      expect(near.length).toBeLessThan(others.count);
      expect([...prediction.halfLength]).toEqual(near.map((i) => others.length[i]! / 2));
      expect([...prediction.halfWidth]).toEqual(near.map((i) => others.width[i]! / 2));
      expect([...prediction.freeSpeed]).toEqual(near.map((i) => Math.max(others.sDot[i]!, 1)));
      expect([...prediction.baseSpeed.subarray(0, near.length)]).toEqual(near.map((i) => others.sDot[i]!));
    }),
    { numRuns: 30 },
  );
});

it('finds the leader of everybody at every sample, wherever on the road', () => {
  const seen = { overtakings: 0, laneChanges: 0, offTheEnds: 0 };
  fc.assert(
    fc.property(
      fc.nat(100_000),
      // The middle, and both ends of a road of 5 km.
      fc.constantFrom(500, 30, 4950),
      fc.boolean(),
      (seed, at, knowsFuture) => {
        const scene = crowdedScene(seed, at);
        const prediction = knowsFuture ? oraclePrediction(scene, wanderingTrace(scene), 0) : createPrediction(scene);
        const { count, leader, follows, baseS, d } = prediction;
        const plain = leader.map((_, n) => leaderOf(prediction, n % count, Math.floor(n / count)));
        expect(leader.findIndex((found, n) => found !== plain[n])).toBe(-1);
        const pairs = new Uint8Array(count * count);
        for (const [n, found] of plain.entries()) if (found >= 0) pairs[(n % count) * count + found] = 1;
        expect(follows).toEqual(pairs);
        const last = (MOTION_SAMPLES - 1) * count;
        for (let i = 0; i < count; i++) {
          if (d[last + i] !== d[i]) seen.laneChanges++;
          if (baseS[i]! < 0 || baseS[last + i]! > scene.road.length) seen.offTheEnds++;
          for (let j = 0; j < i; j++) {
            if ((baseS[i]! - baseS[j]!) * (baseS[last + i]! - baseS[last + j]!) < 0) seen.overtakings++;
          }
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(Math.min(seen.overtakings, seen.laneChanges, seen.offTheEnds)).toBeGreaterThan(100);
});
