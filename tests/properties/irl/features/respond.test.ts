import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCandidateGenerator } from '../../../../irl/candidates/candidateGenerator.ts';
import { createPrediction } from '../../../../irl/features/createPrediction.ts';
import { followingAcceleration } from '../../../../irl/features/followingAcceleration.ts';
import { MOTION_SAMPLES, type Motion } from '../../../../irl/features/motion.ts';
import { LANE_INTRUSION, type Prediction } from '../../../../irl/features/prediction.ts';
import { CHAIN_LAG, CHAIN_STRIDE, respond } from '../../../../irl/features/respond.ts';
import { TICK_S } from '../../../../sim/core/time.ts';
import { crowdedScene } from '../../../fixtures/irl/crowdedScene.ts';

interface PlainAnswer {
  readonly s: Float64Array;
  readonly speed: Float64Array;
  readonly imposedBraking: Float64Array;
  readonly touched: readonly number[];
}

/** What `respond` says it does, all vehicles moved tick by tick and none left out. */
function answerPlainly(prediction: Prediction, motion: Motion): PlainAnswer {
  const { count, lanes, leader, baseAcceleration, baseS, halfLength, occupiedLeft, occupiedRight } = prediction;
  const { ego } = prediction.scene;
  const s = baseS.slice();
  const speed = prediction.baseSpeed.slice();
  const imposedBraking = new Float64Array(MOTION_SAMPLES);
  const touched: number[] = [];
  const reach = ego.width / 2 - LANE_INTRUSION;
  const inLane = (at: number, lane: number) =>
    occupiedRight[at]! < lanes.edge[lane]! && occupiedLeft[at]! > lanes.edge[lane + 1]!;
  const touch = (i: number) => {
    if (i >= 0 && !touched.includes(i)) touched.push(i);
  };
  for (let k = 0; k < MOTION_SAMPLES; k++) {
    const row = k * count;
    const egoD = motion.d[k]!;
    // The lane of the centre and, of those beside it, one into which the body reaches: the left one first.
    const own = prediction.around.lane[k]!;
    const beside =
      own > 0 && egoD + reach > lanes.edge[own]!
        ? own - 1
        : own + 1 < lanes.count && egoD - reach < lanes.edge[own + 1]!
          ? own + 1
          : own;
    for (const lane of [Math.max(own, beside), Math.min(own, beside)]) {
      let nearest = -1;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < count; i++) {
        const behind = motion.s[k]! - s[row + i]!;
        const gap = behind - (halfLength[i]! + ego.length / 2);
        if (behind > 0 && gap < least && inLane(row + i, lane)) {
          nearest = i;
          least = gap;
        }
      }
      touch(nearest);
    }
    if (k === MOTION_SAMPLES - 1) break;
    if (k % CHAIN_STRIDE === 0) {
      for (let i = 0; i < count; i++) {
        const ahead = leader[row + i]!;
        if (touched.includes(ahead) && baseS[row + ahead]! - s[row + ahead]! > CHAIN_LAG) touch(i);
      }
    }
    for (const i of touched) {
      const at = row + i;
      const follow = (gap: number, leaderSpeed: number) =>
        followingAcceleration(speed[at]!, prediction.freeSpeed[i]!, prediction.headway[i]!, gap, leaderSpeed);
      const ahead = leader[at]!;
      let acceleration =
        ahead < 0
          ? follow(Number.POSITIVE_INFINITY, 0)
          : follow(s[row + ahead]! - s[at]! - halfLength[i]! - halfLength[ahead]!, speed[row + ahead]!);
      const together = Array.from(lanes.centre).some(
        (_, lane) => inLane(at, lane) && egoD - reach < lanes.edge[lane]! && egoD + reach > lanes.edge[lane + 1]!,
      );
      if (together && motion.s[k]! > s[at]!) {
        const gap = motion.s[k]! - s[at]! - halfLength[i]! - ego.length / 2;
        acceleration = Math.min(acceleration, follow(gap, motion.sDot[k]!));
      }
      imposedBraking[k + 1] = imposedBraking[k + 1]! + Math.max(baseAcceleration[at]! - acceleration, 0);
      speed[at + count] = Math.max(speed[at]! + acceleration * TICK_S, 0);
      s[at + count] = s[at]! + ((speed[at]! + speed[at + count]!) / 2) * TICK_S;
    }
  }
  return { s, speed, imposedBraking, touched };
}

const firstDifference = (a: Float64Array, b: Float64Array) => a.findIndex((value, at) => value !== b[at]);

it('the others answer as if all of them moved tick by tick, to the last bit', () => {
  const generator = createCandidateGenerator({ count: 40, seed: 5 });
  let reactions = 0;
  let motions = 0;
  fc.assert(
    fc.property(fc.nat(100_000), (seed) => {
      const scene = crowdedScene(seed);
      const prediction = createPrediction(scene);
      const set = generator.generate(scene, { scene: seed });
      for (const motion of set.motions.slice(0, set.count)) {
        respond(prediction, motion);
        const plain = answerPlainly(prediction, motion);
        expect([...prediction.touched.subarray(0, prediction.touchedCount)]).toEqual(plain.touched);
        expect(firstDifference(prediction.s, plain.s)).toBe(-1);
        expect(firstDifference(prediction.speed, plain.speed)).toBe(-1);
        expect(firstDifference(prediction.around.imposedBraking, plain.imposedBraking)).toBe(-1);
        reactions += plain.touched.length;
        motions++;
      }
    }),
    { numRuns: 60 },
  );
  // Where nobody reacts the same would hold of anything.
  expect(reactions / motions).toBeGreaterThan(1);
});
